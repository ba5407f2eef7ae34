#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "inference/training/scenes/picture_size.h"
#include "inference/training/scenes/portable_random.h"

namespace kinora::training {

/// How much of the drawer's world a starter was trained on. Weights and captions belong together: a starter of the first
/// world knows twelve places and subjects, one thing at a time and the look of cut paper; the grown one everything below.
enum class World : std::uint8_t { first, grown };

/// Where a scene plays. Some are outdoors (with a time of day and weather), some are backdrops in a colour of their own.
enum class Place : std::uint8_t {
    hills,
    mountains,
    desert,
    forest,
    city,
    snow,
    sea,
    sky,
    space,
    underwater,
    bokeh,
    waves,
    lake,
    field,
    canyon,
    gradient,
    particles,
    ribbons,
    rays
};

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
    fish,
    butterfly,
    leaf,
    umbrella,
    flower,
    duck,
    car
};

enum class Colour : std::uint8_t { red, orange, yellow, green, blue, purple, pink, white };

/// Where the subject moves on the screen.
enum class Direction : std::uint8_t { still, left, right, up, down };

/// How fast the subject moves, in pixels per frame and not per clip; `medium` is the speed that captions do not mention.
enum class Speed : std::uint8_t { slow, medium, fast };

enum class Weather : std::uint8_t { clear, clouds, rain, snowfall };

/// The light that is seen in the sky.
enum class Light : std::uint8_t { none, sun, moon };

/// The look of the whole picture.
enum class Style : std::uint8_t { paper, poster, ink, neon, pastel, blueprint };

/// The size of the subject; `medium` goes unsaid.
enum class Size : std::uint8_t { small, medium, large };

/// Where the subject is, seen from the other one.
enum class Relation : std::uint8_t { in_front_of, left_of, above };

enum class Camera : std::uint8_t { still, pan_left, pan_right, zoom_in, zoom_out, tilt_up, tilt_down };

inline constexpr std::array k_places{Place::hills,    Place::mountains, Place::desert,  Place::forest, Place::city,
                                     Place::snow,     Place::sea,       Place::sky,     Place::space,  Place::underwater,
                                     Place::bokeh,    Place::waves,     Place::lake,    Place::field,  Place::canyon,
                                     Place::gradient, Place::particles, Place::ribbons, Place::rays};
inline constexpr std::array k_times{TimeOfDay::morning, TimeOfDay::day, TimeOfDay::sunset, TimeOfDay::dusk,
                                    TimeOfDay::night};
inline constexpr std::array k_subjects{
    Subject::balloon,   Subject::boat,  Subject::birds,    Subject::kite,   Subject::plane,  Subject::star,
    Subject::ball,      Subject::heart, Subject::lantern,  Subject::rocket, Subject::planet, Subject::fish,
    Subject::butterfly, Subject::leaf,  Subject::umbrella, Subject::flower, Subject::duck,   Subject::car};
inline constexpr std::array k_colours{Colour::red,  Colour::orange, Colour::yellow, Colour::green,
                                      Colour::blue, Colour::purple, Colour::pink,   Colour::white};
inline constexpr std::array k_directions{Direction::still, Direction::left, Direction::right, Direction::up,
                                         Direction::down};
inline constexpr std::array k_speeds{Speed::slow, Speed::medium, Speed::fast};
inline constexpr std::array k_weathers{Weather::clear, Weather::clouds, Weather::rain, Weather::snowfall};
inline constexpr std::array k_cameras{Camera::still,    Camera::pan_left, Camera::pan_right, Camera::zoom_in,
                                      Camera::zoom_out, Camera::tilt_up,  Camera::tilt_down};

inline constexpr std::array k_styles{Style::paper, Style::poster, Style::ink, Style::neon, Style::pastel, Style::blueprint};
inline constexpr std::array k_sizes{Size::small, Size::medium, Size::large};
inline constexpr std::array k_relations{Relation::in_front_of, Relation::left_of, Relation::above};

/// The places and subjects of a world, in the order of their enums.
[[nodiscard]] std::span<const Place> places_of(World world);
[[nodiscard]] std::span<const Subject> subjects_of(World world);

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
    Style style = Style::paper;
    Size size = Size::medium;
    int count = 1;                          ///< of the subject, 1 to 3; without meaning when there is none
    Subject other = Subject::none;          ///< a second thing, of which there is one
    Colour other_colour = Colour::red;      ///< without meaning when there is no other
    Relation relation = Relation::left_of;  ///< of the subject to the other
    TimeOfDay later = TimeOfDay::none;      ///< what time it is at the end when it changes, else `none`
    Camera second_camera = Camera::still;   ///< a move made at the same time as `camera`, along another axis
    PictureSize picture{};                  ///< what is drawn; no caption mentions it
    std::uint64_t seed = 0;                 ///< layout details that no caption mentions
};

/// True for the places with a time of day and weather.
[[nodiscard]] bool is_outdoors(Place place);

/// True for the places that have a colour of their own (`SceneSpec::theme`).
[[nodiscard]] bool has_theme(Place place);

/// True when such a subject is drawn at such a place (no boats in a forest).
[[nodiscard]] bool fits(Subject subject, Place place);

/// True when the subject can move that way (boats only sideways).
[[nodiscard]] bool can_move(Subject subject, Direction direction);

/// True when such a thing can be the other one of a pair (it neither floats on water nor rolls on the ground, and is one).
[[nodiscard]] bool can_accompany(Subject subject);

/// True for what stands on water or ground instead of flying.
[[nodiscard]] bool is_grounded(Subject subject);

/// The changes of the time of day that are drawn: from, to.
inline constexpr std::array<std::pair<TimeOfDay, TimeOfDay>, 5> k_transitions{{{TimeOfDay::morning, TimeOfDay::day},
                                                                               {TimeOfDay::day, TimeOfDay::sunset},
                                                                               {TimeOfDay::day, TimeOfDay::night},
                                                                               {TimeOfDay::sunset, TimeOfDay::night},
                                                                               {TimeOfDay::night, TimeOfDay::morning}}};

/// A random scene; the attributes are drawn independently of each other as far as they fit together. A quarter is without a
/// subject.
[[nodiscard]] SceneSpec random_spec(PortableRandom& random, World world = World::first);

/// As above, at a given place.
[[nodiscard]] SceneSpec random_spec(PortableRandom& random, Place place, World world = World::first);

/// One of `k_picture_sizes`: the native one for half of the clips.
[[nodiscard]] PictureSize random_picture_size(PortableRandom& random);

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
[[nodiscard]] std::string_view name(Style style);
[[nodiscard]] std::string_view name(Size size);
[[nodiscard]] std::string_view name(Relation relation);

}  // namespace kinora::training
