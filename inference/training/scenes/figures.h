#pragma once

#include "inference/training/scenes/scene_spec.h"
#include "inference/training/scenes/sprite.h"

namespace kinora::training {

/// Paints a subject in a colour, facing right or upwards. `birds` gives one bird with its wings at `phase` (0 … 1 of a
/// beat).
[[nodiscard]] Sprite paint_figure(Subject subject, const Tones& tones);

/// One bird of the flock, its wings at `lift` (−1 down … 1 up).
[[nodiscard]] Sprite paint_bird(const Tones& tones, float lift);

}  // namespace kinora::training
