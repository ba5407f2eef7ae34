#pragma once

#include "core/generation/frames.h"

namespace kinora::inference {

enum class ResamplingFilter { bicubic, lanczos };

/// A part of a picture, in pixels from its upper left corner; borders may lie between pixels.
struct PictureBox {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
};

/// Scales a part of an 8-bit picture to `width` × `height`: Pillow's `Image.resize` bit for bit (antialiased, two passes,
/// 8 bits between them), with which the models' reference pipelines prepare their pictures. A whole picture of the wanted
/// size comes back as it is. Preconditions: the picture and the wanted size have pixels, the box lies within the picture.
[[nodiscard]] core::Picture8 resample(const core::Picture8& picture, const PictureBox& box, int width, int height,
                                      ResamplingFilter filter);

/// The same for the whole picture.
[[nodiscard]] core::Picture8 resample(const core::Picture8& picture, int width, int height, ResamplingFilter filter);

/// The largest part in the middle of a picture that has the proportions of `width` × `height`.
[[nodiscard]] PictureBox middle_box(const core::Picture8& picture, int width, int height);

}  // namespace kinora::inference
