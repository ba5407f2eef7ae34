#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "inference/training/scenes/layer.h"
#include "inference/training/scenes/scene_spec.h"
#include "inference/training/scenes/sprite.h"

namespace kinora::training {

/// The native rate of drawn clips, in frames per second; speeds are per frame, so it only says how they are meant to be
/// played.
inline constexpr int k_scene_rate = 12;

/// A clip as it was drawn.
struct DrawnClip {
    int frames = 0;
    int height = PictureSize{}.height;
    int width = PictureSize{}.width;
    std::vector<std::uint8_t> rgb;   ///< `[frames, height, width, 3]`, contiguous
    std::vector<Box> subject_boxes;  ///< one per frame, inside the picture; empty boxes when there is no subject

    [[nodiscard]] PictureSize size() const { return {width, height}; }
    [[nodiscard]] std::size_t frame_size() const { return static_cast<std::size_t>(height) * width * 3; }
    [[nodiscard]] const std::uint8_t* frame(int index) const
    {
        return rgb.data() + frame_size() * static_cast<std::size_t>(index);
    }
};

/// Draws a scene in its picture's size, as cut paper in soft light unless it has another style. The same spec and number of
/// frames give the same bytes (with one build on one kind of processor). Safe to call from several threads at once;
/// single-threaded inside as long as the caller has set OpenCV's thread count to 1. `frames` is at least 1.
[[nodiscard]] DrawnClip draw(const SceneSpec& spec, int frames);

/// Only those frames of such a clip, in their order; each is in 0 … frames − 1.
[[nodiscard]] DrawnClip draw(const SceneSpec& spec, int frames, std::span<const int> chosen);

}  // namespace kinora::training
