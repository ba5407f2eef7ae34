#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <optional>
#include <vector>

#include "inference/models/wan/vae_blocks.h"
#include "inference/models/wan/vae_config.h"
#include "inference/models/wan/vae_ops.h"

namespace kinora::inference {

/// One level of the decoder: residual blocks, then an upsampling but at the finest level, in the 2.2 kind around a shortcut.
struct DecoderLevel {
    std::vector<ResidualBlock> blocks;
    std::optional<Upsample> upsample;
    bool residual_kind = false;
    std::int64_t width = 0;

    /// `start`: x begins with the clip's first frame.
    [[nodiscard]] at::Tensor forward(at::Tensor x, CausalCache* cache, ClipStart start) const;
};

/// Latents → pixels (folded into patches).
struct VaeDecoder {
    Convolution conv_in;
    MiddleBlock middle;
    std::vector<DecoderLevel> levels;
    ChannelNorm norm_out;
    Convolution conv_out;

    [[nodiscard]] static VaeDecoder outline(const VaeConfig& config);
    [[nodiscard]] at::Tensor forward(const at::Tensor& x, CausalCache* cache) const;
    /// Names as in diffusers' checkpoints.
    void for_each_parameter(const ParameterVisitor& visitor);

private:
    /// Takes x through the levels from `level` on and adds what comes out to `pictures`. Large frames go through one by one,
    /// each to the end, so that no level's output is there as a whole.
    void run_levels(std::size_t level, at::Tensor x, CausalCache* cache, ClipStart start,
                    std::vector<at::Tensor>& pictures) const;
};

}  // namespace kinora::inference
