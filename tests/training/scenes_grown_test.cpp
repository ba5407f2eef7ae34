#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

#include "core/generation/picture_file.h"
#include "inference/training/scenes/caption.h"
#include "inference/training/scenes/contact_sheet.h"
#include "inference/training/scenes/scene_drawer.h"

using namespace kinora::training;

namespace {

bool says(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

bool says_any(const std::string& text, const Phrases& phrases)
{
    return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) { return says(text, phrase); });
}

bool says_stem(const std::string& text, const std::vector<ColourWord>& words)
{
    return std::any_of(words.begin(), words.end(), [&](const ColourWord& word) { return says(text, word.stem); });
}

/// Any of the nouns, after the gap for its colour.
bool says_noun(const std::string& text, const std::vector<Noun>& nouns)
{
    return std::any_of(nouns.begin(), nouns.end(),
                       [&](const Noun& noun) { return says(text, noun.text.substr(noun.text.find("{c} ") + 4)); });
}

double difference(const DrawnClip& a, const DrawnClip& b, int frame)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.frame_size(); ++i)
        sum += std::abs(static_cast<int>(a.frame(frame)[i]) - static_cast<int>(b.frame(frame)[i]));
    return sum / static_cast<double>(a.frame_size());
}

double brightness(const DrawnClip& clip, int frame)
{
    double sum = 0;
    for (std::size_t i = 0; i < clip.frame_size(); ++i)
        sum += clip.frame(frame)[i];
    return sum / static_cast<double>(clip.frame_size());
}

SceneSpec balloon()
{
    SceneSpec spec;
    spec.subject = Subject::balloon;
    spec.direction = Direction::right;
    spec.seed = 9;
    return spec;
}

}  // namespace

TEST_CASE("The grown world has everything that it names, in scenes that fit together")
{
    PortableRandom random(71);
    std::map<std::string, std::set<int>> seen;
    int pairs = 0, several = 0, changing = 0, combined = 0;
    for (int i = 0; i < 6000; ++i) {
        const SceneSpec s = random_spec(random, World::grown);
        seen["place"].insert(static_cast<int>(s.place));
        seen["subject"].insert(static_cast<int>(s.subject));
        seen["style"].insert(static_cast<int>(s.style));
        seen["size"].insert(static_cast<int>(s.size));
        seen["count"].insert(s.count);
        pairs += s.other != Subject::none ? 1 : 0;
        several += s.count > 1 ? 1 : 0;
        changing += s.later != TimeOfDay::none ? 1 : 0;
        combined += s.second_camera != Camera::still ? 1 : 0;
        CHECK((s.subject == Subject::none || fits(s.subject, s.place)));
        CHECK(can_move(s.subject, s.direction));
        if (s.other != Subject::none) {
            CHECK(can_accompany(s.other));
            CHECK(fits(s.other, s.place));
            CHECK(s.other != s.subject);
            CHECK(s.count == 1);
        }
        if (s.later != TimeOfDay::none) {
            CHECK(is_outdoors(s.place));
            CHECK(std::find(k_transitions.begin(), k_transitions.end(), std::pair{s.time, s.later}) != k_transitions.end());
        }
        if (s.second_camera != Camera::still) CHECK((s.camera == Camera::pan_left || s.camera == Camera::pan_right));
    }
    CHECK(seen["place"].size() == k_places.size());
    CHECK(seen["subject"].size() == k_subjects.size() + 1);
    CHECK(seen["style"].size() == k_styles.size());
    CHECK(seen["size"].size() == k_sizes.size());
    CHECK(seen["count"] == std::set<int>{1, 2, 3});
    CHECK(pairs > 400);
    CHECK(several > 300);
    CHECK(changing > 150);
    CHECK(combined > 200);
}

