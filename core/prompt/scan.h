#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/prompt/syntax.h"

namespace kinora::core::prompt {

/// Characters that a backslash makes ordinary.
inline constexpr std::string_view k_special = "\\(){}[]|$_:";

/// True if the byte at `at` is a backslash that escapes the next one.
[[nodiscard]] bool is_escape(std::string_view text, std::size_t at);

/// Brackets of a text, paired in one pass; everything the parser needs to know ahead.
struct Brackets {
    static constexpr std::size_t k_none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> partner;  ///< by position of "(" and "{" (and of "}"): the other one; `k_none` otherwise
    std::vector<std::size_t> colon;    ///< by position of "(": the last ":" at its own level

    /// True if the "(" at `at` opens something that means to be a weight.
    [[nodiscard]] bool is_weight(std::string_view text, std::size_t at) const;
};
[[nodiscard]] Brackets pair_brackets(std::string_view text);

/// End of the name that starts at `at`; `at` itself if there is none.
[[nodiscard]] std::size_t name_end(std::string_view text, std::size_t at);

/// End of a wildcard "__name__" that starts at `at`, or nothing.
[[nodiscard]] std::optional<std::size_t> wildcard_end(std::string_view text, std::size_t at);

/// The "]" of what means to be a time mark at "[", or nothing.
[[nodiscard]] std::optional<std::size_t> time_mark_end(std::string_view text, std::size_t at);

/// A weight's number ("1.3", spaces around allowed) within `[begin, end)`; nothing if it is none from 0 to 4.
[[nodiscard]] std::optional<float> parse_weight(std::string_view number);

/// What stands between the brackets of a time mark.
struct TimeMark {
    PromptTime from;
    std::optional<PromptTime> to;
};
[[nodiscard]] std::optional<TimeMark> parse_time_mark(std::string_view inside);

/// "1.3" for 1.3; at most 4 decimals, no trailing zeros.
[[nodiscard]] std::string decimal_text(std::int64_t ten_thousandths);

}  // namespace kinora::core::prompt
