#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::core {

/// The grammar of a prompt, exactly.
///
///     prompt       = { time mark | piece }
///     piece        = text | weight | alternatives | variable | wildcard | escape
///     weight       = "(" { piece } ":" number ")"                  (a red balloon:1.3)
///     alternatives = "{" option { "|" option } "}"                 {dawn|dusk|}
///     option       = { piece }                                     may be empty
///     variable     = "$" name                                      $hero
///     wildcard     = "__" name "__"                                __place__
///     time mark    = "[" time "-" ( time | "end" ) "]"             [0-2s] [1.5s-3s] [24-48f] [2s-end]
///     time         = decimal [ "s" | "f" ]                         seconds or frames
///     escape       = one backslash before one of: backslash ( ) { } [ ] | $ _ :
///     number       = digits with at most one point and at most 4 decimals, from 0 to 4
///     name         = a letter, then letters, digits and single "_" between them
///
/// A letter is an ASCII letter or any character beyond ASCII. The first time of a mark takes the second's unit where it has
/// none; before "end" it needs one. An en dash serves as "-" in a mark; spaces are allowed in marks and around a weight's
/// number; elsewhere they belong to the text.
///
/// What only looks like syntax is plain text, so that ordinary prose needs no escapes:
/// - "(" … ")" is a weight only if what follows the last ":" at its own level starts with a digit, a sign or a point;
/// - "[" begins a time mark only if a digit follows, and a dash comes before the next "]" on the line;
/// - "$" is a variable only before a letter, "__" a wildcard only before a name and another "__";
/// - a backslash before anything else is itself.
///
/// Braces bind more strongly than round brackets. A "{" without its "}", and a "}" or "|" outside of alternatives, are
/// errors, because they are nearly always slips; so are a number that is no weight, a time mark inside brackets, and nesting
/// deeper than 32. What is wrong stays plain text.
///
/// Names: a variable is one of the project's cast-and-style page; a wildcard is a text file of the artist's, `place.txt`,
/// one choice a line (see `wildcards.h`). What they stand for is a prompt itself, with everything but time marks. The seed
/// chooses among alternatives and wildcards.
///
/// Meaning: nested weights multiply. Text before the first time mark holds for the whole clip, text after a mark for its
/// range, half-open: frame k is in [a, b) if a <= k / rate < b. Ranges must not overlap.

/// Bytes `[begin, end)` of the UTF-8 text.
struct TextRange {
    std::size_t begin = 0;
    std::size_t end = 0;
    friend bool operator==(const TextRange&, const TextRange&) = default;
};

/// Something wrong in a prompt, to be underlined: one sentence with the way out. With a warning the prompt can be used all
/// the same, and the sentence says how.
struct PromptError {
    TextRange range;
    std::string message;
    bool warning = false;
    friend bool operator==(const PromptError&, const PromptError&) = default;
};

/// What the editor paints in the theme's colours. `time` and `variable` cover the mark or name; `weight` and `alternative`
/// the whole bracket, inner highlights after (over) outer ones.
enum class HighlightKind { weight, alternative, variable, wildcard, time };
struct Highlight {
    TextRange range;
    HighlightKind kind = HighlightKind::weight;
    friend bool operator==(const Highlight&, const Highlight&) = default;
};

/// A time mark's end as typed: an exact number of ten-thousandths of a second, or frames.
struct PromptTime {
    enum class Unit { seconds, frames };
    std::int64_t ten_thousandths = 0;  ///< of the unit; whole for frames
    Unit unit = Unit::seconds;
    friend bool operator==(const PromptTime&, const PromptTime&) = default;
};

/// A node of a parsed prompt.
struct PromptNode {
    enum class Kind { text, weight, alternatives, variable, wildcard, time };
    Kind kind = Kind::text;
    TextRange range;
    bool replaced = false;  ///< after resolving: words that a name stands for; `range` is the typed name's
    std::string text;       ///< text with escapes resolved; name of a variable or wildcard
    float weight = 1.0F;
    std::vector<PromptNode> children;              ///< of a weight
    std::vector<std::vector<PromptNode>> options;  ///< of alternatives
    PromptTime from;
    std::optional<PromptTime> to;  ///< nothing: to the end
};

/// A parsed prompt. Never fails: what is wrong is in `errors` and stays plain text in `nodes`. Linear in the text's length.
struct ParsedPrompt {
    std::vector<PromptNode> nodes;
    std::vector<PromptError> errors;    ///< by position
    std::vector<Highlight> highlights;  ///< outer before inner, by position
};
[[nodiscard]] ParsedPrompt parse_prompt(std::string_view text);

/// Writes nodes as text that parses to the same nodes (ranges aside), with escapes where they are needed.
[[nodiscard]] std::string print_prompt(const std::vector<PromptNode>& nodes);

/// Text as it must be typed to mean itself: "(a:1.3)" → "\(a\:1.3\)".
[[nodiscard]] std::string escape_prompt(std::string_view text);

}  // namespace kinora::core