TEST_CASE("A full caption of the grown world names what it has more, in both languages")
{
    PortableRandom random(72);
    for (int i = 0; i < 6000; ++i) {
        const SceneSpec s = random_spec(random, World::grown);
        const Language language = i % 2 == 0 ? Language::english : Language::german;
        const Grammar& g = grammar(language);
        std::string text = caption(s, language, random);
        INFO(text);
        for (const std::string_view wrong : {"{", "}", "  ", " ,", ",,", "a orange", " .", "a umbrella"})
            REQUIRE_FALSE(says(text, wrong));
        if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z' && language == Language::english)
            text.front() = static_cast<char>(text.front() + 32);
        const bool first_letter = text.front() < 'a' || language == Language::german;
        if (s.style != Style::paper) CHECK((says_any(text, of(g.styles, s.style)) || first_letter));
        if (s.size != Size::medium) CHECK((says_stem(text, of(g.sizes, s.size)) || first_letter));
        if (s.count > 1) {
            CHECK((says_any(text, g.counts[static_cast<std::size_t>(s.count)]) || first_letter));
            CHECK(says_noun(text, of(g.plurals, s.subject)));
        }
        if (s.other != Subject::none) {
            CHECK(says_noun(text, of(g.subjects, s.other)));
            CHECK(says_stem(text, of(g.colours, s.other_colour)));
            CHECK(says_any(text, of(g.relations, s.relation)));
        }
        if (s.later != TimeOfDay::none) {
            const auto which =
                std::find(k_transitions.begin(), k_transitions.end(), std::pair{s.time, s.later}) - k_transitions.begin();
            CHECK(says_any(text, g.changes[static_cast<std::size_t>(which)]));
        }
        if (s.second_camera != Camera::still) CHECK(says(text, of(g.cameras, s.second_camera)[0]));
        REQUIRE(known_share(text, World::grown) == 1.0);
    }
}

TEST_CASE("Pairs are told with their relation, in German in the dative")
{
    SceneSpec spec = balloon();
    spec.place = Place::sea;
    spec.subject = Subject::boat;
    spec.colour = Colour::red;
    spec.other = Subject::balloon;
    spec.other_colour = Colour::blue;
    spec.relation = Relation::in_front_of;
    const auto found = [&](Language language, std::string_view part) {
        PortableRandom random(3);
        for (int i = 0; i < 2000; ++i)
            if (says(caption(spec, language, random), part)) return true;
        return false;
    };
    CHECK(found(Language::english, "red boat in front of a blue balloon sails"));
    CHECK(found(Language::german, "rotes Boot vor einem blauen Ballon segelt"));
    spec.other = Subject::lantern;
    spec.relation = Relation::left_of;
    CHECK(found(Language::german, "links von einer blauen Laterne"));
    spec.other = Subject::none;
    spec.place = Place::hills;
    spec.subject = Subject::star;
    spec.count = 3;
    CHECK(found(Language::english, "three red stars"));
    CHECK(found(Language::german, "rei rote Sterne"));
    spec.count = 1;
    spec.size = Size::small;
    CHECK(found(Language::english, "small red star"));
    CHECK(found(Language::german, "kleiner roter Stern"));
}

TEST_CASE("What the first world doesn't know isn't counted as known there")
{
    CHECK(known_share("an umbrella above a butterfly, blueprint") < 0.5);
    CHECK(known_share("an umbrella above a butterfly, blueprint", World::grown) == 1.0);
    CHECK(known_things().find("umbrella") == std::string::npos);
    CHECK(known_things(World::grown).find("umbrella") != std::string::npos);
}

TEST_CASE("Every style looks unlike the others and keeps the subject's colour apart from the ground")
{
    SceneSpec spec = balloon();
    std::map<Style, DrawnClip> clips;
    for (const Style style : k_styles) {
        spec.style = style;
        clips.emplace(style, draw(spec, 1));
    }
    for (const Style a : k_styles) {
        for (const Style b : k_styles)
            if (a != b) CHECK(difference(clips.at(a), clips.at(b), 0) > 8);
    }
    // The red balloon stays redder than what is around it.
    for (const auto& [style, clip] : clips) {
        INFO(name(style));
        const Box box = clip.subject_boxes.front();
        const auto redness = [&](int x, int y) {
            const std::uint8_t* pixel = clip.frame(0) + (static_cast<std::size_t>(y) * clip.width + x) * 3;
            return static_cast<int>(pixel[0]) - (pixel[1] + pixel[2]) / 2;
        };
        CHECK(redness(box.x + box.width / 2, box.y + box.height / 3) >
              redness(std::max(2, box.x - 12), box.y + box.height / 3) + 20);
    }
}

