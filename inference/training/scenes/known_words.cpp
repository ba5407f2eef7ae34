#include <set>

#include "inference/training/scenes/caption.h"

namespace kinora::training {
namespace {

/// Lower case for ASCII and for the German capital letters with umlaut, in UTF-8.
std::string lowered(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c - 'A' + 'a');
        } else if (c == '\xc3' && i + 1 < text.size() &&
                   (text[i + 1] == '\x84' || text[i + 1] == '\x96' || text[i + 1] == '\x9c')) {
            out += c;
            out += static_cast<char>(text[++i] + 0x20);
        } else {
            out += c;
        }
    }
    return out;
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    const auto finish = [&] {
        if (!word.empty()) words.push_back(lowered(word));
        word.clear();
    };
    int braces = 0;
    for (const char c : text) {
        if (c == '{') ++braces;
        if (braces == 0 && is_letter(c)) {
            word += c;
        } else {
            finish();
        }
        if (c == '}') --braces;
    }
    finish();
    return words;
}

class Collector {
public:
    void add(const std::string& text) { add(std::string_view(text)); }
    void add(std::string_view text)
    {
        for (std::string& word : words_of(text))
            words_.insert(std::move(word));
    }
    template <typename List>
    void add_first(const List& list, std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i)
            add(list.at(i));
    }
    void add(const Phrases& phrases)
    {
        for (const std::string_view phrase : phrases)
            add(phrase);
    }
    void add(const std::vector<Noun>& nouns)
    {
        for (const Noun& noun : nouns)
            add(noun.text);
    }
    void add(const std::vector<Verb>& verbs)
    {
        for (const Verb& verb : verbs) {
            add(verb.singular);
            add(verb.plural);
            add(verb.particle);
        }
    }
    void add(const std::vector<ColourWord>& colours, Language language)
    {
        for (const ColourWord& colour : colours) {
            add(colour.stem);
            if (language == Language::english || !colour.inflects) continue;
            for (const std::string_view ending : {"e", "er", "es", "en"}) {
                std::string word(colour.stem);
                add(word.append(ending));
            }
        }
    }
    void add(const Motion& motion)
    {
        add(motion.directions);
        add(motion.telling);
    }
    template <typename Table>
    void add_all(const Table& table)
    {
        for (const auto& entry : table)
            add(entry);
    }

    [[nodiscard]] std::vector<std::string> sorted() const { return {words_.begin(), words_.end()}; }

private:
    std::set<std::string> words_;
};

}  // namespace

std::vector<std::string> known_words(Language language, World world)
{
    const Grammar& g = grammar(language);
    const std::size_t subjects = subjects_of(world).size() + 1;
    const std::size_t places = places_of(world).size();
    Collector collector;
    collector.add_first(g.subjects, subjects);
    for (const auto& colours : g.colours)
        collector.add(colours, language);
    collector.add_first(g.verbs, subjects);
    collector.add_first(g.resting, subjects);
    collector.add_all(g.motions);
    collector.add_all(g.speeds);
    collector.add_first(g.places_around, places);
    for (std::size_t i = 0; i < places; ++i)
        if (world == World::grown || i == static_cast<std::size_t>(Place::sea) ||
            i == static_cast<std::size_t>(Place::waves))
            collector.add(g.places_on[i]);
    collector.add_first(g.places_alone, places);
    collector.add_all(g.times);
    collector.add_all(g.weathers);
    collector.add_all(g.lights);
    collector.add_all(g.cameras);
    if (world == World::grown) {
        collector.add_all(g.plurals);
        collector.add_all(g.counts);
        for (const auto& sizes : g.sizes)
            collector.add(sizes, language);
        collector.add_all(g.relations);
        collector.add_all(g.styles);
        collector.add_all(g.changes);
        collector.add(g.conjunction);
        if (language == Language::german)
            for (const std::string_view article : {"einem", "einer"})
                collector.add(article);
    }
    if (language == Language::english) collector.add(std::string_view("an"));
    return collector.sorted();
}

double known_share(std::string_view prompt, World world)
{
    const auto words_in = [](World which) {
        std::set<std::string> all;
        for (const Language language : {Language::english, Language::german}) {
            for (std::string& word : known_words(language, which))
                all.insert(std::move(word));
        }
        return all;
    };
    static const std::set<std::string> first = words_in(World::first);
    static const std::set<std::string> grown = words_in(World::grown);
    const std::set<std::string>& known = world == World::grown ? grown : first;
    int counted = 0;
    int found = 0;
    for (const std::string& word : words_of(prompt)) {
        if (word.size() < 3) continue;
        ++counted;
        if (known.contains(word)) ++found;
    }
    return counted == 0 ? 1.0 : static_cast<double>(found) / counted;
}

std::string known_things(World world)
{
    if (world == World::first)
        return "The starter knows a balloon, boat, birds, kite, paper plane, star, ball, heart, lantern, rocket, planet or "
               "fish "
               "in red, orange, yellow, green, blue, purple, pink or white; over hills, mountains, a desert, a forest, a "
               "city, "
               "snow or the sea, in the sky, in space, under water, before bokeh lights or paper waves; in the morning, by "
               "day, "
               "at sunset, at dusk or at night; moving left, right, up or down, with sun, moon, clouds, rain or snowfall, "
               "and a "
               "camera that pans, tilts or zooms.";
    return "The starter knows a balloon, boat, birds, kite, paper plane, star, ball, heart, lantern, rocket, planet, fish, "
           "butterfly, leaf, umbrella, flower, duck or car in red, orange, yellow, green, blue, purple, pink or white, "
           "small or "
           "large, up to three of them, or one in front of, left of or above another; over hills, mountains, a desert, a "
           "forest, a city, snow, the sea, a lake, a flower meadow or a canyon, in the sky, in space, under water, before "
           "bokeh "
           "lights, paper waves, gradients, particles, ribbons or rays; in the morning, by day, at sunset, at dusk, at "
           "night or "
           "from one to the next; moving left, right, up or down, with sun, moon, clouds, rain or snowfall, and a camera "
           "that "
           "pans, tilts or zooms; as cut paper, poster, ink drawing, neon, pastel or blueprint.";
}

}  // namespace kinora::training
