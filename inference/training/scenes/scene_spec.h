#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "inference/training/scenes/portable_random.h"

namespace kinora::training {

/// Where a scene plays. The first eight are outdoors (they have a time of day and weather), the last four are not.
enum class Place : std::uint8_t { hills, mountains, desert, forest, city, snow, sea, sky, space, underwater, bokeh, waves };

/// Time of day of an outdoor place; `none` elsewhere.
enum class TimeOfDay : std::uint8_t { none, morning, day, sunset, dusk, night };

/// The one thing that acts in a scene, or `none` for a pure backdrop.
enum class Subject : std::uint8_t {
    none,
    balloon,
    boat,
    birds,
    kite,
    plane,
    star,
    ball,
    heart,
    lantern,
    rocket,
    planet,
    fish
};

enum class Colour : std::uint8_t { red, orange, yellow, green, blue, purple, pink, white };

/// Where the subject moves on the screen.
enum class Direction : std::uint8_t { still, left, right, up, down };

/// How fast the subject moves, in pixels per frame and not per clip; `medium` is the speed that captions do not mention.
enum class Speed : std::uint8_t { slow, medium, fast };

enum class Weather : std::uint8_t { clear, clouds, rain, snowfall };

/// The light that is seen in the sky.
enum class Light : std::uint8_t { none, sun, moon };

enum class Camera : std::uint8_t { still, pan_left, pan_right, zoom_in, zoom_out, tilt_up, tilt_down };

inline constexpr std::array k_places{Place::hills, Place::mountains,  Place::desert, Place::forest,
                                     Place::city,  Place::snow,       Place::sea,    Place::sky,
                                     Place::space, Place::underwater, Place::bokeh,  Place::waves};
inline constexpr std::array k_times{TimeOfDay::morning, TimeOfDay::day, TimeOfDay::sunset, TimeOfDay::dusk,
                                    TimeOfDay::night};
inline constexpr std::array k_subjects{Subject::balloon, Subject::boat,   Subject::birds,  Subject::kite,
                                       Subject::plane,   Subject::star,   Subject::ball,   Subject::heart,
                                       Subject::lantern, Subject::rocket, Subject::planet, Subject::fish};
inline constexpr std::array k_colours{Colour::red,  Colour::orange, Colour::yellow, Colour::green,
                                      Colour::blue, Colour::purple, Colour::pink,   Colour::white};
inline constexpr std::array k_directions{Direction::still, Direction::left, Direction::right, Direction::up,
                                         Direction::down};
inline constexpr std::array k_speeds{Speed::slow, Speed::medium, Speed::fast};
inline constexpr std::array k_weathers{Weather::clear, Weather::clouds, Weather::rain, Weather::snowfall};
inline constexpr std::array k_cameras{Camera::still,    Camera::pan_left, Camera::pan_right, Camera::zoom_in,
                                      Camera::zoom_out, Camera::tilt_up,  Camera::tilt_down};

/// Everything that decides a scene. The same spec always gives the same picture bytes.
struct SceneSpec {
    Place place = Place::hills;
    TimeOfDay time = TimeOfDay::day;  ///< `none` for the places that are not outdoors
    Subject subject = Subject::none;
    Colour colour = Colour::red;  ///< of the subject; without meaning when there is none
    Colour theme = Colour::blue;  ///< of the bokeh lights or paper waves; without meaning elsewhere
    Direction direction = Direction::still;
    Speed speed = Speed::medium;  ///< without meaning when the subject is still
    Weather weather = Weather::clear;
    Light light = Light::none;
    Camera camera = Camera::still;
    std::uint64_t seed = 0;  ///< layout details that no caption mentions
};

/// True for the places with a time of day and weather.
[[nodiscard]] bool is_outdoors(Place place);

/// True for the places that have a colour of their own (`SceneSpec::theme`).
[[nodiscard]] bool has_theme(Place place);

/// True when such a subject is drawn at such a place (no boats in a forest).
[[nodiscard]] bool fits(Subject subject, Place place);

/// True when the subject can move that way (boats only sideways).
[[nodiscard]] bool can_move(Subject subject, Direction direction);

/// A random scene; the attributes are drawn independently of each other as far as they fit together. A quarter is without a
/// subject.
[[nodiscard]] SceneSpec random_spec(PortableRandom& random);

/// As above, at a given place.
[[nodiscard]] SceneSpec random_spec(PortableRandom& random, Place place);

/// Short English names, for tables and probes.
[[nodiscard]] std::string_view name(Place place);
[[nodiscard]] std::string_view name(TimeOfDay time);
[[nodiscard]] std::string_view name(Subject subject);
[[nodiscard]] std::string_view name(Colour colour);
[[nodiscard]] std::string_view name(Direction direction);
[[nodiscard]] std::string_view name(Speed speed);
[[nodiscard]] std::string_view name(Weather weather);
[[nodiscard]] std::string_view name(Light light);
[[nodiscard]] std::string_view name(Camera camera);

}  // namespace kinora::training
