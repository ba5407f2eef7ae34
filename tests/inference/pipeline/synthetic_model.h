#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/result.h"

namespace kinora::tests {

/// A model with the layout of Wan 2.2 A14B text-to-video as the community quantises it: two experts in GGUF files, the
/// blocks' matrices in Q4_K, the rest in F32; a VAE and a text encoder of the released widths in bfloat16.
struct SyntheticModel {
    int layers = 2;        ///< of each expert; the released model has 40
    int filled = 2;        ///< of these have random weights, the others are zero (holes in the file, which take no disk)
    int text_layers = 1;   ///< of the text encoder; the released model has 24
    int width_heads = 40;  ///< heads of 128 channels
    int ffn_dim = 13824;
    int text_width = 4096;
    int vae_width = 96;
};

/// Writes it to a folder that isn't there yet. `small` is a small model in the diffusers layout, from which the tokenizer,
/// the scheduler and the index are taken. The same numbers give the same files.
[[nodiscard]] core::Result<void> write_synthetic_model(const std::filesystem::path& folder, const SyntheticModel& form,
                                                       const std::filesystem::path& small);

/// The same for a model with the layout of Wan 2.2 TI2V (latents 16 times smaller than the picture), the width of the 1.3B
/// model, few layers and a narrow VAE, all in bfloat16; `small` is of that layout too and gives the text encoder as well.
[[nodiscard]] core::Result<void> write_small_ti2v(const std::filesystem::path& folder, int layers,
                                                  const std::filesystem::path& small);

}  // namespace kinora::tests
