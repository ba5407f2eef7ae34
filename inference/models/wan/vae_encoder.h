#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <vector>

#include "inference/models/wan/vae_blocks.h"
#include "inference/models/wan/vae_config.h"

namespace kinora::inference {

/// One level of the encoder: residual blocks, then a downsampling but at the coarsest level, in the 2.2 kind around a
/// shortcut.
struct EncoderLevel {
    std::vector<ResidualBlock> blocks;
    std::optional<Downsample> downsample;
    bool shortcut = false;
    std::int64_t width = 0;

    /// Behind `entry` where that is given, which belongs to the level then: large frames go through both one by one.
    [[nodiscard]] at::Tensor forward(at::Tensor x, CausalCache* cache, const Convolution* entry = nullptr) const;
};

/// Pixels (folded into patches) → twice as many channels as the latents have.
struct VaeEncoder {
    Convolution conv_in;
    std::vector<EncoderLevel> levels;
    MiddleBlock middle;
    ChannelNorm norm_out;
    Convolution conv_out;

    [[nodiscard]] static VaeEncoder outline(const VaeConfig& config);
    [[nodiscard]] at::Tensor forward(const at::Tensor& x, CausalCache* cache) const;
    /// Names as in diffusers' checkpoints, which number the 2.1 kind's blocks and downsamplings in one row.
    void for_each_parameter(const ParameterVisitor& visitor);
};

}  // namespace kinora::inference
