#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/generation/generator.h"
#include "core/generation/request.h"
#include "inference/weights/lora.h"

namespace kinora::inference {

/// The LoRAs of a run, read from their files. Immutable, shared by the experts of a model.
class LoraSet {
public:
    /// Errors name the file.
    [[nodiscard]] static core::Result<std::shared_ptr<const LoraSet>> load(const std::vector<core::LoraChoice>& choices);

    [[nodiscard]] const std::vector<core::LoraChoice>& choices() const { return choices_; }

    /// Those that act on one of `experts` transformers: 0 the only one or that for high noise, 1 that for low noise. Where
    /// the choice names none, the file's name may ("…high_noise…"), else it acts on both.
    [[nodiscard]] std::vector<LoraUse> for_expert(int expert, int experts) const;

    /// Sentences about keys that belong to nothing.
    [[nodiscard]] std::vector<std::string> warnings() const;

private:
    std::vector<core::LoraChoice> choices_;
    std::vector<Lora> loras_;
};

/// Makes the schedule of the first few-step LoRA among the choices the model's default. Returns a sentence that says so, or
/// an empty text. Reads only headers.
[[nodiscard]] std::string offer_schedule(const std::vector<core::LoraChoice>& choices, core::ModelCapabilities& model);

}  // namespace kinora::inference
