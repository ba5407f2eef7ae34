#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/models/lora_keys.h"
#include "inference/models/layers.h"

namespace kinora::inference {

/// What a LoRA does to one module of a Wan transformer, under diffusers' name. Tensors may be mapped and are as stored.
struct LoraModuleChange {
    at::Tensor down;   ///< [rank, in, …]; undefined where the module has no low-rank change
    at::Tensor up;     ///< [out, rank, …]
    double scale = 1;  ///< alpha / rank, where the file has an alpha
    at::Tensor whole;  ///< added to the weight; undefined: nothing
    at::Tensor bias;   ///< added to the bias
    at::Tensor table;  ///< added to the module's modulation table
};

/// A LoRA file for Wan transformers, read and sorted, whatever convention its keys follow.
class Lora {
public:
    /// Errors name the file: those of `load_weight_file`; `unsupported` where no key belongs to a Wan transformer, `corrupt`
    /// where a pair doesn't fit together.
    [[nodiscard]] static core::Result<Lora> load(const std::filesystem::path& file);

    [[nodiscard]] const std::filesystem::path& file() const { return file_; }
    [[nodiscard]] const std::map<std::string, LoraModuleChange>& modules() const { return modules_; }

    /// Keys that follow no convention or name nothing that a Wan transformer has.
    [[nodiscard]] const std::vector<std::string>& unknown() const { return unknown_; }

    /// The schedule that a few-step LoRA wants.
    [[nodiscard]] const std::optional<core::FewStepSchedule>& schedule() const { return schedule_; }

private:
    std::filesystem::path file_;
    std::map<std::string, LoraModuleChange> modules_;
    std::vector<std::string> unknown_;
    std::optional<core::FewStepSchedule> schedule_;
};

/// A LoRA and how strongly it acts.
struct LoraUse {
    const Lora* lora = nullptr;
    double weight = 1.0;
};

/// The LoRAs that act on one model. Where weights are float they are merged, in float32, and the unmerged tensors (mapped
/// ones as a rule) are kept, so that others, or none, can be set at any time without reading the model again; where they are
/// packed, the changes are added to what the layers give. Not thread-safe, and not while the model runs.
class LoraStack {
public:
    /// Makes `uses`, and nothing else, act on the model. Returns the modules that the LoRAs change and this model hasn't
    /// got. `invalid_argument` for one made for another size of model; then none acts.
    [[nodiscard]] core::Result<std::vector<std::string>> set(const ParameterWalk& model, std::span<const LoraUse> uses);

private:
    void restore(const ParameterWalk& model);

    std::map<std::string, at::Tensor> originals_;
};

}  // namespace kinora::inference
