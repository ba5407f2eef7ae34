#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string>

#include "inference/models/layers.h"
#include "inference/models/wan/vae_cache.h"

/// The pieces of the Wan VAE. Activations are [batch, channels, frames, height, width] in channels-last memory throughout.
///
/// Every `forward` with time in it takes a cache. With one, the frames are the next chunk of a clip; without one (nullptr)
/// they are the whole clip, which comes to the same values: a causal convolution over the whole clip starts with two frames
/// of zeros. Nothing here writes into a tensor that autograd may need. Features that are moved into a `forward` are freed as
/// soon as they aren't needed any more.
namespace kinora::inference {

/// RMS norm over the channels of every pixel. `gamma` [channels, 1, 1] or [channels, 1, 1, 1].
struct ChannelNorm {
    at::Tensor gamma;
};

/// Two times norm, SiLU, causal convolution, around a shortcut that is a 1×1×1 convolution where the width changes.
struct ResidualBlock {
    ChannelNorm norm1;
    Convolution conv1;
    ChannelNorm norm2;
    Convolution conv2;
    std::optional<Convolution> conv_shortcut;

    [[nodiscard]] at::Tensor forward(at::Tensor x, CausalCache* cache) const;
};

/// Attention with one head among the pixels of each frame, with a shortcut.
struct FrameAttention {
    ChannelNorm norm;
    Convolution to_qkv;  ///< 1×1
    Convolution proj;    ///< 1×1

    [[nodiscard]] at::Tensor forward(const at::Tensor& x) const;
};

/// Residual block, attention, residual block at the coarsest level.
struct MiddleBlock {
    ResidualBlock first;
    FrameAttention attention;
    ResidualBlock second;

    [[nodiscard]] at::Tensor forward(at::Tensor x, CausalCache* cache) const;
};

enum class Temporal { keep, resample };

/// Halves height and width; with `time_conv` also the frames after a clip's first one.
struct Downsample {
    Convolution convolution;  ///< 3×3, stride 2, one zero row and column after the last
    std::optional<Convolution> time_conv;
};

/// Doubles height and width; with `time_conv` also the frames after a clip's first one.
struct Upsample {
    Convolution convolution;  ///< 3×3 after nearest-neighbour enlargement
    std::optional<Convolution> time_conv;

    [[nodiscard]] at::Tensor forward(at::Tensor x, CausalCache* cache) const;
};

/// A convolution of kernel³ that looks at this frame and, for kernel 3, at the two before it.
[[nodiscard]] Convolution outline_causal(std::int64_t in, std::int64_t out, std::int64_t kernel);
[[nodiscard]] ResidualBlock outline_residual_block(std::int64_t in, std::int64_t out);
[[nodiscard]] MiddleBlock outline_middle_block(std::int64_t width);
[[nodiscard]] Downsample outline_downsample(std::int64_t width, Temporal temporal);
[[nodiscard]] Upsample outline_upsample(std::int64_t in, std::int64_t out, Temporal temporal);
[[nodiscard]] ChannelNorm outline_video_norm(std::int64_t width);

/// Names as in diffusers' checkpoints.
void visit(ChannelNorm& norm, const std::string& name, const ParameterVisitor& visitor);
void visit(ResidualBlock& block, const std::string& name, const ParameterVisitor& visitor);
void visit(MiddleBlock& block, const std::string& name, const ParameterVisitor& visitor);
void visit(Downsample& block, const std::string& name, const ParameterVisitor& visitor);
void visit(Upsample& block, const std::string& name, const ParameterVisitor& visitor);

}  // namespace kinora::inference
