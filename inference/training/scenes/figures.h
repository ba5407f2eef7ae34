#pragma once

#include "inference/training/scenes/scene_spec.h"
#include "inference/training/scenes/sprite.h"

namespace kinora::training {

/// Paints a subject in a colour, facing right or upwards. `birds` gives one bird.
[[nodiscard]] Sprite paint_figure(Subject subject, const Tones& tones);

/// One bird of the flock, its wings at `lift` (−1 down … 1 up).
[[nodiscard]] Sprite paint_bird(const Tones& tones, float lift);

/// A butterfly seen from above, its wings open by `spread` (0 closed … 1 flat).
[[nodiscard]] Sprite paint_butterfly(const Tones& tones, float spread);

[[nodiscard]] Sprite paint_leaf(const Tones& tones);
[[nodiscard]] Sprite paint_umbrella(const Tones& tones);
[[nodiscard]] Sprite paint_flower(const Tones& tones);
[[nodiscard]] Sprite paint_duck(const Tones& tones);
[[nodiscard]] Sprite paint_car(const Tones& tones);

/// A closed curve through the points (Catmull–Rom).
[[nodiscard]] SpritePainter::Points rounded(const SpritePainter::Points& corners);

}  // namespace kinora::training
