#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/generation/clip_layout.h"
#include "core/time/frame_rate.h"

namespace kinora::core {

/// Float pictures as the decoder made them: RGB, BT.709 primaries, sRGB-like transfer (display-referred), full range 0…1.
/// Layout `[frames, height, width, 3]`, contiguous. Masters are encoded from these without an 8-bit step between.
struct FrameSequence {
    int frames = 0;
    int height = 0;
    int width = 0;
    FrameRate rate{12};
    std::vector<float> rgb;

    [[nodiscard]] std::size_t frame_size() const { return static_cast<std::size_t>(height) * width * 3; }
    [[nodiscard]] std::span<const float> frame(int index) const
    {
        return std::span<const float>(rgb).subspan(frame_size() * index, frame_size());
    }
    [[nodiscard]] std::span<float> frame(int index)
    {
        return std::span<float>(rgb).subspan(frame_size() * index, frame_size());
    }
};

/// A small 8-bit picture for screens (previews, thumbnails): RGB interleaved, `[height, width, 3]`, contiguous.
struct Picture8 {
    int height = 0;
    int width = 0;
    std::vector<unsigned char> rgb;
};

/// Final latents of a take, normalised as the DiT works on them: float32, layout `[channels, frames, height, width]`.
/// From these a `LatentDecoder` makes the frames again.
struct LatentClip {
    std::string model_id;
    int channels = 0;
    int frames = 0;
    int height = 0;
    int width = 0;
    std::vector<float> values;
    ClipLayout layout{};  ///< how they are decoded
};

}  // namespace kinora::core
