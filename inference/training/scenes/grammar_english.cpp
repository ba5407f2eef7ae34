#include "inference/training/scenes/grammar.h"

namespace kinora::training {
namespace {

/// What came with the grown world.
void add_grown(Grammar& g)
{
    using enum Gender;
    const auto plural_of = [&](Subject subject, std::vector<Noun> nouns) {
        g.plurals[static_cast<std::size_t>(subject)] = std::move(nouns);
    };
    plural_of(Subject::balloon, {{"{c} balloons", plural}, {"{c} hot air balloons", plural}});
    plural_of(Subject::kite, {{"{c} kites", plural}});
    plural_of(Subject::plane, {{"{c} paper planes", plural}});
    plural_of(Subject::star, {{"{c} stars", plural}});
    plural_of(Subject::ball, {{"{c} balls", plural}});
    plural_of(Subject::heart, {{"{c} hearts", plural}});
    plural_of(Subject::lantern, {{"{c} lanterns", plural}, {"{c} paper lanterns", plural}});
    plural_of(Subject::rocket, {{"{c} rockets", plural}});
    plural_of(Subject::planet, {{"{c} planets", plural}});
    plural_of(Subject::fish, {{"{c} fish", plural}, {"{c} fishes", plural}});
    plural_of(Subject::butterfly, {{"{c} butterflies", plural}});
    plural_of(Subject::leaf, {{"{c} leaves", plural}});
    plural_of(Subject::umbrella, {{"{c} umbrellas", plural}});
    plural_of(Subject::flower, {{"{c} flowers", plural}});
    g.counts = {{{}, {}, {"two", "a pair of"}, {"three"}}};
    g.sizes = {{{{"small"}, {"little"}, {"tiny"}}, {}, {{"large"}, {"huge"}, {"giant"}}}};
    g.relations = {{{"in front of", "before"}, {"to the left of", "left of"}, {"above", "over"}}};
    g.styles = {{
        {"paper cut", "paper cutout style", "cut paper"},
        {"poster", "poster style", "flat poster art"},
        {"ink drawing", "ink on paper", "in ink"},
        {"neon", "neon style", "glowing neon lines"},
        {"pastel", "pastel colours", "soft pastel style"},
        {"blueprint", "blueprint style", "white lines on blue paper"},
    }};
    g.changes = {{
        {"morning turns into day", "from morning to day"},
        {"the day ends", "day turns into evening", "from day to sunset"},
        {"day turns to night", "from day to night", "night falls"},
        {"sunset turns to night", "from sunset to night", "it gets dark"},
        {"night turns to morning", "from night to morning", "the day breaks"},
    }};
    g.conjunction = " and ";
}

Grammar make_english()
{
    using enum Gender;
    Grammar g;
    g.subjects = {{
        {},
        {{"a {c} balloon"}, {"a {c} hot air balloon"}},
        {{"a {c} boat"}, {"a {c} sailing boat"}, {"a {c} sailboat"}},
        {{"a flock of {c} birds"}, {"{c} birds", plural}, {"three {c} birds", plural}},
        {{"a {c} kite"}, {"a {c} paper kite"}},
        {{"a {c} paper plane"}, {"a {c} paper airplane"}},
        {{"a {c} star"}, {"a big {c} star"}},
        {{"a {c} ball"}, {"a round {c} ball"}},
        {{"a {c} heart"}, {"a big {c} heart"}},
        {{"a {c} lantern"}, {"a glowing {c} lantern"}, {"a {c} paper lantern"}},
        {{"a {c} rocket"}, {"a {c} space rocket"}},
        {{"a {c} planet"}, {"a {c} planet with a ring"}},
        {{"a {c} fish"}, {"a big {c} fish"}},
        {{"a {c} butterfly"}},
        {{"a {c} leaf"}},
        {{"a {c} umbrella"}, {"a {c} parasol"}},
        {{"a {c} flower"}, {"a {c} blossom"}},
        {{"a {c} duck"}},
        {{"a {c} car"}, {"a {c} automobile"}},
    }};
    g.colours = {
        {{{"red"}}, {{"orange"}}, {{"yellow"}}, {{"green"}}, {{"blue"}}, {{"purple"}, {"violet"}}, {{"pink"}}, {{"white"}}}};
    const std::vector<Verb> floats{{"floats", "float"}, {"drifts", "drift"}, {"moves", "move"}};
    const std::vector<Verb> flies{{"flies", "fly"}, {"glides", "glide"}};
    g.verbs = {{
        {},
        {{"floats", "float"}, {"drifts", "drift"}, {"flies", "fly"}},
        {{"sails", "sail"}, {"drifts", "drift"}, {"moves", "move"}},
        flies,
        flies,
        flies,
        floats,
        {{"moves", "move"}, {"rolls", "roll"}, {"flies", "fly"}},
        floats,
        floats,
        {{"flies", "fly"}, {"moves", "move"}},
        floats,
        {{"swims", "swim"}, {"glides", "glide"}},
        {{"flutters", "flutter"}, {"flies", "fly"}},
        floats,
        floats,
        floats,
        {{"swims", "swim"}, {"moves", "move"}},
        {{"drives", "drive"}, {"moves", "move"}},
    }};
    const std::vector<Verb> hovers{{"hovers", "hover"}, {"stays in place", "stay in place"}, {"hangs still", "hang still"}};
    g.resting.fill(hovers);
    g.resting[static_cast<std::size_t>(Subject::boat)] = {
        {"rests", "rest"}, {"lies still", "lie still"}, {"stays in place", "stay in place"}};
    const std::vector<Verb> rests{{"rests", "rest"}, {"stays in place", "stay in place"}};
    g.resting[static_cast<std::size_t>(Subject::duck)] = rests;
    g.resting[static_cast<std::size_t>(Subject::car)] = {{"stands still", "stand still"}, {"is parked", "are parked"}};
    g.motions = {{
        {},
        {{"to the left", "left", "from right to left", "leftwards"}, {}},
        {{"to the right", "right", "from left to right", "rightwards"}, {}},
        {{"up", "upwards"}, {{"rises", "rise"}, {"rises", "rise"}, {"climbs", "climb"}, {"goes up", "go up"}}},
        {{"down", "downwards"},
         {{"sinks", "sink"}, {"sinks", "sink"}, {"descends", "descend"}, {"comes down", "come down"}}},
    }};
    g.speeds = {{{"slowly", "gently"}, {}, {"fast", "quickly", "swiftly"}}};
    g.places_around = {{
        {"over green hills", "over rolling hills", "above green hills", "over a green landscape"},
        {"over mountains", "in front of mountains", "above high mountains", "over snowy mountain peaks"},
        {"over a desert", "above sand dunes", "over the dunes of a desert"},
        {"over a forest", "above a pine forest", "over fir trees"},
        {"over a city", "above a city skyline", "in front of a city skyline"},
        {"over snowy hills", "over a winter landscape", "above a snowy landscape"},
        {"over the sea", "over the ocean", "above the calm sea"},
        {"in the sky", "above the clouds", "over a sea of clouds"},
        {"in space", "in outer space", "among the stars"},
        {"under water", "underwater", "in the deep sea"},
        {"in front of {} bokeh lights", "on a {} bokeh background", "in front of soft {} lights"},
        {"over {} paper waves", "above flowing {} waves", "over abstract {} waves"},
        {"over a lake", "above a mountain lake", "over a calm lake"},
        {"over a field of flowers", "above a flower meadow", "over a flowering meadow"},
        {"over a canyon", "above red rocks", "in front of table mountains"},
        {"in front of a {} gradient", "before soft {} clouds of colour", "on an abstract {} background"},
        {"among {} particles", "in front of glowing {} particles", "among {} sparks"},
        {"in front of {} ribbons", "over flowing {} ribbons", "before {} bands of silk"},
        {"in front of {} rays", "before a {} sunburst", "in front of {} rays of light"},
    }};
    g.places_on[static_cast<std::size_t>(Place::sea)] = {"on the sea", "on the ocean", "over the sea", "on the calm sea"};
    g.places_on[static_cast<std::size_t>(Place::waves)] = {"on {} paper waves", "on flowing {} waves",
                                                           "over {} paper waves"};
    g.places_on[static_cast<std::size_t>(Place::lake)] = {"on a lake", "on a mountain lake", "on a calm lake"};
    g.places_on[static_cast<std::size_t>(Place::desert)] = {"in a desert", "through a desert"};
    g.places_on[static_cast<std::size_t>(Place::hills)] = {"through green hills", "through rolling hills"};
    g.places_on[static_cast<std::size_t>(Place::snow)] = {"in the snow", "through a winter landscape"};
    g.places_on[static_cast<std::size_t>(Place::city)] = {"in a city", "through a city"};
    g.places_on[static_cast<std::size_t>(Place::field)] = {"in a field of flowers", "through a flower meadow"};
    g.places_on[static_cast<std::size_t>(Place::canyon)] = {"in a canyon", "through a canyon"};
    g.places_alone = {{
        {"green hills", "rolling hills", "a green landscape"},
        {"mountains", "high mountains", "snowy mountain peaks"},
        {"a desert", "sand dunes", "the dunes of a desert"},
        {"a forest", "a pine forest", "fir trees"},
        {"a city", "a city skyline", "the skyline of a city"},
        {"snowy hills", "a winter landscape", "a snowy landscape"},
        {"the sea", "the ocean", "the calm sea"},
        {"clouds in the sky", "the sky above the clouds", "a sea of clouds"},
        {"outer space", "space with stars", "stars in space"},
        {"an underwater scene", "the deep sea under water", "under water"},
        {"{} bokeh lights", "a {} bokeh background", "soft {} lights"},
        {"{} paper waves", "flowing {} waves", "abstract {} waves"},
        {"a lake", "a mountain lake", "a calm lake"},
        {"a field of flowers", "a flower meadow", "a flowering meadow"},
        {"a canyon", "red rocks", "table mountains"},
        {"a {} gradient", "soft {} clouds of colour", "an abstract {} background"},
        {"{} particles", "glowing {} particles", "{} sparks"},
        {"{} ribbons", "flowing {} ribbons", "{} bands of silk"},
        {"{} rays", "a {} sunburst", "{} rays of light"},
    }};
    g.times = {{{},
                {"in the morning", "at dawn", "at sunrise"},
                {"by day", "at noon", "on a bright day"},
                {"at sunset", "in the evening sun", "in golden evening light"},
                {"at dusk", "in the twilight", "after sunset"},
                {"at night", "by night", "on a dark night"}}};
    g.weathers = {{{},
                   {"clouds", "with drifting clouds", "cloudy"},
                   {"rain", "in the rain", "it is raining"},
                   {"snowfall", "falling snow", "it is snowing"}}};
    g.lights = {
        {{}, {"the sun", "with the sun in the sky", "the sun is shining"}, {"the moon", "with a bright moon", "moonlight"}}};
    g.cameras = {{
        {"static camera", "static shot", "the camera stands still"},
        {"pan left", "slow pan left", "the camera pans left", "the camera moves to the left"},
        {"pan right", "slow pan right", "the camera pans right", "the camera moves to the right"},
        {"zoom in", "slow zoom in", "the camera zooms in", "the camera moves closer"},
        {"zoom out", "slow zoom out", "the camera zooms out", "the camera moves away"},
        {"tilt up", "slow tilt up", "the camera tilts up"},
        {"tilt down", "slow tilt down", "the camera tilts down"},
    }};
    add_grown(g);
    return g;
}

}  // namespace

const Grammar& english_grammar()
{
    static const Grammar grammar = make_english();
    return grammar;
}

}  // namespace kinora::training
