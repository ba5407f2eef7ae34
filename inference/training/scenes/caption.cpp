#include "inference/training/scenes/caption.h"

#include <algorithm>
#include <array>
#include <optional>

namespace kinora::training {
namespace {

std::string replaced(std::string_view text, std::string_view mark, std::string_view by)
{
    std::string out(text);
    const std::size_t at = out.find(mark);
    if (at != std::string::npos) out.replace(at, mark.size(), by);
    return out;
}

/// English: before "orange" the article is "an".
std::string with_article(const std::string& text)
{
    const std::size_t at = text.find("a orange");
    const bool article = at == 0 || (at != std::string::npos && text[at - 1] == ' ');
    return article ? replaced(text, "a orange", "an orange") : text;
}

std::string_view adjective_ending(Gender gender)
{
    switch (gender) {
        case Gender::masculine:
            return "er";
        case Gender::neuter:
            return "es";
        default:
            return "e";
    }
}

std::string inflected(const ColourWord& colour, std::string_view ending)
{
    std::string word(colour.stem);
    if (colour.inflects) word.append(ending);
    return word;
}

/// What is said of a scene and what is left out.
struct Chosen {
    bool subject = false;
    bool colour = true;
    bool motion = true;
    bool place = true;
    bool time = false;
    bool weather = false;
    bool light = false;
    bool camera = false;
    bool style = false;
    bool size = false;
    bool other = false;
};

Chosen choose(const SceneSpec& spec, PortableRandom& random, Detail detail)
{
    Chosen chosen;
    const auto kept = [&](float share) { return detail == Detail::full || random.chance(share); };
    chosen.subject = spec.subject != Subject::none && kept(0.85F);
    chosen.colour = kept(0.75F);
    chosen.motion = kept(0.5F);
    chosen.place = kept(0.65F) || !chosen.subject;
    chosen.time = spec.time != TimeOfDay::none && kept(0.5F);
    chosen.weather = spec.weather != Weather::clear && kept(0.4F);
    chosen.light = spec.light != Light::none && kept(0.4F);
    chosen.camera = spec.camera == Camera::still ? random.chance(detail == Detail::full ? 0.25F : 0.1F) : kept(0.4F);
    if (spec.camera != Camera::still && spec.second_camera != Camera::still && detail == Detail::full) chosen.camera = true;
    // The look of cut paper is what everything has unless another one is named.
    if (spec.style != Style::paper) chosen.style = kept(0.6F);
    if (spec.size != Size::medium) chosen.size = chosen.subject && kept(0.6F);
    if (spec.other != Subject::none) chosen.other = chosen.subject && kept(0.7F);
    return chosen;
}

class Speaker {
public:
    Speaker(const SceneSpec& spec, Language language, PortableRandom& random, Detail detail)
        : spec_(spec), language_(language), words_(grammar(language)), random_(random), chosen_(choose(spec, random, detail))
    {
    }

    /// One who speaks as no caption for training does.
    Speaker(const SceneSpec& spec, PortableRandom& random)
        : spec_(spec),
          language_(Language::english),
          words_(held_out_grammar()),
          random_(random),
          chosen_(choose(spec, random, Detail::full)),
          held_out_(true)
    {
    }

    std::string say()
    {
        std::vector<std::string> parts{clause()};
        std::vector<std::string> extras;
        if (changes() && chosen_.time) extras.emplace_back(pick(of(words_.changes, change())));
        if (chosen_.weather) extras.emplace_back(pick(of(words_.weathers, spec_.weather)));
        if (chosen_.light) extras.emplace_back(pick(of(words_.lights, spec_.light)));
        if (chosen_.camera) {
            std::string camera = camera_phrase();
            if (random_.chance(0.3F)) {
                parts.insert(parts.begin(), std::move(camera));
            } else {
                extras.push_back(std::move(camera));
            }
        }
        if (chosen_.style) {
            std::string style(pick(of(words_.styles, spec_.style)));
            if (random_.chance(0.5F)) {
                parts.insert(parts.begin(), std::move(style));
            } else {
                extras.push_back(std::move(style));
            }
        }
        for (std::size_t i = extras.size(); i > 1; --i)
            std::swap(extras[i - 1], extras[random_.index(i)]);
        for (std::string& extra : extras)
            parts.push_back(std::move(extra));
        std::string text;
        for (const std::string& part : parts) {
            if (!text.empty()) text.append(", ");
            text.append(part);
        }
        return dressed(std::move(text));
    }

private:
    std::string_view pick(const Phrases& phrases) { return random_.pick(phrases); }

    /// Words with single spaces between them; empty ones are skipped.
    static std::string joined(std::initializer_list<std::string_view> words)
    {
        std::string out;
        for (const std::string_view word : words) {
            if (word.empty()) continue;
            if (!out.empty()) out += ' ';
            out += word;
        }
        return out;
    }

