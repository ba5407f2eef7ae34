#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace kinora::training {

/// What a probe looks at of a clip: a few pictures spread over it, and for each the one a moment later.
struct ProbeView {
    at::Tensor near;  ///< float32 in 0…1 [clips, looks, 3, height / 2, width / 2]
    at::Tensor far;   ///< the same clip `k_probe_gap` frames later, in half of that size
};

inline constexpr int k_probe_looks = 4;
inline constexpr int k_probe_gap = 4;      ///< frames
inline constexpr int k_probe_shifts = 33;  ///< by how much things may have moved, see `motion_of`

/// Which frames of a clip are looked at: for each look the frame and the later one. Shorter clips repeat some. `frames` is
/// at least 1.
[[nodiscard]] std::vector<int> probe_frames(int frames);

/// The view of a clip, one of it. `clip` float32 in −1…1, [3, frames, height, width].
[[nodiscard]] ProbeView look_at(const at::Tensor& clip);

/// The view where only the frames of `probe_frames` are there, in their order.
[[nodiscard]] ProbeView view_of_frames(const at::Tensor& frames);

/// How well every part of the pictures fits the later one when that is shifted, as shares over the shifts (softmax; 1 where
/// nothing tells them apart): [clips × looks, k_probe_shifts, rows, columns], a cell being eight of the clip's pixels. The
/// shifts are up to six quarter pixels across, up and down, and a few between.
[[nodiscard]] at::Tensor motion_of(const ProbeView& view);

}  // namespace kinora::training
