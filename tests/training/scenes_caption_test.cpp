#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "inference/training/scenes/caption.h"
#include "inference/training/scenes/fixed_prompts.h"

using namespace kinora::training;

namespace {

/// Lower case of ASCII letters, and no full stop at the end.
std::string plain(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (text.ends_with('.')) text.pop_back();
    return text;
}

bool contains(const std::string& text, std::string_view part)
{
    return text.find(plain(std::string(part))) != std::string::npos;
}

bool contains_any(const std::string& text, const Phrases& phrases)
{
    return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) { return contains(text, phrase); });
}

/// True when some phrase occurs with any colour in its gap.
bool contains_place(const std::string& text, const Phrases& phrases)
{
    return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
        const std::size_t open = phrase.find('{');
        if (open == std::string_view::npos) return contains(text, phrase);
        const std::string_view rest = phrase.substr(phrase.find('}') + 1);
        return contains(text, rest) && contains(text, open < 3 ? std::string_view() : phrase.substr(2, open - 3));
    });
}

bool contains_colour(const std::string& text, const std::vector<ColourWord>& colours)
{
    return std::any_of(colours.begin(), colours.end(),
                       [&](const ColourWord& colour) { return contains(text, colour.stem); });
}

/// The words of a noun after the gap for its colour.
bool contains_subject(const std::string& text, const std::vector<Noun>& nouns)
{
    return std::any_of(nouns.begin(), nouns.end(),
                       [&](const Noun& noun) { return contains(text, noun.text.substr(noun.text.find("{c} ") + 4)); });
}

bool contains_verb(const std::string& text, const std::vector<Verb>& verbs)
{
    return std::any_of(verbs.begin(), verbs.end(), [&](const Verb& verb) {
        return contains(text, verb.singular.substr(0, verb.singular.find(' '))) ||
               contains(text, verb.plural.substr(0, verb.plural.find(' ')));
    });
}

/// A caption of the scene that contains the part, among many tries; empty when there is none.
std::string find_caption(const SceneSpec& spec, Language language, std::string_view part)
{
    PortableRandom random(1);
    for (int i = 0; i < 3000; ++i) {
        std::string text = caption(spec, language, random);
        if (text.find(part) != std::string::npos) return text;
    }
    return {};
}

}  // namespace

TEST_CASE("A full caption names every attribute of its scene, in both languages")
{
    PortableRandom random(21);
    for (int i = 0; i < 4000; ++i) {
        const SceneSpec spec = random_spec(random);
        const Language language = i % 2 == 0 ? Language::english : Language::german;
        const Grammar& g = grammar(language);
        const std::string text = plain(caption(spec, language, random));
        INFO(text);
        if (spec.subject != Subject::none) {
            CHECK(contains_subject(text, of(g.subjects, spec.subject)));
            CHECK(contains_colour(text, of(g.colours, spec.colour)));
            const Motion& motion = of(g.motions, spec.direction);
            CHECK((contains_any(text, motion.directions) || contains_verb(text, motion.telling) ||
                   (spec.direction == Direction::still && contains_verb(text, of(g.resting, spec.subject)))));
            if (spec.direction != Direction::still && spec.speed != Speed::medium)
                CHECK(contains_any(text, of(g.speeds, spec.speed)));
            CHECK((contains_place(text, of(g.places_around, spec.place)) ||
                   contains_place(text, of(g.places_on, spec.place))));
        } else {
            CHECK(contains_place(text, of(g.places_alone, spec.place)));
        }
        if (has_theme(spec.place)) CHECK(contains_colour(text, of(g.colours, spec.theme)));
        if (is_outdoors(spec.place)) CHECK(contains_any(text, of(g.times, spec.time)));
        if (spec.weather != Weather::clear) CHECK(contains_any(text, of(g.weathers, spec.weather)));
        if (spec.light != Light::none) CHECK(contains_any(text, of(g.lights, spec.light)));
        if (spec.camera != Camera::still) CHECK(contains_any(text, of(g.cameras, spec.camera)));
    }
}

