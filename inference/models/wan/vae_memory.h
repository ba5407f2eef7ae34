#pragma once

#include <cstdint>

#include "inference/models/wan/vae_config.h"

namespace kinora::inference {

/// Latents that are decoded: what of a clip goes through the decoder at a time.
struct DecodedLatents {
    std::int64_t frames = 1;  ///< of the whole clip
    std::int64_t rows = 1;
    std::int64_t columns = 1;
    bool frame_by_frame = true;  ///< with a causal cache, else all frames at once
};

/// Bytes that the decoder holds at its peak, with values of `value_bytes`: causal cache, features, and the pictures of one
/// chunk; neither the finished clip's pictures nor weights that were laid out beforehand. Follows the decoder's levels as
/// `VaeDecoder` runs them.
[[nodiscard]] std::int64_t decoder_memory(const VaeConfig& config, const DecodedLatents& latents, std::int64_t value_bytes);

/// Bytes of the largest convolution of the decoder as it is laid out for one use, and once more as the kernel wants it.
[[nodiscard]] std::int64_t laid_out_memory(const VaeConfig& config, std::int64_t value_bytes);

}  // namespace kinora::inference
