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
    plural_of(Subject::balloon, {{"{c} Ballons", plural}, {"{c} Heißluftballons", plural}});
    plural_of(Subject::kite, {{"{c} Drachen", plural}, {"{c} Papierdrachen", plural}});
    plural_of(Subject::plane, {{"{c} Papierflieger", plural}, {"{c} Papierflugzeuge", plural}});
    plural_of(Subject::star, {{"{c} Sterne", plural}});
    plural_of(Subject::ball, {{"{c} Bälle", plural}});
    plural_of(Subject::heart, {{"{c} Herzen", plural}});
    plural_of(Subject::lantern, {{"{c} Laternen", plural}});
    plural_of(Subject::rocket, {{"{c} Raketen", plural}});
    plural_of(Subject::planet, {{"{c} Planeten", plural}});
    plural_of(Subject::fish, {{"{c} Fische", plural}});
    plural_of(Subject::butterfly, {{"{c} Schmetterlinge", plural}});
    plural_of(Subject::leaf, {{"{c} Blätter", plural}});
    plural_of(Subject::umbrella, {{"{c} Schirme", plural}, {"{c} Regenschirme", plural}});
    plural_of(Subject::flower, {{"{c} Blumen", plural}, {"{c} Blüten", plural}});
    g.counts = {{{}, {}, {"zwei"}, {"drei"}}};
    g.sizes = {{{{"klein"}, {"winzig"}}, {}, {{"groß"}, {"riesig"}}}};
    g.relations = {{{"vor"}, {"links von", "links neben"}, {"über", "oberhalb von"}}};
    g.styles = {{
        {"Papierschnitt", "im Papierschnitt-Stil", "aus Papier geschnitten"},
        {"Plakat", "im Plakatstil", "flächiges Plakat"},
        {"Tuschezeichnung", "Tusche auf Papier", "in Tusche"},
        {"Neon", "im Neonstil", "leuchtende Neonlinien"},
        {"Pastell", "in Pastellfarben", "weicher Pastellstil"},
        {"Blaupause", "im Stil einer Blaupause", "weiße Linien auf blauem Papier"},
    }};
    g.changes = {{
        {"der Morgen wird zum Tag", "vom Morgen zum Tag"},
        {"der Tag geht zu Ende", "der Tag wird zum Abend", "vom Tag zum Abend"},
        {"der Tag wird zur Nacht", "vom Tag zur Nacht", "die Nacht bricht herein"},
        {"der Abend wird zur Nacht", "vom Abend zur Nacht", "es wird dunkel"},
        {"die Nacht wird zum Morgen", "von der Nacht zum Morgen", "der Tag bricht an"},
    }};
    g.conjunction = " und ";
}

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
        {{"ein {c} Schmetterling", masculine}, {"ein {c} Falter", masculine}},
        {{"ein {c} Blatt", neuter}},
        {{"ein {c} Schirm", masculine}, {"ein {c} Regenschirm", masculine}},
        {{"eine {c} Blume", feminine}, {"eine {c} Blüte", feminine}},
        {{"eine {c} Ente", feminine}},
        {{"ein {c} Auto", neuter}, {"ein {c} Wagen", masculine}},
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
        {{"flattert", "flattern"}, {"fliegt", "fliegen"}},
        floats,
        floats,
        floats,
        {{"schwimmt", "schwimmen"}, {"bewegt sich", "bewegen sich"}},
        {{"fährt", "fahren"}, {"bewegt sich", "bewegen sich"}},
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
    g.resting[static_cast<std::size_t>(Subject::flower)] = feminine_rest;
    g.resting[static_cast<std::size_t>(Subject::duck)] = {{"liegt still", "liegen still"}, {"ruht", "ruhen"}};
    g.resting[static_cast<std::size_t>(Subject::car)] = {{"steht still", "stehen still"}, {"parkt", "parken"}};
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
        {"über einem See", "über einem Bergsee", "über einem ruhigen See"},
        {"über einer Blumenwiese", "über einem Blumenfeld", "über einer blühenden Wiese"},
        {"über einer Schlucht", "über roten Felsen", "vor Tafelbergen"},
        {"vor einem {en} Farbverlauf", "vor weichen {en} Farbwolken", "vor einem abstrakten {en} Hintergrund"},
        {"zwischen {en} Partikeln", "vor leuchtenden {en} Partikeln", "zwischen {en} Funken"},
        {"vor {en} Bändern", "über fließenden {en} Bändern", "vor {en} Seidenbändern"},
        {"vor {en} Strahlen", "vor einem {en} Strahlenkranz", "vor {en} Lichtstrahlen"},
    }};
    g.places_on[static_cast<std::size_t>(Place::sea)] = {"auf dem Meer", "auf dem Ozean", "auf dem ruhigen Meer"};
    g.places_on[static_cast<std::size_t>(Place::waves)] = {"auf {en} Papierwellen", "auf fließenden {en} Wellen"};
    g.places_on[static_cast<std::size_t>(Place::lake)] = {"auf einem See", "auf einem Bergsee", "auf einem ruhigen See"};
    g.places_on[static_cast<std::size_t>(Place::desert)] = {"in einer Wüste", "durch eine Wüste"};
    g.places_on[static_cast<std::size_t>(Place::hills)] = {"durch grüne Hügel", "durch eine grüne Landschaft"};
    g.places_on[static_cast<std::size_t>(Place::snow)] = {"im Schnee", "durch eine Winterlandschaft"};
    g.places_on[static_cast<std::size_t>(Place::city)] = {"in einer Stadt", "durch eine Stadt"};
    g.places_on[static_cast<std::size_t>(Place::field)] = {"in einem Blumenfeld", "durch eine Blumenwiese"};
    g.places_on[static_cast<std::size_t>(Place::canyon)] = {"in einer Schlucht", "durch eine Schlucht"};
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
        {"ein See", "ein Bergsee", "ein ruhiger See"},
        {"eine Blumenwiese", "ein Blumenfeld", "eine blühende Wiese"},
        {"eine Schlucht", "rote Felsen", "Tafelberge"},
        {"ein {er} Farbverlauf", "weiche {e} Farbwolken", "ein abstrakter {er} Hintergrund"},
        {"{e} Partikel", "leuchtende {e} Partikel", "{e} Funken"},
        {"{e} Bänder", "fließende {e} Bänder", "{e} Seidenbänder"},
        {"{e} Strahlen", "ein {er} Strahlenkranz", "{e} Lichtstrahlen"},
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
    add_grown(g);
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
