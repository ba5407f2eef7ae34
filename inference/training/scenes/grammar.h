#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

/// The languages in which scenes are described.
enum class Language : std::uint8_t { english, german };

/// Different ways to say the same.
using Phrases = std::vector<std::string_view>;

/// Grammatical gender or number of a noun.
enum class Gender : std::uint8_t { masculine, feminine, neuter, plural };

/// A noun with what its article and adjective depend on. `text` holds `{c}` where the colour goes in.
struct Noun {
    std::string_view text;
    Gender gender = Gender::neuter;
};

/// A verb, its plural, and a particle that goes to the end of the clause ("steigt … auf"), which may be empty.
struct Verb {
    std::string_view singular;
    std::string_view plural;
    std::string_view particle = {};
};

/// A colour word; in German some words take endings and some do not ("rosa").
struct ColourWord {
    std::string_view stem;
    bool inflects = true;
};

/// Ways of moving in one direction: verbs that go with a phrase of direction, and verbs that say the direction themselves.
struct Motion {
    Phrases directions;
    std::vector<Verb> telling;
};

/// All words of one language. Arrays are indexed by the enums of `SceneSpec`. In phrases of places `{…}` stands for the
/// colour of a place that has one, with the ending that the phrase needs in German: `{e}`, `{en}`, `{er}`; in English `{}`.
struct Grammar {
    std::array<std::vector<Noun>, k_subjects.size() + 1> subjects;
    std::array<std::vector<Noun>, k_subjects.size() + 1> plurals;  ///< of what comes in numbers; empty where none does
    std::array<std::vector<ColourWord>, 8> colours;
    std::array<std::vector<Verb>, k_subjects.size() + 1> verbs;    ///< by subject
    std::array<std::vector<Verb>, k_subjects.size() + 1> resting;  ///< by subject
    std::array<Motion, 5> motions;                                 ///< by direction
    std::array<Phrases, 3> speeds;
    std::array<Phrases, k_places.size()> places_around;  ///< where a subject is ("over green hills")
    std::array<Phrases, k_places.size()> places_on;      ///< where a boat floats; empty where none does
    std::array<Phrases, k_places.size()> places_alone;   ///< the place as the theme of the picture ("green hills")
    std::array<Phrases, 6> times;
    std::array<Phrases, 4> weathers;
    std::array<Phrases, 3> lights;
    std::array<Phrases, 7> cameras;
    std::array<Phrases, 4> counts;                 ///< number words, by number
    std::array<std::vector<ColourWord>, 3> sizes;  ///< adjectives before the colour
    std::array<Phrases, 3> relations;              ///< of the subject to the other, in German with the dative
    std::array<Phrases, 6> styles;
    std::array<Phrases, k_transitions.size()> changes;  ///< of the time of day, in the order of `k_transitions`
    std::string_view conjunction;                       ///< between two moves of the camera
};

[[nodiscard]] const Grammar& english_grammar();
[[nodiscard]] const Grammar& german_grammar();
/// English in phrases that no training caption has (nouns and colours are the same), for evaluations.
[[nodiscard]] const Grammar& held_out_grammar();
[[nodiscard]] const Grammar& grammar(Language language);

/// The array's entry for an enum value.
template <typename Array, typename Enum>
const auto& of(const Array& array, Enum value)
{
    return array.at(static_cast<std::size_t>(value));
}

}  // namespace kinora::training
