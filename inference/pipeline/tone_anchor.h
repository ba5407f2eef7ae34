#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace kinora::inference {

/// Frames that go on from given ones, without the small change of tone that every sampling adds and that grows from
/// extension to extension: per channel, what most places of the new frames are off the given ones is taken back, rising over
/// the first frames so that nothing jumps. Large changes stay, since they are meant (day turns to night).
/// `latents` [1, channels, frames, height, width], normalised; `given` one entry a frame. Unchanged if none or all are
/// given.
[[nodiscard]] at::Tensor hold_tone(const at::Tensor& latents, const std::vector<bool>& given);

}  // namespace kinora::inference
