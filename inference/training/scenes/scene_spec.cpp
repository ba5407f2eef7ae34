#include "inference/training/scenes/scene_spec.h"

#include <vector>

namespace kinora::training {
namespace {

template <typename Enum, std::size_t count>
std::string_view name_in(const std::array<std::string_view, count>& names, Enum value)
{
    return names.at(static_cast<std::size_t>(value));
}

Subject random_subject(PortableRandom& random, Place place)
{
    if (!random.chance(0.75F)) return Subject::none;
    // Boats and fish have one home, where they would be rare among everything that floats anywhere.
    if (place == Place::sea && random.chance(0.4F)) return Subject::boat;
    if (place == Place::underwater && random.chance(0.45F)) return Subject::fish;
    if (place == Place::space && random.chance(0.4F)) return random.chance(0.5F) ? Subject::planet : Subject::rocket;
    std::vector<Subject> fitting;
    for (const Subject subject : k_subjects) {
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
    return place == Place::bokeh || place == Place::waves;
}

bool fits(Subject subject, Place place)
{
    switch (subject) {
        case Subject::boat:
            return place == Place::sea || place == Place::waves;
        case Subject::fish:
            return place == Place::underwater || has_theme(place);
        case Subject::planet:
            return place == Place::space || place == Place::bokeh || place == Place::sky;
        case Subject::birds:
        case Subject::kite:
        case Subject::balloon:
        case Subject::plane:
            return place != Place::underwater && place != Place::space;
        case Subject::rocket:
            return place != Place::underwater;
        default:
            return true;
    }
}

bool can_move(Subject subject, Direction direction)
{
    return subject != Subject::boat || (direction != Direction::up && direction != Direction::down);
}

SceneSpec random_spec(PortableRandom& random)
{
    const Place place = random.pick(k_places);
    return random_spec(random, place);
}

SceneSpec random_spec(PortableRandom& random, Place place)
{
    SceneSpec spec;
    spec.place = place;
    spec.seed = random.next();
    spec.time = is_outdoors(place) ? random.pick(k_times) : TimeOfDay::none;
    spec.subject = random_subject(random, place);
    spec.colour = random.pick(k_colours);
    spec.theme = random.pick(k_colours);
    spec.direction = spec.subject == Subject::none ? Direction::still : random_direction(random, spec.subject);
    spec.speed = random.pick(k_speeds);
    spec.weather = is_outdoors(place) ? random_weather(random, place) : Weather::clear;
    spec.light = is_outdoors(place) ? random_light(random, spec.time) : Light::none;
    spec.camera = random.chance(0.34F) ? Camera::still : k_cameras[1 + random.index(k_cameras.size() - 1)];
    return spec;
}

std::string_view name(Place place)
{
    static constexpr std::array<std::string_view, 12> names{"hills", "mountains", "desert", "forest",     "city",  "snow",
                                                            "sea",   "sky",       "space",  "underwater", "bokeh", "waves"};
    return name_in(names, place);
}

std::string_view name(TimeOfDay time)
{
    static constexpr std::array<std::string_view, 6> names{"none", "morning", "day", "sunset", "dusk", "night"};
    return name_in(names, time);
}

std::string_view name(Subject subject)
{
    static constexpr std::array<std::string_view, 13> names{
        "none", "balloon", "boat", "birds", "kite", "plane", "star", "ball", "heart", "lantern", "rocket", "planet", "fish"};
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

}  // namespace kinora::training
