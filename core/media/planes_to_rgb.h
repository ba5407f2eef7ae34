#pragma once

#include <vector>

#include "core/media/ffmpeg_handles.h"

namespace kinora::media {

/// Converts a planar Y'CbCr frame (8 to 16 bits, chroma whole or halved and sited left, BT.709, BT.601 or BT.2020 matrix) to
/// float R'G'B' 0…1, `[height, width, 3]` appended to `rgb`. Exact up to float: swscale's 16-bit route is off by two steps
/// of 10 bits. False, with nothing appended, for a layout it doesn't know.
[[nodiscard]] bool append_planes(const AVFrame& frame, std::vector<float>& rgb);

/// The same, rounded to 8 bits, for screens.
[[nodiscard]] bool append_planes(const AVFrame& frame, std::vector<unsigned char>& rgb);

/// Converts an RGB, grey or palette frame (8 to 16 bits, packed or planar) the same way; transparent parts are laid over
/// black. swscale takes these through 8-bit steps. False, with nothing appended, for a layout it doesn't know.
[[nodiscard]] bool append_components(const AVFrame& frame, std::vector<float>& rgb);

}  // namespace kinora::media
