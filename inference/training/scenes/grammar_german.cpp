#include "inference/training/scenes/grammar.h"

namespace kinora::training {
namespace {

Grammar make_german()
{
    using enum Gender;
    Grammar g;
    g.subjects = {{
        {},
        {{"ein {c} Ballon", masculine}, {"ein {c} Heißluftballon", masculine}},
        {{"ein {c} Boot", neuter}, {"ein {c} Segelboot", neuter}},
        {{"{c} Vögel", plural}, {"drei {c} Vögel", plural}},
        {{"ein {c} Drachen", masculine}, {"ein {c} Papierdrachen", masculine}},
        {{"ein {c} Papierflieger", masculine}, {"ein {c} Papierflugzeug", neuter}},
        {{"ein {c} Stern", masculine}, {"ein großer {c} Stern", masculine}},
        {{"ein {c} Ball", masculine}, {"ein runder {c} Ball", masculine}},
        {{"ein {c} Herz", neuter}, {"ein großes {c} Herz", neuter}},
        {{"eine {c} Laterne", feminine}, {"eine leuchtende {c} Laterne", feminine}},
        {{"eine {c} Rakete", feminine}, {"eine {c} Weltraumrakete", feminine}},
        {{"ein {c} Planet", masculine}, {"ein {c} Planet mit einem Ring", masculine}},
        {{"ein {c} Fisch", masculine}, {"ein großer {c} Fisch", masculine}},
    }};
    g.colours = {{{{"rot"}},
                  {{"orange", false}, {"orangefarben"}},
                  {{"gelb"}},
                  {{"grün"}},
                  {{"blau"}},
                  {{"lila", false}, {"violett"}},
                  {{"rosa", false}, {"rosafarben"}},
                  {{"weiß"}}}};
    const std::vector<Verb> floats{{"schwebt", "schweben"}, {"treibt", "treiben"}, {"bewegt sich", "bewegen sich"}};
    const std::vector<Verb> flies{{"fliegt", "fliegen"}, {"gleitet", "gleiten"}};
    g.verbs = {{
        {},
        {{"schwebt", "schweben"}, {"treibt", "treiben"}, {"fliegt", "fliegen"}},
        {{"segelt", "segeln"}, {"treibt", "treiben"}, {"fährt", "fahren"}},
        flies,
        flies,
        flies,
        floats,
        {{"bewegt sich", "bewegen sich"}, {"rollt", "rollen"}, {"fliegt", "fliegen"}},
        floats,
        floats,
        {{"fliegt", "fliegen"}, {"bewegt sich", "bewegen sich"}},
        floats,
        {{"schwimmt", "schwimmen"}, {"gleitet", "gleiten"}},
    }};
    g.resting.fill({{"schwebt auf der Stelle", "schweben auf der Stelle"},
                    {"steht still", "stehen still"},
                    {"bleibt an seinem Platz", "bleiben an ihrem Platz"}});
    // "Ihrem" belongs to the feminine nouns, so they do without that phrase.
    const std::vector<Verb> feminine_rest{{"schwebt auf der Stelle", "schweben auf der Stelle"},
                                          {"steht still", "stehen still"}};
    g.resting[static_cast<std::size_t>(Subject::lantern)] = feminine_rest;
    g.resting[static_cast<std::size_t>(Subject::rocket)] = feminine_rest;
    g.resting[static_cast<std::size_t>(Subject::boat)] = {
        {"liegt still", "liegen still"}, {"ruht", "ruhen"}, {"bleibt an seinem Platz", "bleiben an ihrem Platz"}};
    g.motions = {{
        {},
        {{"nach links", "von rechts nach links"}, {}},
        {{"nach rechts", "von links nach rechts"}, {}},
        {{"nach oben", "aufwärts"}, {{"steigt", "steigen", "auf"}, {"steigt", "steigen", "empor"}}},
        {{"nach unten", "abwärts"}, {{"sinkt", "sinken"}, {"sinkt", "sinken", "herab"}}},
    }};
    g.speeds = {{{"langsam", "sanft"}, {}, {"schnell", "rasch"}}};
    g.places_around = {{
        {"über grünen Hügeln", "über sanften Hügeln", "über einer grünen Landschaft"},
        {"über Bergen", "vor hohen Bergen", "über verschneiten Berggipfeln"},
        {"über einer Wüste", "über Sanddünen", "über den Dünen einer Wüste"},
        {"über einem Wald", "über einem Kiefernwald", "über Tannen"},
        {"über einer Stadt", "vor der Skyline einer Stadt", "über den Häusern einer Stadt"},
        {"über verschneiten Hügeln", "über einer Winterlandschaft", "über einer verschneiten Landschaft"},
        {"über dem Meer", "über dem Ozean", "über dem ruhigen Meer"},
        {"am Himmel", "über den Wolken", "über einem Wolkenmeer"},
        {"im Weltraum", "im Weltall", "zwischen den Sternen"},
        {"unter Wasser", "in der Tiefsee", "im tiefen Meer"},
        {"vor {en} Bokeh-Lichtern", "vor einem {en} Bokeh-Hintergrund", "vor weichen {en} Lichtern"},
        {"über {en} Papierwellen", "über fließenden {en} Wellen", "über abstrakten {en} Wellen"},
    }};
    g.places_on[static_cast<std::size_t>(Place::sea)] = {"auf dem Meer", "auf dem Ozean", "auf dem ruhigen Meer"};
    g.places_on[static_cast<std::size_t>(Place::waves)] = {"auf {en} Papierwellen", "auf fließenden {en} Wellen"};
    g.places_alone = {{
        {"grüne Hügel", "sanfte Hügel", "eine grüne Landschaft"},
        {"Berge", "hohe Berge", "verschneite Berggipfel"},
        {"eine Wüste", "Sanddünen", "die Dünen einer Wüste"},
        {"ein Wald", "ein Kiefernwald", "Tannen"},
        {"eine Stadt", "die Skyline einer Stadt", "die Häuser einer Stadt"},
        {"verschneite Hügel", "eine Winterlandschaft", "eine verschneite Landschaft"},
        {"das Meer", "der Ozean", "das ruhige Meer"},
        {"Wolken am Himmel", "der Himmel über den Wolken", "ein Wolkenmeer"},
        {"der Weltraum", "das Weltall mit Sternen", "Sterne im Weltraum"},
        {"eine Unterwasserwelt", "die Tiefsee", "unter Wasser"},
        {"{e} Bokeh-Lichter", "ein {er} Bokeh-Hintergrund", "weiche {e} Lichter"},
        {"{e} Papierwellen", "fließende {e} Wellen", "abstrakte {e} Wellen"},
    }};
    g.times = {{{},
                {"am Morgen", "im Morgengrauen", "bei Sonnenaufgang"},
                {"am Tag", "am Mittag", "an einem hellen Tag"},
                {"bei Sonnenuntergang", "in der Abendsonne", "im goldenen Abendlicht"},
                {"in der Dämmerung", "im Zwielicht", "nach Sonnenuntergang"},
                {"bei Nacht", "in der Nacht", "in einer dunklen Nacht"}}};
    g.weathers = {{{},
                   {"Wolken", "mit ziehenden Wolken", "bewölkt"},
                   {"Regen", "im Regen", "es regnet"},
                   {"Schneefall", "fallender Schnee", "es schneit"}}};
    g.lights = {
        {{}, {"die Sonne", "mit der Sonne am Himmel", "die Sonne scheint"}, {"der Mond", "mit hellem Mond", "Mondlicht"}}};
    g.cameras = {{
        {"feste Kamera", "statische Kamera", "die Kamera steht still"},
        {"Schwenk nach links", "langsamer Schwenk nach links", "die Kamera schwenkt nach links", "Kamerafahrt nach links"},
        {"Schwenk nach rechts", "langsamer Schwenk nach rechts", "die Kamera schwenkt nach rechts",
         "Kamerafahrt nach rechts"},
        {"Heranzoomen", "langsames Heranzoomen", "die Kamera zoomt heran", "die Kamera kommt näher"},
        {"Herauszoomen", "langsames Herauszoomen", "die Kamera zoomt heraus", "die Kamera entfernt sich"},
        {"Schwenk nach oben", "langsamer Schwenk nach oben", "die Kamera schwenkt nach oben"},
        {"Schwenk nach unten", "langsamer Schwenk nach unten", "die Kamera schwenkt nach unten"},
    }};
    return g;
}

}  // namespace

const Grammar& german_grammar()
{
    static const Grammar grammar = make_german();
    return grammar;
}

const Grammar& grammar(Language language)
{
    return language == Language::english ? english_grammar() : german_grammar();
}

}  // namespace kinora::training
