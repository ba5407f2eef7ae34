#pragma once

#include "inference/models/wan/dit_config.h"
#include "inference/models/wan/vae_config.h"

namespace kinora::training {

/// The starter's shapes: a miniature Wan 2.2 TI2V, loaded like any other model of that family.
inline constexpr int k_starter_width = 320;
inline constexpr int k_starter_height = 192;
inline constexpr int k_starter_frames = 33;
inline constexpr int k_starter_rate = 12;
/// Captions are padded to this many tokens in training and in the pipeline; the tokenizer's configuration names it.
inline constexpr int k_caption_tokens = 48;
inline constexpr int k_vocabulary = 2000;

/// Wan 2.2 kind, stride 4×16×16, 32 channels; latents' mean and deviation are filled in once the encoder is trained.
[[nodiscard]] inference::VaeConfig starter_vae_config();
/// 8 layers, width 256.
[[nodiscard]] inference::WanDitConfig starter_dit_config();

}  // namespace kinora::training