TEST_CASE("A caption is silent about what is absent")
{
    PortableRandom random(22);
    SceneSpec spec;
    spec.place = Place::forest;
    for (int i = 0; i < 300; ++i) {
        const std::string text = plain(caption(spec, Language::english, random));
        INFO(text);
        for (const std::string_view absent :
             {"rain", "snow", "cloud", "moon", "pan ", "zoom", "tilt", "red", "{", "}", "  ", ", ,"}) {
            CHECK(text.find(absent) == std::string::npos);
        }
    }
}

TEST_CASE("No caption has gaps, doubled blanks or a wrong English article")
{
    PortableRandom random(23);
    for (const std::string& text : sample_captions(6000, random)) {
        INFO(text);
        REQUIRE_FALSE(text.empty());
        for (const std::string_view wrong : {"{", "}", "  ", " ,", ",,", "a orange", "A orange", " ."}) {
            REQUIRE(text.find(wrong) == std::string::npos);
        }
        REQUIRE(text.front() != ' ');
        REQUIRE(text.back() != ' ');
        REQUIRE(text.back() != ',');
    }
}

TEST_CASE("German adjectives agree with their nouns")
{
    const auto scene = [](Subject subject, Colour colour) {
        SceneSpec spec;
        spec.subject = subject;
        spec.colour = colour;
        spec.direction = Direction::up;
        return spec;
    };
    CHECK_FALSE(find_caption(scene(Subject::balloon, Colour::red), Language::german, "in roter Ballon").empty());
    CHECK_FALSE(find_caption(scene(Subject::heart, Colour::white), Language::german, "in weißes Herz").empty());
    CHECK_FALSE(find_caption(scene(Subject::lantern, Colour::green), Language::german, "ine grüne Laterne").empty());
    CHECK_FALSE(find_caption(scene(Subject::birds, Colour::yellow), Language::german, "gelbe Vögel").empty());
    CHECK_FALSE(find_caption(scene(Subject::star, Colour::purple), Language::german, "in lila Stern").empty());
    CHECK_FALSE(find_caption(scene(Subject::star, Colour::purple), Language::german, "in violetter Stern").empty());
    CHECK(find_caption(scene(Subject::star, Colour::purple), Language::german, "lilaer").empty());
    SceneSpec bokeh = scene(Subject::ball, Colour::red);
    bokeh.place = Place::bokeh;
    bokeh.time = TimeOfDay::none;
    bokeh.theme = Colour::blue;
    CHECK_FALSE(find_caption(bokeh, Language::german, "vor einem blauen Bokeh-Hintergrund").empty());
    bokeh.subject = Subject::none;
    CHECK_FALSE(find_caption(bokeh, Language::german, "in blauer Bokeh-Hintergrund").empty());
}

TEST_CASE("In German the verb follows a leading time, and its particle ends the clause")
{
    SceneSpec spec;
    spec.subject = Subject::balloon;
    spec.direction = Direction::up;
    spec.time = TimeOfDay::sunset;
    CHECK_FALSE(
        find_caption(spec, Language::german, "ei Sonnenuntergang steigt ein roter Ballon über grünen Hügeln auf").empty());
    CHECK_FALSE(find_caption(spec, Language::german, "in roter Ballon steigt über grünen Hügeln auf").empty());
    spec.direction = Direction::still;
    CHECK_FALSE(find_caption(spec, Language::german, "chwebt ein roter Ballon auf der Stelle über grünen Hügeln").empty());
}

TEST_CASE("English captions cover the way people write prompts")
{
    SceneSpec spec;
    spec.subject = Subject::balloon;
    spec.direction = Direction::up;
    spec.time = TimeOfDay::sunset;
    spec.camera = Camera::pan_right;
    CHECK_FALSE(
        find_caption(spec, Language::english, "red balloon rises over green hills at sunset, slow pan right").empty());
    CHECK_FALSE(find_caption(spec, Language::english, "low pan right, a").empty());
    spec.direction = Direction::down;
    CHECK_FALSE(find_caption(spec, Language::english, "red balloon sinks over").empty());
    spec.subject = Subject::birds;
    CHECK_FALSE(find_caption(spec, Language::english, "birds sink").empty());
}