TEST_CASE("Day turns to night in one clip, and nothing but the light changes places")
{
    SceneSpec spec = balloon();
    spec.direction = Direction::still;
    spec.later = TimeOfDay::night;
    const DrawnClip clip = draw(spec, 17);
    CHECK(brightness(clip, 0) > brightness(clip, 8) + 5);
    CHECK(brightness(clip, 8) > brightness(clip, 16) + 5);
    spec.later = TimeOfDay::sunset;
    CHECK(difference(draw(spec, 17), clip, 0) < 1e-9);
}

TEST_CASE("Several and pairs take more room than one, small less and large more")
{
    const auto area = [](const SceneSpec& spec) {
        const Box box = draw(spec, 1).subject_boxes.front();
        return box.width * box.height;
    };
    SceneSpec spec = balloon();
    spec.direction = Direction::still;
    const int one = area(spec);
    spec.size = Size::small;
    CHECK(area(spec) < one * 0.7);
    spec.size = Size::large;
    CHECK(area(spec) > one * 1.3);
    spec.size = Size::medium;
    spec.count = 3;
    CHECK(area(spec) > one);
    spec.count = 1;
    spec.other = Subject::star;
    for (const Relation relation : k_relations) {
        spec.relation = relation;
        INFO(name(relation));
        CHECK(area(spec) > one * 0.9);
    }
}

TEST_CASE("A pan and a zoom at once differ from each alone")
{
    SceneSpec both = balloon();
    both.camera = Camera::pan_left;
    SceneSpec pan = both;
    both.second_camera = Camera::zoom_in;
    SceneSpec zoom = both;
    zoom.camera = Camera::zoom_in;
    zoom.second_camera = Camera::still;
    const DrawnClip clip = draw(both, 17);
    CHECK(difference(clip, draw(pan, 17), 16) > 3);
    CHECK(difference(clip, draw(zoom, 17), 16) > 3);
}

TEST_CASE("Every moving background moves, in its colour")
{
    for (const Place place : {Place::gradient, Place::particles, Place::ribbons, Place::rays}) {
        SceneSpec spec;
        spec.place = place;
        spec.time = TimeOfDay::none;
        spec.theme = Colour::red;
        spec.seed = 4;
        const DrawnClip clip = draw(spec, 9);
        INFO(name(place));
        double moved = 0, red = 0, blue = 0;
        for (std::size_t i = 0; i < clip.frame_size(); i += 3) {
            moved += std::abs(static_cast<int>(clip.frame(0)[i]) - static_cast<int>(clip.frame(8)[i]));
            red += clip.frame(0)[i];
            blue += clip.frame(0)[i + 2];
        }
        CHECK(moved / (static_cast<double>(clip.frame_size()) / 3) > 1);
        CHECK(red > blue * 1.3);
    }
}

TEST_CASE("A sheet of the grown world, for the eye", "[.sheet]")
{
    const char* file = std::getenv("KINORA_SCENE_SHEET");
    REQUIRE(file != nullptr);
    std::vector<SheetClip> clips;
    PortableRandom random(
        std::getenv("KINORA_SCENE_SEED") != nullptr ? std::strtoull(std::getenv("KINORA_SCENE_SEED"), nullptr, 10) : 1);
    for (int i = 0; i < 30; ++i) {
        const SceneSpec spec = random_spec(random, k_places[static_cast<std::size_t>(i) % k_places.size()], World::grown);
        clips.push_back(
            sheet_clip(draw(spec, 17), caption(spec, i % 4 == 3 ? Language::german : Language::english, random), 3));
    }
    const auto written = kinora::core::write_png(file, contact_sheet(clips));
    INFO((written ? std::string() : written.error().message));
    REQUIRE(written);
}
