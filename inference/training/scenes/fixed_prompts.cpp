#include "inference/training/scenes/fixed_prompts.h"

namespace kinora::training {
namespace {

struct Motion {
    Direction direction = Direction::still;
    Speed speed = Speed::medium;
};

FixedPrompt prompt(Place place, TimeOfDay time, Subject subject, Colour colour, Motion motion, std::string_view text)
{
    FixedPrompt made;
    made.spec.place = place;
    made.spec.time = time;
    made.spec.subject = subject;
    made.spec.colour = colour;
    made.spec.direction = motion.direction;
    made.spec.speed = motion.speed;
    made.text = text;
    return made;
}

std::array<FixedPrompt, k_fixed_prompts> make_prompts()
{
    using enum Direction;
    using P = Place;
    using T = TimeOfDay;
    using S = Subject;
    using C = Colour;
    std::array<FixedPrompt, k_fixed_prompts> all{
        prompt(P::hills, T::sunset, S::balloon, C::red, {up},
               "a red balloon rises over green hills at sunset, slow pan right"),
        prompt(P::sea, T::day, S::boat, C::blue, {left}, "a blue sailing boat sails to the left on the sea on a bright day"),
        prompt(P::mountains, T::morning, S::plane, C::yellow, {right},
               "a yellow paper plane glides to the right over mountains in the morning"),
        prompt(P::city, T::night, S::lantern, C::orange, {up, Speed::slow},
               "an orange lantern slowly floats up over a city at night"),
        prompt(P::desert, T::sunset, S::kite, C::green, {left}, "a green kite flies to the left above sand dunes at sunset"),
        prompt(P::snow, T::dusk, S::star, C::white, {still}, "a white star hovers over snowy hills at dusk"),
        prompt(P::forest, T::day, S::birds, C::red, {right},
               "a flock of red birds flies to the right above a pine forest by day"),
        prompt(P::sky, T::morning, S::heart, C::pink, {up}, "a pink heart rises above the clouds at dawn"),
        prompt(P::sea, T::night, S::boat, C::white, {right, Speed::slow},
               "a white boat sails slowly to the right on the sea at night, the moon"),
        prompt(P::city, T::dusk, S::rocket, C::purple, {up, Speed::fast}, "a purple rocket rises fast over a city at dusk"),
        prompt(P::mountains, T::sunset, S::balloon, C::blue, {right},
               "a blue hot air balloon drifts to the right in front of mountains at sunset"),
        prompt(P::desert, T::day, S::ball, C::red, {right, Speed::fast},
               "a red ball moves quickly to the right over a desert on a bright day"),
        prompt(P::forest, T::night, S::lantern, C::yellow, {still}, "a yellow lantern hovers over fir trees at night"),
        prompt(P::hills, T::morning, S::kite, C::orange, {up},
               "an orange kite flies upwards over rolling hills in the morning, clouds"),
        prompt(P::snow, T::day, S::heart, C::red, {still}, "zoom in, a red heart hovers over a winter landscape by day"),
        prompt(P::sky, T::sunset, S::plane, C::white, {left}, "a white paper plane glides to the left in the sky at sunset"),
        prompt(P::sea, T::dusk, S::balloon, C::yellow, {down, Speed::slow},
               "a yellow balloon slowly sinks over the sea at dusk"),
        prompt(P::city, T::morning, S::ball, C::green, {left},
               "a green ball moves to the left above a city skyline in the morning"),
        prompt(P::hills, T::night, S::star, C::purple, {down}, "a purple star sinks over green hills at night, snowfall"),
        prompt(P::mountains, T::dusk, S::birds, C::white, {left},
               "a flock of white birds flies to the left over mountains at dusk, rain"),
        prompt(P::space, T::none, S::planet, C::blue, {left, Speed::slow},
               "a blue planet slowly drifts to the left in outer space"),
        prompt(P::underwater, T::none, S::fish, C::orange, {right}, "an orange fish swims to the right under water"),
        prompt(P::bokeh, T::none, S::none, C::pink, {}, "soft pink lights"),
        prompt(P::waves, T::none, S::boat, C::white, {right}, "a white boat sails to the right on blue paper waves"),
    };
    all[0].spec.camera = Camera::pan_right;
    all[8].spec.light = Light::moon;
    all[13].spec.weather = Weather::clouds;
    all[14].spec.camera = Camera::zoom_in;
    all[18].spec.weather = Weather::snowfall;
    all[19].spec.weather = Weather::rain;
    all[22].spec.theme = Colour::pink;
    all[23].spec.theme = Colour::blue;
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i].seed = all[i].spec.seed = i;
    return all;
}

}  // namespace

const std::array<FixedPrompt, k_fixed_prompts>& fixed_prompts()
{
    static const std::array<FixedPrompt, k_fixed_prompts> prompts = make_prompts();
    return prompts;
}

}  // namespace kinora::training
