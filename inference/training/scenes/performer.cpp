#include "inference/training/scenes/performer.h"

#include <array>
#include <numbers>

#include "inference/training/scenes/figures.h"

namespace kinora::training {
namespace {

constexpr float k_turn = 2 * std::numbers::pi_v<float>;

/// A paint as it looks in the light of that hour; much weaker than on land, so that the named colour stays itself.
Pixel in_light(Pixel colour, TimeOfDay time, bool glows)
{
    if (glows || time == TimeOfDay::none) return colour;
    const SkyPalette& sky = sky_palette(time);
    return shaded(colour, 0.72F + 0.28F * std::min(1.0F, sky.land_light)) * mix(k_white_pixel, sky.light, 0.2F);
}

float rocket_turn(Direction direction)
{
    switch (direction) {
        case Direction::right:
            return k_turn / 4;
        case Direction::left:
            return -k_turn / 4;
        case Direction::down:
            return k_turn / 2;
        default:
            return 0;
    }
}

}  // namespace

Performer::Performer(const PerformerLook& look, PortableRandom& random) : look_(look)
{
    const bool glows = look.subject == Subject::lantern || look.subject == Subject::star;
    Tones t = tones(look.colour);
    t = {in_light(t.light, look.time, glows), in_light(t.base, look.time, glows), in_light(t.dark, look.time, glows)};
    if (look.subject == Subject::birds) {
        for (const float lift : {-0.6F, 0.32F, 0.66F, 1.0F})
            poses_.push_back(paint_bird(t, lift));
        flock_ = {{32, random.uniform(-4, 4), 1.0F, 0}, {-30, -27, 0.9F, 2}, {-24, 27, 0.95F, 4}};
        scale_ = look.side / 104;
        half_width_ = 68 * scale_ / 0.75F;
        half_height_ = 56 * scale_ / 0.75F;
    } else {
        if (look.subject == Subject::butterfly) {
            for (const float spread : {1.0F, 0.82F, 0.6F, 0.42F})
                poses_.push_back(paint_butterfly(t, spread));
        } else {
            poses_.push_back(paint_figure(look.subject, t));
        }
        const Sprite& figure = poses_.front();
        scale_ = look.side / (2 * std::max(figure.half_width(), figure.half_height()));
        half_width_ = figure.half_width() * scale_;
        half_height_ = figure.half_height() * scale_;
    }
    face(look.direction);
    phase_ = random.uniform(0, k_turn);
}

void Performer::face(Direction direction)
{
    const bool across = direction == Direction::left || direction == Direction::right;
    if (look_.subject == Subject::rocket) {
        turn_ = rocket_turn(direction);
        if (across) std::swap(half_width_, half_height_);
    } else if (direction == Direction::left) {
        for (Sprite& pose : poses_)
            pose.flip();
        for (Member& member : flock_)
            member.x = -member.x;
    }
    const bool nosed = look_.subject == Subject::plane || look_.subject == Subject::fish;
    if (nosed && direction == Direction::up) turn_ = -0.5F;
    if (nosed && direction == Direction::down) turn_ = 0.5F;
}

float Performer::turn(int frame) const
{
    switch (look_.subject) {
        case Subject::balloon:
        case Subject::kite:
        case Subject::lantern:
        case Subject::plane:
        case Subject::fish:
        case Subject::umbrella:
        case Subject::butterfly:
            return turn_ + 0.06F * std::sin(frame * 0.22F + phase_);
        case Subject::boat:
        case Subject::duck:
            return 0.035F * std::sin(frame * 0.2F + phase_);
        case Subject::leaf:
            return 0.45F * std::sin(frame * 0.18F + phase_);
        case Subject::ball:
            if (look_.direction == Direction::still) return 0;
            return frame * 0.025F * look_.pixels_per_frame * (look_.direction == Direction::left ? -1.0F : 1.0F);
        case Subject::star:
        case Subject::flower:
            return 0.12F * std::sin(frame * 0.16F + phase_);
        default:
            return turn_;
    }
}

Box Performer::draw_flock(int frame, float x, float y, float zoom, const Canvas& canvas) const
{
    // Down, up and down again: the poses there and back.
    static constexpr std::array<std::size_t, 6> k_beat{0, 1, 2, 3, 2, 1};
    Box box;
    for (const Member& member : flock_) {
        const float k = scale_ / 0.75F * zoom;
        const Sprite& pose = poses_[k_beat[static_cast<std::size_t>(frame / 2 + member.beat) % k_beat.size()]];
        const float drift = 1.5F * std::sin(frame * 0.2F + member.beat);
        const Box one = pose.draw(canvas, {x + member.x * k, y + (member.y + drift) * k, scale_ * member.size * zoom, 0});
        box = united(box, one);
    }
    return box;
}

Box Performer::draw(int frame, float x, float y, float zoom, const Canvas& canvas) const
{
    if (look_.subject == Subject::birds) return draw_flock(frame, x, y, zoom, canvas);
    static constexpr std::array<std::size_t, 6> k_flutter{0, 1, 2, 3, 2, 1};
    const std::size_t beat = k_flutter[static_cast<std::size_t>(frame) % k_flutter.size()];
    const Sprite& figure = poses_.size() > 1 ? poses_[beat] : poses_.front();
    const float scale = scale_ * zoom;
    if (look_.subject == Subject::boat || look_.subject == Subject::duck) {
        const float mirror_y = y + 2 * half_height_ * zoom - 8 * scale;
        (void)figure.draw(canvas, {x, mirror_y, scale, -turn(frame), 0.16F, true});
    }
    return figure.draw(canvas, {x, y, scale, turn(frame)});
}

}  // namespace kinora::training
