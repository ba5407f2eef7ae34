#pragma once

#include <vector>

#include "inference/training/scenes/scene_spec.h"
#include "inference/training/scenes/sprite.h"

namespace kinora::training {

/// What one performer of a scene looks like.
struct PerformerLook {
    Subject subject = Subject::balloon;
    Colour colour = Colour::red;
    TimeOfDay time = TimeOfDay::day;
    Direction direction = Direction::still;
    float side = 96;             ///< of its longer side, pixels
    float pixels_per_frame = 0;  ///< a ball rolls by it
};

/// One painted figure, or a flock of birds, that can be laid anywhere into a picture.
class Performer {
public:
    Performer(const PerformerLook& look, PortableRandom& random);

    [[nodiscard]] float half_width() const { return half_width_; }
    [[nodiscard]] float half_height() const { return half_height_; }

    /// The phase of its swaying, radians.
    [[nodiscard]] float phase() const { return phase_; }

    /// Lays it with its middle at (x, y); `zoom` scales it. Gives the box of what is seen of it.
    Box draw(int frame, float x, float y, float zoom, const Canvas& canvas) const;

private:
    struct Member {
        float x;
        float y;
        float size;
        int beat;
    };
    void face(Direction direction);
    [[nodiscard]] float turn(int frame) const;
    [[nodiscard]] Box draw_flock(int frame, float x, float y, float zoom, const Canvas& canvas) const;

    PerformerLook look_;
    std::vector<Sprite> poses_;
    std::vector<Member> flock_;
    float scale_ = 1.5F;  ///< pixels per unit of the figure
    float half_width_ = 0;
    float half_height_ = 0;
    float phase_ = 0;
    float turn_ = 0;
};

}  // namespace kinora::training
