#include "inference/training/scenes/scene_spec.h"

#include <algorithm>
#include <vector>

namespace kinora::training {
namespace {

template <typename Enum, std::size_t count>
std::string_view name_in(const std::array<std::string_view, count>& names, Enum value)
{
    return names.at(static_cast<std::size_t>(value));
}

Subject random_subject(PortableRandom& random, Place place, World world)
{
    if (!random.chance(0.75F)) return Subject::none;
    // Boats and fish have one home, where they would be rare among everything that floats anywhere.
    if (place == Place::sea && random.chance(0.4F)) return Subject::boat;
    if (place == Place::lake && random.chance(0.5F)) return random.chance(0.5F) ? Subject::boat : Subject::duck;
    if (place == Place::underwater && random.chance(0.45F)) return Subject::fish;
    if (place == Place::space && random.chance(0.4F)) return random.chance(0.5F) ? Subject::planet : Subject::rocket;
    std::vector<Subject> fitting;
    for (const Subject subject : subjects_of(world)) {
        if (fits(subject, place)) fitting.push_back(subject);
    }
    return random.pick(fitting);
}

Direction random_direction(PortableRandom& random, Subject subject)
{
    Direction direction = random.pick(k_directions);
    while (!can_move(subject, direction))
        direction = random.pick(k_directions);
    return direction;
}

Light random_light(PortableRandom& random, TimeOfDay time)
{
    if (!random.chance(0.6F)) return Light::none;
    if (time == TimeOfDay::night) return Light::moon;
    if (time == TimeOfDay::dusk) return random.chance(0.5F) ? Light::moon : Light::sun;
    return Light::sun;
}

/// What only the grown world has. Each is rare enough that most scenes stay simple, and each is drawn without regard to the
/// others, so that a probe can't guess one from another.
void grow(SceneSpec& spec, PortableRandom& random)
{
    spec.style = random.chance(0.5F) ? Style::paper : random.pick(k_styles);
    if (spec.subject != Subject::none) {
        const float u = random.uniform();
        spec.size = u < 0.2F ? Size::small : u < 0.4F ? Size::large : Size::medium;
        const bool one = spec.subject == Subject::birds || is_grounded(spec.subject);
        if (!one && random.chance(0.2F)) spec.count = 2 + static_cast<int>(random.index(2));
        if (spec.count == 1 && spec.subject != Subject::birds && random.chance(0.25F)) {
            std::vector<Subject> fitting;
            for (const Subject other : k_subjects)
                if (can_accompany(other) && other != spec.subject && fits(other, spec.place)) fitting.push_back(other);
            spec.other = random.pick(fitting);
            spec.other_colour = random.pick(k_colours);
            spec.relation = random.pick(k_relations);
            // What stands on the ground has nothing below it.
            if (is_grounded(spec.subject) && spec.relation == Relation::above) spec.relation = Relation::in_front_of;
        }
        // A group has its own size.
        if (spec.count > 1 || spec.other != Subject::none) spec.size = Size::medium;
    }
    if (spec.time != TimeOfDay::none && random.chance(0.1F)) {
        const auto& [from, to] = random.pick(k_transitions);
        spec.time = from;
        spec.later = to;
        spec.light = Light::none;  // the sun would have to become the moon
    }
    const bool sideways = spec.camera == Camera::pan_left || spec.camera == Camera::pan_right;
    if (sideways && random.chance(0.25F)) {
        static constexpr std::array k_second{Camera::zoom_in, Camera::zoom_out, Camera::tilt_up, Camera::tilt_down};
        spec.second_camera = random.pick(k_second);
    }
}

Weather random_weather(PortableRandom& random, Place place)
{
    const float u = random.uniform();
    const Weather weather = u < 0.40F   ? Weather::clear
                            : u < 0.66F ? Weather::clouds
                            : u < 0.83F ? Weather::rain
                                        : Weather::snowfall;
    // The cloudscape always has clouds; saying so would be saying nothing.
    return place == Place::sky && weather == Weather::clouds ? Weather::clear : weather;
}

}  // namespace

bool is_outdoors(Place place)
{
    return place != Place::space && place != Place::underwater && !has_theme(place);
}

bool has_theme(Place place)
{
    switch (place) {
        case Place::bokeh:
        case Place::waves:
        case Place::gradient:
        case Place::particles:
        case Place::ribbons:
        case Place::rays:
            return true;
        default:
            return false;
    }
}

bool fits(Subject subject, Place place)
{
    switch (subject) {
        case Subject::boat:
            return place == Place::sea || place == Place::waves || place == Place::lake;
        case Subject::duck:
            return place == Place::lake || place == Place::sea;
        case Subject::car:
            return place == Place::desert || place == Place::hills || place == Place::snow || place == Place::city ||
                   place == Place::field || place == Place::canyon;
        case Subject::fish:
            return place == Place::underwater || has_theme(place);
        case Subject::planet:
            return place == Place::space || place == Place::bokeh || place == Place::sky;
        case Subject::birds:
        case Subject::kite:
        case Subject::balloon:
        case Subject::plane:
        case Subject::butterfly:
        case Subject::leaf:
        case Subject::umbrella:
            return place != Place::underwater && place != Place::space;
        case Subject::rocket:
            return place != Place::underwater;
        default:
            return true;
    }
}

bool can_move(Subject subject, Direction direction)
{
    return !is_grounded(subject) || (direction != Direction::up && direction != Direction::down);
}

bool is_grounded(Subject subject)
{
    return subject == Subject::boat || subject == Subject::duck || subject == Subject::car;
}

bool can_accompany(Subject subject)
{
    return subject != Subject::none && subject != Subject::birds && !is_grounded(subject);
}

std::span<const Place> places_of(World world)
{
    return world == World::grown ? std::span<const Place>(k_places) : std::span<const Place>(k_places).first(12);
}

std::span<const Subject> subjects_of(World world)
{
    return world == World::grown ? std::span<const Subject>(k_subjects) : std::span<const Subject>(k_subjects).first(12);
}

PictureSize random_picture_size(PortableRandom& random)
{
    if (random.chance(0.5F)) return k_picture_sizes.front();
    return k_picture_sizes[1 + random.index(k_picture_sizes.size() - 1)];
}

SceneSpec random_spec(PortableRandom& random, World world)
{
    const Place place = random.pick(places_of(world));
    return random_spec(random, place, world);
}

SceneSpec random_spec(PortableRandom& random, Place place, World world)
{
    SceneSpec spec;
    spec.place = place;
    spec.seed = random.next();
    spec.time = is_outdoors(place) ? random.pick(k_times) : TimeOfDay::none;
    spec.subject = random_subject(random, place, world);
    spec.colour = random.pick(k_colours);
    spec.theme = random.pick(k_colours);
    spec.direction = spec.subject == Subject::none ? Direction::still : random_direction(random, spec.subject);
    spec.speed = random.pick(k_speeds);
    spec.weather = is_outdoors(place) ? random_weather(random, place) : Weather::clear;
    spec.light = is_outdoors(place) ? random_light(random, spec.time) : Light::none;
    spec.camera = random.chance(0.34F) ? Camera::still : k_cameras[1 + random.index(k_cameras.size() - 1)];
    if (world == World::grown) grow(spec, random);
    return spec;
}

std::string_view name(const PictureSize& size)
{
    static constexpr std::array<std::string_view, k_picture_sizes.size()> names{"320x192", "192x320", "256x256", "384x160"};
    const auto at = std::find(k_picture_sizes.begin(), k_picture_sizes.end(), size);
    return at == k_picture_sizes.end() ? "other" : names.at(static_cast<std::size_t>(at - k_picture_sizes.begin()));
}

std::string_view name(Place place)
{
    static constexpr std::array<std::string_view, k_places.size()> names{
        "hills", "mountains", "desert", "forest", "city",   "snow",     "sea",       "sky",     "space", "underwater",
        "bokeh", "waves",     "lake",   "field",  "canyon", "gradient", "particles", "ribbons", "rays"};
    return name_in(names, place);
}

std::string_view name(TimeOfDay time)
{
    static constexpr std::array<std::string_view, 6> names{"none", "morning", "day", "sunset", "dusk", "night"};
    return name_in(names, time);
}

std::string_view name(Subject subject)
{
    static constexpr std::array<std::string_view, k_subjects.size() + 1> names{
        "none",   "balloon", "boat", "birds",     "kite", "plane",    "star",   "ball", "heart", "lantern",
        "rocket", "planet",  "fish", "butterfly", "leaf", "umbrella", "flower", "duck", "car"};
    return name_in(names, subject);
}

std::string_view name(Colour colour)
{
    static constexpr std::array<std::string_view, 8> names{"red",  "orange", "yellow", "green",
                                                           "blue", "purple", "pink",   "white"};
    return name_in(names, colour);
}

std::string_view name(Direction direction)
{
    static constexpr std::array<std::string_view, 5> names{"still", "left", "right", "up", "down"};
    return name_in(names, direction);
}

std::string_view name(Speed speed)
{
    static constexpr std::array<std::string_view, 3> names{"slow", "medium", "fast"};
    return name_in(names, speed);
}

std::string_view name(Weather weather)
{
    static constexpr std::array<std::string_view, 4> names{"clear", "clouds", "rain", "snowfall"};
    return name_in(names, weather);
}

std::string_view name(Light light)
{
    static constexpr std::array<std::string_view, 3> names{"none", "sun", "moon"};
    return name_in(names, light);
}

std::string_view name(Camera camera)
{
    static constexpr std::array<std::string_view, 7> names{"still",    "pan left", "pan right", "zoom in",
                                                           "zoom out", "tilt up",  "tilt down"};
    return name_in(names, camera);
}

std::string_view name(Style style)
{
    static constexpr std::array<std::string_view, 6> names{"paper", "poster", "ink", "neon", "pastel", "blueprint"};
    return name_in(names, style);
}

std::string_view name(Size size)
{
    static constexpr std::array<std::string_view, 3> names{"small", "medium", "large"};
    return name_in(names, size);
}

std::string_view name(Relation relation)
{
    static constexpr std::array<std::string_view, 3> names{"in front of", "left of", "above"};
    return name_in(names, relation);
}

}  // namespace kinora::training
