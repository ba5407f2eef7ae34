#include "inference/training/scenes/actor.h"

#include "inference/training/scenes/camera.h"

namespace kinora::training {
namespace {

/// How strongly the camera moves the subject, so that what stands still drifts through a pan a little and stays in the
/// picture.
constexpr float k_parallax = 0.3F;

float pixels_per_frame(Speed speed)
{
    return speed == Speed::slow ? 1.4F : speed == Speed::medium ? 2.7F : 4.3F;
}

float size_factor(Size size)
{
    return size == Size::small ? 0.7F : size == Size::large ? 1.3F : 1.0F;
}

}  // namespace

Actor::Actor(const SceneSpec& spec, int frames, float waterline, PortableRandom& random) : spec_(spec), frames_(frames)
{
    gather(random);
    measure();
    place(waterline, random);
}

PerformerLook Actor::look(float side) const
{
    return {spec_.subject, spec_.colour, spec_.time, spec_.direction, side, pixels_per_frame(spec_.speed)};
}

void Actor::gather(PortableRandom& random)
{
    if (spec_.other != Subject::none) {
        gather_pair(random);
    } else if (spec_.count > 1) {
        gather_several(random);
    } else {
        float side = random.uniform(88, 104) * size_factor(spec_.size) * spec_.picture.roomy();
        if (spec_.subject == Subject::birds) side = std::min(side, 0.5F * static_cast<float>(spec_.picture.width));
        parts_.push_back({Performer(look(side), random), {0, 0}});
    }
}

void Actor::gather_pair(PortableRandom& random)
{
    const float beside = spec_.relation == Relation::left_of ? std::min(1.0F, spec_.picture.width / 240.0F) : 1.0F;
    const float side = random.uniform(76, 84) * std::min(beside, spec_.picture.roomy());
    Performer subject(look(side), random);
    PerformerLook other_look = look(side);
    other_look.subject = spec_.other;
    other_look.colour = spec_.other_colour;
    Performer other(other_look, random);
    const float across = subject.half_width() + other.half_width();
    const float down = subject.half_height() + other.half_height();
    Offset offset{};  // of the other from the subject
    switch (spec_.relation) {
        case Relation::in_front_of:
            offset = {0.42F * across * random.sign(), -0.42F * down};
            break;
        case Relation::left_of:
            offset = {across + random.uniform(4, 16), random.uniform(-6, 6)};
            break;
        case Relation::above:
            offset = {random.uniform(-8, 8), down + random.uniform(2, 8)};
            break;
    }
    parts_.push_back({std::move(other), {offset.x / 2, offset.y / 2}});
    parts_.push_back({std::move(subject), {-offset.x / 2, -offset.y / 2}});
}

void Actor::gather_several(PortableRandom& random)
{
    const bool crowded = spec_.count > 2 && !upright();
    const float beside = crowded ? std::min(1.0F, spec_.picture.width / 300.0F) : 1.0F;
    const float side = (random.uniform(68, 76) - (spec_.count > 2 ? 6.0F : 0.0F)) * std::min(beside, spec_.picture.roomy());
    for (int i = 0; i < spec_.count; ++i) {
        Performer one(look(side), random);
        const float half = upright() ? one.half_height() : one.half_width();
        const float across = 2 * half + random.uniform(6, 14);
        // They go beside each other, alternately a little higher and lower; in an upright picture above each other.
        const float step = (i - (spec_.count - 1) / 2.0F) * across;
        const float lift = (i % 2 == 0 ? 1.0F : -1.0F) * random.uniform(5, 15);
        parts_.push_back({std::move(one), upright() ? Offset{lift, step} : Offset{step, lift}});
    }
}

void Actor::measure()
{
    for (const Part& part : parts_) {
        half_width_ = std::max(half_width_, std::abs(part.from_middle.x) + part.performer.half_width());
        half_height_ = std::max(half_height_, std::abs(part.from_middle.y) + part.performer.half_height());
    }
}

Actor::Offset Actor::travel(int frame) const
{
    // Where there is little room to go, everything goes a little slower.
    const float from_middle = frame - (frames_ - 1) / 2.0F;
    const float way = pixels_per_frame(spec_.speed) * from_middle * std::min(1.0F, spec_.picture.width / 256.0F);
    const float climb = pixels_per_frame(spec_.speed) * from_middle * std::min(1.0F, spec_.picture.down());
    const bool floats = spec_.subject == Subject::boat || spec_.subject == Subject::duck;
    const float sway = spec_.subject == Subject::car ? 0.0F : floats ? 0.4F : 1.0F;
    const float bob = 2.2F * std::sin(frame * 0.24F + parts_.back().performer.phase());
    switch (spec_.direction) {
        case Direction::left:
            return {-way, bob * sway};
        case Direction::right:
            return {way, bob * sway};
        case Direction::up:
            return {bob, -0.62F * climb};
        case Direction::down:
            return {bob, 0.62F * climb};
        default:
            return {0, bob * sway};
    }
}

void Actor::place(float waterline, PortableRandom& random)
{
    const CameraPath camera(spec_, frames_);
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
    const auto inside = [zoom](float wish, float whole, float before, float after, float half) {
        const float room = (whole / 2 - 5) / zoom;
        const float low = whole / 2 - room + half - before;
        const float high = whole / 2 + room - half - after;
        return low > high ? (low + high) / 2 : std::clamp(wish, low, high);
    };
    const bool across = spec_.direction == Direction::left || spec_.direction == Direction::right;
    const PictureSize& size = spec_.picture;
    const float wish_x = size.width / 2.0F + random.uniform(-1, 1) * (across ? 16.0F : 58.0F) * size.across();
    float wish_y =
        size.height / 2.0F - (is_outdoors(spec_.place) ? 14 : 0) * size.down() + random.uniform(-12, 12) * size.down();
    if (is_grounded(spec_.subject)) {
        // The subject itself stands there; the other one of a pair goes with it.
        const Part& subject = parts_.back();
        const float foot = (spec_.subject == Subject::car ? 50.0F : 22.0F) * size.down();
        wish_y = waterline + foot + random.uniform(0, 12) - subject.performer.half_height() - subject.from_middle.y;
    }
    middle_x_ = inside(wish_x, static_cast<float>(size.width), left, right, half_width_ + 2);
    middle_y_ = inside(wish_y, static_cast<float>(size.height), top, bottom, half_height_ + 2);
}

Box Actor::draw(int frame, const View& view, const Canvas& canvas) const
{
    const float centre_x = canvas.size.width / 2.0F, centre_y = canvas.size.height / 2.0F;
    const Offset offset = travel(frame);
    Box box;
    for (const Part& part : parts_) {
        const float x = middle_x_ + part.from_middle.x + offset.x - view.x * k_parallax - centre_x;
        const float y = middle_y_ + part.from_middle.y + offset.y - view.y * k_parallax - centre_y;
        const Box one = part.performer.draw(frame, x * view.zoom + centre_x, y * view.zoom + centre_y, view.zoom, canvas);
        box = united(box, one);
    }
    return box;
}

}  // namespace kinora::training