    /// Size and colour as they stand before a noun.
    std::string adjectives(Colour colour, bool with_size, std::string_view ending)
    {
        const auto shaped = [&](const ColourWord& word) {
            return language_ == Language::german ? inflected(word, ending) : std::string(word.stem);
        };
        std::string out;
        if (with_size) out = shaped(random_.pick(of(words_.sizes, spec_.size)));
        if (!chosen_.colour) return out;
        const std::string colour_word = shaped(random_.pick(of(words_.colours, colour)));
        return out.empty() ? colour_word : out + " " + colour_word;
    }

    /// True for nouns that take an adjective of size: those that have none.
    static bool is_plain(const Noun& noun)
    {
        static constexpr std::array<std::string_view, 4> k_beginnings{"a {c}", "ein {c}", "eine {c}", "{c}"};
        return std::any_of(k_beginnings.begin(), k_beginnings.end(),
                           [&](std::string_view beginning) { return noun.text.starts_with(beginning); });
    }

    const Noun& plain_noun(Subject subject)
    {
        std::vector<const Noun*> plain;
        for (const Noun& noun : of(words_.subjects, subject))
            if (is_plain(noun)) plain.push_back(&noun);
        return *random_.pick(plain);
    }

    std::string noun_phrase(const Noun& noun)
    {
        const std::string words = adjectives(spec_.colour, chosen_.size, adjective_ending(noun.gender));
        const std::string text = replaced(noun.text, words.empty() ? "{c} " : "{c}", words);
        return language_ == Language::german ? text : with_article(text);
    }

    /// "two red balloons"
    std::string several(const Noun& noun)
    {
        const std::string words = adjectives(spec_.colour, false, "e");
        const std::string_view number = pick(of(words_.counts, static_cast<std::size_t>(spec_.count)));
        return joined({number, replaced(noun.text, words.empty() ? "{c} " : "{c}", words)});
    }

    /// "in front of a blue balloon"; German puts the other thing into the dative.
    std::string beside_other()
    {
        const Noun& noun = plain_noun(spec_.other);
        const std::string words = adjectives(spec_.other_colour, false, "en");
        std::string text = replaced(noun.text, words.empty() ? "{c} " : "{c}", words);
        if (language_ == Language::german)
            text = (noun.gender == Gender::feminine ? "einer" : "einem") + text.substr(text.find(' '));
        else
            text = with_article(text);
        return joined({pick(of(words_.relations, spec_.relation)), text});
    }

    bool changes() const { return spec_.later != TimeOfDay::none; }

    std::size_t change() const
    {
        std::size_t i = 0;
        while (i + 1 < k_transitions.size() && k_transitions[i] != std::pair{spec_.time, spec_.later})
            ++i;
        return i;
    }

    std::string camera_phrase()
    {
        if (spec_.second_camera == Camera::still) return std::string(pick(of(words_.cameras, spec_.camera)));
        // Only the shortest wordings join well.
        const std::size_t wording = random_.index(2);
        std::string text(of(words_.cameras, spec_.camera)[wording]);
        return text.append(words_.conjunction).append(of(words_.cameras, spec_.second_camera)[0]);
    }

    std::string place_phrase(const Phrases& phrases)
    {
        const std::string_view phrase = pick(phrases);
        const std::size_t open = phrase.find('{');
        if (open == std::string_view::npos) return std::string(phrase);
        const std::size_t close = phrase.find('}', open);
        const ColourWord& colour = random_.pick(of(words_.colours, spec_.theme));
        const std::string_view mark = phrase.substr(open, close - open + 1);
        std::string text = replaced(phrase, mark, inflected(colour, phrase.substr(open + 1, close - open - 1)));
        return with_article(text);
    }

    std::string place_of_subject()
    {
        if (!chosen_.place) return {};
        const Phrases& on = of(words_.places_on, spec_.place);
        return place_phrase(is_grounded(spec_.subject) && !on.empty() ? on : of(words_.places_around, spec_.place));
    }

    std::string time_phrase()
    {
        return chosen_.time && !changes() ? std::string(pick(of(words_.times, spec_.time))) : std::string();
    }

    std::string clause()
    {
        if (!chosen_.subject) {
            const std::string place = place_phrase(of(words_.places_alone, spec_.place));
            const std::string time = time_phrase();
            if (!time.empty() && random_.chance(0.25F)) return joined({time + ",", place});
            return joined({place, time});
        }
        const bool plain = chosen_.size || chosen_.other;
        const Noun& noun = spec_.count > 1 ? random_.pick(of(words_.plurals, spec_.subject))
                           : plain         ? plain_noun(spec_.subject)
                                           : random_.pick(of(words_.subjects, spec_.subject));
        std::string who = spec_.count > 1 ? several(noun) : noun_phrase(noun);
        if (chosen_.other) who = joined({who, beside_other()});
        if (!chosen_.motion) return joined({who, place_of_subject(), time_phrase()});
        return language_ == Language::english ? english(who, noun.gender) : german(who, noun.gender);
    }

