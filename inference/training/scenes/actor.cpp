#include "inference/training/scenes/actor.h"

#include <array>
#include <numbers>

#include "inference/training/scenes/camera.h"
#include "inference/training/scenes/figures.h"

namespace kinora::training {
namespace {

/// How strongly the camera moves the subject, so that what stands still drifts through a pan a little and stays in the
/// picture.
constexpr float k_parallax = 0.3F;

float pixels_per_frame(Speed speed)
{
    return speed == Speed::slow ? 1.4F : speed == Speed::medium ? 2.7F : 4.3F;
}

/// A paint as it looks in the light of that hour; much weaker than on land, so that the named colour stays itself.
Pixel in_light(Pixel colour, TimeOfDay time, bool glows)
{
    if (glows || time == TimeOfDay::none) return colour;
    const SkyPalette& sky = sky_palette(time);
    return shaded(colour, 0.72F + 0.28F * std::min(1.0F, sky.land_light)) * mix(k_white_pixel, sky.light, 0.2F);
}

Box united(const Box& a, const Box& b)
{
    if (a.empty()) return b;
    if (b.empty()) return a;
    const int left = std::min(a.x, b.x), top = std::min(a.y, b.y);
    return {left, top, std::max(a.x + a.width, b.x + b.width) - left, std::max(a.y + a.height, b.y + b.height) - top};
}

float rocket_turn(Direction direction)
{
    constexpr float k_quarter = std::numbers::pi_v<float> / 2;
    switch (direction) {
        case Direction::right:
            return k_quarter;
        case Direction::left:
            return -k_quarter;
        case Direction::down:
            return 2 * k_quarter;
        default:
            return 0;
    }
}

}  // namespace

Actor::Actor(const SceneSpec& spec, int frames, float waterline, PortableRandom& random) : spec_(spec), frames_(frames)
{
    paint(random);
    place(waterline, random);
}

void Actor::paint(PortableRandom& random)
{
    const bool glows = spec_.subject == Subject::lantern || spec_.subject == Subject::star;
    Tones t = tones(spec_.colour);
    t = {in_light(t.light, spec_.time, glows), in_light(t.base, spec_.time, glows), in_light(t.dark, spec_.time, glows)};
    const float size = random.uniform(88, 104);
    if (spec_.subject == Subject::birds) {
        for (const float lift : {-0.6F, 0.32F, 0.66F, 1.0F})
            poses_.push_back(paint_bird(t, lift));
        flock_ = {{32, random.uniform(-4, 4), 1.0F, 0}, {-30, -27, 0.9F, 2}, {-24, 27, 0.95F, 4}};
        scale_ = size / 104;
        half_width_ = 68 * scale_ / 0.75F;
        half_height_ = 56 * scale_ / 0.75F;
    } else {
        poses_.push_back(paint_figure(spec_.subject, t));
        const Sprite& figure = poses_.front();
        scale_ = size / (2 * std::max(figure.half_width(), figure.half_height()));
        half_width_ = figure.half_width() * scale_;
        half_height_ = figure.half_height() * scale_;
        if (spec_.subject == Subject::rocket &&
            (spec_.direction == Direction::left || spec_.direction == Direction::right)) {
            std::swap(half_width_, half_height_);
        }
    }
    if (spec_.direction == Direction::left && spec_.subject != Subject::rocket) {
        for (Sprite& pose : poses_)
            pose.flip();
        for (Member& member : flock_)
            member.x = -member.x;
    }
    bob_ = random.uniform(0, 2 * std::numbers::pi_v<float>);
    const bool nosed = spec_.subject == Subject::plane || spec_.subject == Subject::fish;
    if (spec_.subject == Subject::rocket) turn_ = rocket_turn(spec_.direction);
    if (nosed && spec_.direction == Direction::up) turn_ = -0.5F;
    if (nosed && spec_.direction == Direction::down) turn_ = 0.5F;
}

Actor::Offset Actor::travel(int frame) const
{
    const float way = pixels_per_frame(spec_.speed) * (frame - (frames_ - 1) / 2.0F);
    const float bob = 2.2F * std::sin(frame * 0.24F + bob_);
    switch (spec_.direction) {
        case Direction::left:
            return {-way, spec_.subject == Subject::boat ? bob * 0.4F : bob};
        case Direction::right:
            return {way, spec_.subject == Subject::boat ? bob * 0.4F : bob};
        case Direction::up:
            return {bob, -0.62F * way};
        case Direction::down:
            return {bob, 0.62F * way};
        default:
            return {0, spec_.subject == Subject::boat ? bob * 0.4F : bob};
    }
}

void Actor::place(float waterline, PortableRandom& random)
{
    const CameraPath camera(spec_.camera, frames_);
    float left = 0, right = 0, top = 0, bottom = 0, zoom = 1;
    for (const int frame : {0, frames_ / 4, frames_ / 2, frames_ * 3 / 4, frames_ - 1}) {
        const View view = camera.view(frame);
        const Offset offset = travel(frame);
        left = std::min(left, offset.x - view.x * k_parallax);
        right = std::max(right, offset.x - view.x * k_parallax);
        top = std::min(top, offset.y - view.y * k_parallax);
        bottom = std::max(bottom, offset.y - view.y * k_parallax);
        zoom = std::max(zoom, view.zoom);
    }
    // The whole way stays inside the picture where it fits; otherwise it is centred.
    const auto inside = [zoom](float wish, float size, float before, float after, float half) {
        const float room = (size / 2 - 5) / zoom;
        const float low = size / 2 - room + half - before;
        const float high = size / 2 + room - half - after;
        return low > high ? (low + high) / 2 : std::clamp(wish, low, high);
    };
    const bool across = spec_.direction == Direction::left || spec_.direction == Direction::right;
    const float wish_x = k_scene_width / 2.0F + random.uniform(-1, 1) * (across ? 16.0F : 58.0F);
    float wish_y = k_scene_height / 2.0F - (is_outdoors(spec_.place) ? 14 : 0) + random.uniform(-12, 12);
    if (spec_.subject == Subject::boat) wish_y = waterline + 22 + random.uniform(0, 12) - half_height_;
    middle_x_ = inside(wish_x, k_scene_width, left, right, half_width_ + 2);
    middle_y_ = inside(wish_y, k_scene_height, top, bottom, half_height_ + 2);
}

float Actor::turn(int frame) const
{
    switch (spec_.subject) {
        case Subject::balloon:
        case Subject::kite:
        case Subject::lantern:
        case Subject::plane:
        case Subject::fish:
            return turn_ + 0.06F * std::sin(frame * 0.22F + bob_);
        case Subject::boat:
            return 0.035F * std::sin(frame * 0.2F + bob_);
        case Subject::ball:
            if (spec_.direction == Direction::still) return 0;
            return frame * 0.025F * pixels_per_frame(spec_.speed) * (spec_.direction == Direction::left ? -1.0F : 1.0F);
        case Subject::star:
            return 0.12F * std::sin(frame * 0.16F + bob_);
        default:
            return turn_;
    }
}

Box Actor::draw_flock(int frame, const View& view, float x, float y, Pixel* picture) const
{
    // Down, up and down again: the poses there and back.
    static constexpr std::array<std::size_t, 6> k_beat{0, 1, 2, 3, 2, 1};
    Box box;
    for (const Member& member : flock_) {
        const float k = scale_ / 0.75F * view.zoom;
        const Sprite& pose = poses_[k_beat[static_cast<std::size_t>(frame / 2 + member.beat) % k_beat.size()]];
        const float drift = 1.5F * std::sin(frame * 0.2F + member.beat);
        const Box one =
            pose.draw(picture, {x + member.x * k, y + (member.y + drift) * k, scale_ * member.size * view.zoom, 0});
        box = united(box, one);
    }
    return box;
}

Box Actor::draw(int frame, const View& view, Pixel* picture) const
{
    const Offset offset = travel(frame);
    const float x = (middle_x_ + offset.x - view.x * k_parallax - k_scene_width / 2.0F) * view.zoom + k_scene_width / 2.0F;
    const float y = (middle_y_ + offset.y - view.y * k_parallax - k_scene_height / 2.0F) * view.zoom + k_scene_height / 2.0F;
    if (spec_.subject == Subject::birds) return draw_flock(frame, view, x, y, picture);
    const float scale = scale_ * view.zoom;
    const Sprite& figure = poses_.front();
    if (spec_.subject == Subject::boat) {
        const float mirror_y = y + 2 * half_height_ * view.zoom - 8 * scale;
        (void)figure.draw(picture, {x, mirror_y, scale, -turn(frame), 0.16F, true});
    }
    return figure.draw(picture, {x, y, scale, turn(frame)});
}

}  // namespace kinora::training
