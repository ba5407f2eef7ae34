#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::core {

/// What one tensor of a LoRA file does to its module.
enum class LoraPart {
    down,              ///< [rank, in]
    up,                ///< [out, rank]
    alpha,             ///< one number: the update is scaled by alpha / rank
    difference,        ///< added to the weight itself
    bias_difference,   ///< added to the bias
    table_difference,  ///< added to the modulation table
};

/// The tensors that change one module of a model.
struct LoraModule {
    /// The module as the file calls it, without the prefix: "blocks.0.self_attn.q", "blocks.0.attn1.to_q", or, from kohya's
    /// trainers, with underscores for dots: "blocks_0_self_attn_q".
    std::string name;
    bool underscored = false;
    std::map<LoraPart, std::string> keys;  ///< part → the tensor's full name in the file
};

/// The tensors of a LoRA file, sorted by the modules they change.
struct LoraKeys {
    std::vector<LoraModule> modules;   ///< by name
    std::vector<std::string> unknown;  ///< names that follow no convention, by name
};

/// Sorts tensor names by the conventions of diffusers and PEFT (`lora_A`, `lora_B`), kohya (`lora_unet_…`), ComfyUI
/// (`diffusion_model.…`, `lora_down`, `lora_up`) and LightX2V (`diff`, `diff_b`). Names may be hostile.
[[nodiscard]] LoraKeys parse_lora_keys(std::span<const std::string> names);

/// How a few-step LoRA wants to be sampled.
struct FewStepSchedule {
    std::string name;  ///< of the method, for people: "LightX2V"
    int steps = 4;
    float shift = 5.0F;
    float guidance = 1.0F;  ///< its distillation took the guidance in
};

/// Recognises a few-step LoRA by the words in its file name and metadata (LightX2V, Lightning, CausVid, FastWan, AccVideo),
/// and the number of steps where it is told. Nothing for others.
[[nodiscard]] std::optional<FewStepSchedule> recognise_few_step(std::string_view file_name,
                                                                const std::map<std::string, std::string>& metadata);

}  // namespace kinora::core
