#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "core/models/weight_file.h"

namespace kinora::core {

/// What part of a model a set of tensors is.
enum class PartKind { unknown, transformer, vae, text_encoder, image_encoder, lora };

/// Folder name of the part in the diffusers layout: "transformer", "vae", "text_encoder", "image_encoder"; "loras".
[[nodiscard]] std::string_view folder_of(PartKind kind);

/// A part told by its tensors' names, and what diffusers and transformers call these.
struct PartNames {
    PartKind kind = PartKind::unknown;
    std::string layout;  ///< whose names the file has: "diffusers", "original", "ComfyUI", "llama.cpp"
    /// Name in the file → name in the model. Tensors that say how others are stored (fp8 scales) keep the form
    /// "MODULE.scale_weight"; those that no model needs (markers, an unused text tower) are missing here.
    /// "….qkv_proj.…" stands for three tensors, one after the other.
    std::map<std::string, std::string> names;
};

/// Recognises Wan transformers (original, ComfyUI's with its prefix, diffusers), Wan 2.1 and 2.2 VAEs, UMT5 encoders (Wan's,
/// ComfyUI's, llama.cpp's names), CLIP vision towers (Wan's, OpenCLIP's, transformers' names) and LoRAs.
[[nodiscard]] PartNames recognise_part(std::span<const WeightEntry> entries);

/// The diffusers name of a module or tensor of a Wan transformer's original layout ("blocks.0.self_attn.q" →
/// "blocks.0.attn1.to_q"); names that are diffusers' already stay.
[[nodiscard]] std::string wan_transformer_name(std::string_view name);

/// The same for a module's name in which kohya's trainers wrote underscores for dots ("blocks_0_self_attn_q"); empty for one
/// that no Wan transformer has.
[[nodiscard]] std::string wan_transformer_module(std::string_view underscored);

}  // namespace kinora::core