    struct Action {
        Verb verb;
        std::string direction;
        std::string speed;
    };

    Action action()
    {
        if (spec_.direction == Direction::still) return {random_.pick(of(words_.resting, spec_.subject)), {}, {}};
        const Motion& motion = of(words_.motions, spec_.direction);
        Action action;
        const Phrases& speeds = of(words_.speeds, spec_.speed);
        if (!speeds.empty()) action.speed = pick(speeds);
        if (!motion.telling.empty() && random_.chance(0.6F)) {
            action.verb = random_.pick(motion.telling);
        } else {
            action.verb = random_.pick(of(words_.verbs, spec_.subject));
            action.direction = pick(motion.directions);
        }
        return action;
    }

    /// "a red balloon slowly floats to the left over green hills at sunset"
    std::string english(const std::string& who, Gender gender)
    {
        const Action what = action();
        const std::string_view verb = gender == Gender::plural ? what.verb.plural : what.verb.singular;
        std::string doing;
        switch (held_out_ ? 1 : random_.index(3)) {
            case 0:
                // "Fast" follows its verb.
                doing = what.speed == "fast" ? joined({verb, what.direction, what.speed})
                                             : joined({what.speed, verb, what.direction});
                break;
            case 1:
                doing = joined({verb, what.direction, what.speed});
                break;
            default:
                doing = joined({verb, what.speed, what.direction});
        }
        const std::string place = place_of_subject();
        const std::string time = time_phrase();
        if (held_out_ && !place.empty() && random_.chance(0.5F)) return joined({place + ",", who, doing, time});
        if (held_out_) return joined({"we see", who, "that", doing, place, time});
        if (!time.empty() && random_.chance(0.25F)) return joined({time + ",", who, doing, place});
        return joined({who, doing, place, time});
    }

    /// "ein roter Ballon schwebt bei Sonnenuntergang langsam nach links über grünen Hügeln", or the time first and the verb
    /// next.
    std::string german(const std::string& who, Gender gender)
    {
        const Action what = action();
        const std::string_view whole = gender == Gender::plural ? what.verb.plural : what.verb.singular;
        // The finite verb is the first word; what follows ("sich", "auf der Stelle") stays behind the subject when the time
        // leads.
        const std::size_t space = whole.find(' ');
        const std::string_view finite = whole.substr(0, space);
        const std::string_view rest = space == std::string_view::npos ? std::string_view() : whole.substr(space + 1);
        const std::string place = place_of_subject();
        const std::string time = time_phrase();
        const bool reflexive = rest == "sich";
        const std::string_view after = reflexive ? std::string_view() : rest;
        const std::string_view near = reflexive ? rest : std::string_view();
        if (!time.empty() && random_.chance(0.3F)) {
            return joined({time, finite, near, who, after, what.speed, what.direction, place, what.verb.particle});
        }
        if (random_.chance(0.5F))
            return joined({who, finite, near, time, after, what.speed, what.direction, place, what.verb.particle});
        return joined({who, finite, near, after, what.speed, what.direction, place, what.verb.particle, time});
    }

    /// Captions begin small or large and with or without a full stop, as people write them.
    std::string dressed(std::string text)
    {
        if (random_.chance(0.35F) && text.front() >= 'a' && text.front() <= 'z')
            text.front() = static_cast<char>(text.front() - 'a' + 'A');
        if (random_.chance(0.25F)) text += '.';
        return text;
    }

    const SceneSpec& spec_;
    Language language_;
    const Grammar& words_;
    PortableRandom& random_;
    Chosen chosen_;
    bool held_out_ = false;
};

}  // namespace

std::string caption(const SceneSpec& spec, Language language, PortableRandom& random, Detail detail)
{
    return Speaker(spec, language, random, detail).say();
}

std::string held_out_caption(const SceneSpec& spec, PortableRandom& random)
{
    return Speaker(spec, random).say();
}

std::vector<std::string> sample_captions(std::size_t count, PortableRandom& random, World world)
{
    std::vector<std::string> captions;
    captions.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const SceneSpec spec = random_spec(random, world);
        const Language language = random.chance(0.5F) ? Language::english : Language::german;
        captions.push_back(caption(spec, language, random, random.chance(0.3F) ? Detail::brief : Detail::full));
    }
    return captions;
}

}  // namespace kinora::training
