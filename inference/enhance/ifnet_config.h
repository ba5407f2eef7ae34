#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "inference/weights/weight_map.h"

namespace kinora::inference {

/// How a block of an IFNet turns its features on.
enum class IfnetResidual {
    prelu_whole,   ///< RIFE 4.0 and 4.1: PReLU, the chain's input added at its end
    plain,         ///< 4.2 to 4.4: leaky ReLU, nothing added
    scaled_steps,  ///< 4.5 and later: every step adds its input, scaled by a factor per channel
};

/// What sees the pictures before the blocks do.
enum class IfnetEncoder {
    none,      ///< up to 4.6
    pair,      ///< 4.7 to 4.9: two layers, nothing between them
    sequence,  ///< 4.10 to 4.12: four layers, named encode.0, .2, .4, .6
    head,      ///< later: the same four, named encode.cnn0 … cnn3
};

/// The shape of an IFNet of RIFE 4.x.
struct IfnetConfig {
    std::vector<std::int64_t> widths;  ///< channels of each block
    std::vector<double> scales;        ///< by which the pictures are made smaller for each block
    std::int64_t steps = 8;            ///< convolutions in a block's chain
    IfnetResidual residual = IfnetResidual::scaled_steps;
    bool shuffled = true;     ///< the last layer's channels are shuffled to twice the size
    std::int64_t given = 6;   ///< channels that a block gives after that: 4 flow, 1 mask, the rest unused or passed on
    std::int64_t passed = 0;  ///< channels that a block hands to the next one
    bool adds_masks = true;   ///< masks add up over the blocks (up to 4.6), or the last one counts
    IfnetEncoder encoder = IfnetEncoder::none;
    std::int64_t encoder_width = 0;
    std::int64_t encoded = 0;  ///< channels of the encoder's output

    friend bool operator==(const IfnetConfig&, const IfnetConfig&) = default;

    /// Channels that a block takes, the flow included.
    [[nodiscard]] std::int64_t taken(std::size_t block) const;

    /// Sizes must be a multiple of this.
    [[nodiscard]] std::int64_t size_multiple() const;

    /// "RIFE 4.6", as far as shapes tell.
    [[nodiscard]] std::string version() const;

    /// What names and shapes say. Errors: `corrupt` with what is wrong.
    [[nodiscard]] static core::Result<IfnetConfig> detect(const WeightMap& weights);

    /// Kinora's own small one.
    [[nodiscard]] static IfnetConfig small();
};

}  // namespace kinora::inference
