#pragma once

#include <set>
#include <string>
#include <string_view>

/// From the names under which models were first published to those of diffusers and transformers. Every function is told one
/// name without the file's prefix and gives the new one; names it doesn't know stay as they are.
namespace kinora::core {

/// Wan 2.1 (`downsamples.N`) and 2.2 (`downsamples.N.downsamples.M`) VAEs. `names` are all of the file, which tell where the
/// levels end.
[[nodiscard]] std::string wan_vae_name(std::string_view name, const std::set<std::string_view>& names);

/// Wan's own UMT5 (`models_t5_umt5-xxl-enc-bf16.pth`).
[[nodiscard]] std::string umt5_name(std::string_view name);

/// T5 encoders converted by llama.cpp.
[[nodiscard]] std::string llama_name(std::string_view name);

/// The vision tower of Wan's own CLIP file; empty for its text tower. `qkv_proj` stands for three projections.
[[nodiscard]] std::string wan_clip_name(std::string_view name);

/// The vision tower under OpenCLIP's names; empty for the text tower.
[[nodiscard]] std::string open_clip_name(std::string_view name);

}  // namespace kinora::core
