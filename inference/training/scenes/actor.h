#pragma once

#include <vector>

#include "inference/training/scenes/scene_spec.h"
#include "inference/training/scenes/sprite.h"

namespace kinora::training {

/// The subject of one clip: its figure, its size and its way across the picture.
class Actor {
public:
    /// `waterline` is the screen y of the horizon, on whose water boats float.
    Actor(const SceneSpec& spec, int frames, float waterline, PortableRandom& random);

    /// Lays the subject into a picture of `k_scene_height` rows; gives the box of what is seen of it.
    Box draw(int frame, const View& view, Pixel* picture) const;

private:
    struct Offset {
        float x;
        float y;
    };
    struct Member {
        float x;
        float y;
        float size;
        int beat;
    };
    void paint(PortableRandom& random);
    void place(float waterline, PortableRandom& random);
    [[nodiscard]] Offset travel(int frame) const;
    [[nodiscard]] float turn(int frame) const;
    [[nodiscard]] Box draw_flock(int frame, const View& view, float x, float y, Pixel* picture) const;

    SceneSpec spec_;
    int frames_;
    std::vector<Sprite> poses_;
    std::vector<Member> flock_;
    float scale_ = 1.5F;  ///< pixels per unit of the figure
    float half_width_ = 0;
    float half_height_ = 0;
    float middle_x_ = 0;
    float middle_y_ = 0;
    float bob_ = 0;
    float turn_ = 0;
};

}  // namespace kinora::training
