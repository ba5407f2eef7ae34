// Wordings that training never sees: what a model is asked in, to see whether it has learnt words or sentences.
#include "inference/training/scenes/grammar.h"

namespace kinora::training {
namespace {

Grammar make_held_out()
{
    Grammar g = english_grammar();
    g.motions = {{
        {},
        {{"towards the left", "to the left side"}, {}},
        {{"towards the right", "to the right side"}, {}},
        {{"straight up", "up and up"}, {}},
        {{"straight down", "down and down"}, {}},
    }};
    g.speeds = {{{"very slowly"}, {}, {"very fast", "very quickly"}}};
    g.relations = {{{"right in front of"}, {"on the left of", "just left of"}, {"right above", "high above"}}};
    g.styles = {{
        {"made of cut paper"},
        {"as a poster", "a flat poster"},
        {"drawn in ink", "an ink picture"},
        {"in neon lines", "neon lights"},
        {"in pastel", "a pastel picture"},
        {"as a blueprint", "drawn as a blueprint"},
    }};
    g.changes = {{
        {"the morning becomes day"},
        {"the day becomes sunset"},
        {"the day becomes night"},
        {"the sunset becomes night"},
        {"the night becomes morning"},
    }};
    g.times = {{{},
                {"early in the morning", "in the light of the morning"},
                {"during the day", "in the bright day"},
                {"in the golden sunset", "in the light of the sunset"},
                {"late at dusk", "at twilight"},
                {"in the dark night", "deep in the night"}}};
    g.weathers = {{{},
                   {"drifting clouds in the sky", "a cloudy sky"},
                   {"rain is falling", "it rains"},
                   {"snow is falling", "it snows"}}};
    g.lights = {{{}, {"a bright sun", "the sun in the sky"}, {"the bright moon", "the moon in the sky"}}};
    g.cameras = {{
        {"the camera stays in place", "a still camera"},
        {"panning left", "a pan to the left"},
        {"panning right", "a pan to the right"},
        {"zooming in", "the camera goes closer"},
        {"zooming out", "the camera goes away"},
        {"tilting up", "the camera looks up"},
        {"tilting down", "the camera looks down"},
    }};
    g.places_around = {{
        {"over the green hills", "above rolling green hills"},
        {"above the mountains", "over high snowy mountains"},
        {"over the sand of a desert", "above the desert dunes"},
        {"above the fir trees of a forest", "over a forest of pines"},
        {"above the city", "over the skyline of a city"},
        {"over hills in snow", "above a landscape of snow"},
        {"above the ocean", "over a calm ocean"},
        {"high in the sky", "over the clouds"},
        {"far in outer space", "in space among stars"},
        {"deep under water", "deep in the sea"},
        {"before {} bokeh lights", "among soft {} lights"},
        {"above {} waves of paper", "over flowing {} paper"},
        {"above a lake", "over the calm mountain lake"},
        {"above a field of flowers", "over the flowers of a meadow"},
        {"above a canyon", "over the red rocks"},
        {"on a {} gradient", "before {} clouds of colour"},
        {"before {} particles", "in glowing {} sparks"},
        {"among {} ribbons", "before flowing {} ribbons"},
        {"before {} rays", "in {} rays of light"},
    }};
    const auto stands = [&](Place place, Phrases phrases) {
        g.places_on[static_cast<std::size_t>(place)] = std::move(phrases);
    };
    stands(Place::sea, {"on the water of the sea", "on a calm ocean"});
    stands(Place::waves, {"on {} waves of paper"});
    stands(Place::lake, {"on the water of a lake"});
    stands(Place::desert, {"across a desert"});
    stands(Place::hills, {"across green hills"});
    stands(Place::snow, {"across the snow"});
    stands(Place::city, {"across a city"});
    stands(Place::field, {"across a field of flowers"});
    stands(Place::canyon, {"across a canyon"});
    g.places_alone = {{
        {"rolling green hills", "a landscape of green hills"},
        {"high snowy mountains", "the peaks of mountains"},
        {"the sand of a desert", "the desert dunes"},
        {"a forest of pines", "the fir trees of a forest"},
        {"the city skyline", "the city"},
        {"hills in snow", "a landscape of snow"},
        {"a calm ocean", "the water of the sea"},
        {"the sky and its clouds", "above the clouds"},
        {"the stars of outer space", "stars in outer space"},
        {"the deep sea", "a scene under water"},
        {"{} lights in bokeh", "a background of {} bokeh"},
        {"{} waves of paper", "flowing {} paper"},
        {"a calm mountain lake", "the water of a lake"},
        {"a meadow of flowers", "the flowers of a meadow"},
        {"the red rocks of a canyon", "the canyon"},
        {"a soft {} gradient", "{} clouds of colour"},
        {"soft {} particles", "glowing {} sparks"},
        {"{} ribbons of silk", "a background of {} ribbons"},
        {"a sunburst of {} rays", "light in {} rays"},
    }};
    return g;
}

}  // namespace

const Grammar& held_out_grammar()
{
    static const Grammar grammar = make_held_out();
    return grammar;
}

}  // namespace kinora::training