TEST_CASE("The camera comes first in about three captions of ten")
{
    PortableRandom random(24);
    SceneSpec spec;
    spec.camera = Camera::zoom_in;
    int first = 0;
    constexpr int k_count = 2000;
    for (int i = 0; i < k_count; ++i) {
        const std::string text = plain(caption(spec, Language::english, random));
        const Phrases& phrases = of(english_grammar().cameras, Camera::zoom_in);
        first +=
            std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) { return text.starts_with(phrase); })
                ? 1
                : 0;
    }
    CHECK(first > k_count * 25 / 100);
    CHECK(first < k_count * 35 / 100);
}

TEST_CASE("A brief caption leaves things out but always names subject or place")
{
    PortableRandom random(25);
    double full_length = 0;
    double brief_length = 0;
    for (int i = 0; i < 2000; ++i) {
        const SceneSpec spec = random_spec(random);
        const std::string brief = plain(caption(spec, Language::english, random, Detail::brief));
        full_length += static_cast<double>(caption(spec, Language::english, random).size());
        brief_length += static_cast<double>(brief.size());
        const Grammar& g = english_grammar();
        INFO(brief);
        CHECK(((spec.subject != Subject::none && contains_subject(brief, of(g.subjects, spec.subject))) ||
               contains_place(brief, of(g.places_alone, spec.place)) ||
               contains_place(brief, of(g.places_around, spec.place))));
    }
    CHECK(brief_length < full_length * 0.7);
}

TEST_CASE("Every word of every caption is a known word")
{
    PortableRandom random(26);
    for (const std::string& text : sample_captions(4000, random)) {
        INFO(text);
        REQUIRE(known_share(text) == 1.0);
    }
    const std::vector<std::string> english = known_words(Language::english);
    CHECK(std::is_sorted(english.begin(), english.end()));
    CHECK(std::set<std::string>(english.begin(), english.end()).size() == english.size());
    CHECK(std::binary_search(english.begin(), english.end(), "balloon"));
    CHECK_FALSE(std::binary_search(english.begin(), english.end(), "c"));
}

TEST_CASE("A prompt far from the drawn scenes shares few words with them")
{
    CHECK(known_share("two cyberpunk dogs fight near Tokyo") < 0.3);
    CHECK(known_share("A red balloon rises over green hills at sunset") == 1.0);
    CHECK(known_share("Ein roter Ballon über grünen HÜGELN") == 1.0);
    CHECK(known_share("") == 1.0);
    CHECK(known_share("... ?!") == 1.0);
    CHECK(known_things().find("balloon") != std::string::npos);
}

TEST_CASE(
    "The fixed prompts are different scenes of all places of the first world whose words are known and fit their specs")
{
    std::set<std::tuple<Place, TimeOfDay, Subject, Colour>> combinations;
    std::set<Place> places;
    std::set<TimeOfDay> times;
    std::set<Subject> subjects;
    std::set<Colour> colours;
    std::uint64_t seed = 0;
    for (const FixedPrompt& prompt : fixed_prompts()) {
        INFO(prompt.text);
        const SceneSpec& s = prompt.spec;
        CHECK(prompt.seed == seed++);
        CHECK(is_outdoors(s.place) == (s.time != TimeOfDay::none));
        if (s.subject != Subject::none) CHECK(fits(s.subject, s.place));
        CHECK(can_move(s.subject, s.direction));
        combinations.insert({s.place, s.time, s.subject, s.colour});
        places.insert(s.place);
        times.insert(s.time);
        subjects.insert(s.subject);
        colours.insert(s.colour);
        const std::string text(prompt.text);
        const Grammar& g = english_grammar();
        CHECK(known_share(text) == 1.0);
        CHECK(contains_colour(text, of(g.colours, s.colour)));
        if (s.subject != Subject::none) CHECK(contains_subject(text, of(g.subjects, s.subject)));
        if (has_theme(s.place)) {
            CHECK(contains_colour(text, of(g.colours, s.theme)));
            continue;
        }
        CHECK((contains_any(text, of(g.places_around, s.place)) || contains_any(text, of(g.places_on, s.place))));
        if (s.time != TimeOfDay::none) CHECK(contains_any(text, of(g.times, s.time)));
    }
    CHECK(combinations.size() == k_fixed_prompts);
    CHECK(places.size() == places_of(World::first).size());
    CHECK(times.size() == 6);  // indoors it is none
    CHECK(subjects.size() == 13);
    CHECK(colours.size() == 8);
}
