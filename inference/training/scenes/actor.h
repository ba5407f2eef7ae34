#pragma once

#include <vector>

#include "inference/training/scenes/performer.h"
#include "inference/training/scenes/scene_spec.h"
#include "inference/training/scenes/sprite.h"

namespace kinora::training {

/// What acts in one clip (one thing, several of the same kind, or two different ones) and its way across the picture, which
/// they go together.
class Actor {
public:
    /// `waterline` is the screen y of the horizon, on whose water boats float.
    Actor(const SceneSpec& spec, int frames, float waterline, PortableRandom& random);

    /// Lays everything into a picture; gives the box of what is seen of it.
    Box draw(int frame, const View& view, const Canvas& canvas) const;

private:
    struct Offset {
        float x;
        float y;
    };
    struct Part {
        Performer performer;
        Offset from_middle;
    };
    void gather(PortableRandom& random);
    void gather_pair(PortableRandom& random);
    void gather_several(PortableRandom& random);
    void measure();
    void place(float waterline, PortableRandom& random);
    [[nodiscard]] PerformerLook look(float side) const;
    [[nodiscard]] Offset travel(int frame) const;
    [[nodiscard]] bool upright() const { return spec_.picture.width < spec_.picture.height; }

    SceneSpec spec_;
    int frames_;
    std::vector<Part> parts_;  ///< the farthest first
    float half_width_ = 0;
    float half_height_ = 0;
    float middle_x_ = 0;
    float middle_y_ = 0;
};

}  // namespace kinora::training
