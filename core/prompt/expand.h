#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/generation/request.h"
#include "core/prompt/syntax.h"

namespace kinora::core {

/// What a prompt is expanded with.
struct PromptContext {
    FrameRate rate{12};      ///< of the clip
    int frames = 33;         ///< of the clip
    std::uint64_t seed = 0;  ///< chooses among alternatives and wildcards; the same seed chooses the same on every machine
    std::map<std::string, std::string> variables;               ///< `$hero` → text, itself a prompt without time marks
    std::map<std::string, std::vector<std::string>> wildcards;  ///< `__place__` → lines of the artist's file, likewise
    /// The project-wide prompt, likewise: it follows the words that hold for the whole clip, behind a comma.
    std::string common{};
    bool takes_weights = true;  ///< false: weights are said to have no effect, and have none
    bool takes_times = true;    ///< false: the same for time ranges
};

/// A prompt ready for the engine.
struct ExpandedPrompt {
    std::vector<PromptSpan> spans;  ///< neighbours with the same weight and time are one span; none is empty
    /// For each span and each byte of its text: what it was typed as (for words of a name, the name). `k_nowhere` for
    /// spaces in between and for the project-wide prompt.
    std::vector<std::vector<TextRange>> origins;
    std::string plain;      ///< all the words without syntax, segments separated by a space; for names and for models
                            ///< that take one string
    bool weighted = false;  ///< some span's weight isn't 1
    bool timed = false;     ///< some span doesn't hold for the whole clip
    int segments = 1;       ///< time segments with text, the common text counting as one
};

/// Where words stand that weren't typed in the prompt.
inline constexpr TextRange k_nowhere{static_cast<std::size_t>(-1), static_cast<std::size_t>(-1)};

/// Spans of a prompt. Text without syntax is one span, blank text none. `invalid_argument` with the first error's sentence:
/// what is wrong in a prompt never reaches a model as brackets.
[[nodiscard]] Result<ExpandedPrompt> expand_prompt(std::string_view text, const PromptContext& context);

/// Everything to underline: errors of the syntax, those that only the context tells (unknown variable or wildcard, a
/// variable that contains itself, a time range that is empty, overlaps another or lies behind the clip's end), and as
/// warnings what the model can't take. What is wrong in the project-wide prompt stands at the end of the text.
[[nodiscard]] std::vector<PromptError> check_prompt(std::string_view text, const PromptContext& context);

/// How many different expansions the alternatives and wildcards of the text allow (at most 1,000,000 is counted), for
/// "6 variants: …"; those of the project-wide prompt don't count.
[[nodiscard]] std::int64_t count_variants(std::string_view text, const PromptContext& context);
/// The first `limit` of them as typed text without alternatives, in the order of the options.
[[nodiscard]] std::vector<std::string> list_variants(std::string_view text, const PromptContext& context, std::size_t limit);

/// The text with the weight of the selection changed by `delta` (Ctrl+↑/↓: ±0.1): wraps it as "(selection:1.1)", changes the
/// number if the selection is or lies in a weight's words, and unwraps at 1. Gives the new text and selection.
struct WeightedText {
    std::string text;
    TextRange selection;
};
[[nodiscard]] WeightedText change_weight(std::string_view text, TextRange selection, double delta);

}  // namespace kinora::core
