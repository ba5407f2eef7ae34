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
///     prompt      = { time-mark | piece }
///     piece       = text | weight | alternatives | variable | wildcard | escape
///     weight      = "(" { piece } ":" number ")"             (a red balloon:1.3)
///     alternatives= "{" option { "|" option } "}"            {dawn|dusk|}            option = { piece }, may be empty
///     variable    = "$" name                                 $hero
///     wildcard    = "__" name "__"                           __place__
///     time-mark   = "[" time "-" ( time | "end" ) "]"        [0-2s] [1.5s-3s] [24-48f] [2s-end]
///     time        = decimal [ "s" | "f" ]                    seconds or frames; a first time without a unit has the
///     second's escape      = "\" followed by one of \ ( ) { } [ ] | $ _ : number      = digits with at most one point and
///     at most 4 decimals, 0 to 4 name        = a letter (any but ASCII digits, space or punctuation), then letters, digits
///     and single "_"
///
/// What only looks like syntax is plain text, so ordinary prose needs no escapes: "(" … ")" is a weight only if the last ":"
/// at its own level is followed, up to the ")", by something that starts with a digit, a sign or a point; "[" begins a time
/// mark only if a digit follows and a "-" comes before the "]"; "$" is a variable only before a letter; "__" a wildcard only
/// if a name and "__" follow;
/// "\" is itself before any other character. A "{" without "}" and a "|" or "}" outside alternatives are plain text with an
/// error, as they are nearly always slips. Time marks stand at the top level only; inside brackets they are errors.
/// Spaces belong to the text. Spaces inside a time mark and around a weight's number are allowed. An en dash serves as "-"
/// in times.
///
/// Meaning: nested weights multiply. Text before the first time mark holds for the whole clip; text after a mark for its
/// range, half-open: frame k is in [a, b) if a <= k / rate < b. Ranges must not overlap. Nesting deeper than 32 is an error.

/// Bytes `[begin, end)` of the UTF-8 text.
struct TextRange {
    std::size_t begin = 0;
    std::size_t end = 0;
    friend bool operator==(const TextRange&, const TextRange&) = default;
};

/// Something wrong in a prompt, to be underlined: one sentence with the way out.
struct PromptError {
    TextRange range;
    std::string message;
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
    std::string text;  ///< text with escapes resolved; name of a variable or wildcard
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
