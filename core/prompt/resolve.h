#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/prompt/expand.h"
#include "core/prompt/syntax.h"
#include "core/time/rational_time.h"

namespace kinora::core::prompt {

/// Replaces alternatives, variables and wildcards by what is chosen, until only text, weights and time marks are left;
/// neighbouring texts stay apart, so that each still knows where it was typed. Bounded: what grows beyond 64 kB of text or
/// contains itself is an error.
struct Resolved {
    std::vector<PromptNode> nodes;
    std::vector<PromptError> errors;  ///< ranges of the typed text
};

/// A variable node that stands for the project-wide prompt of the context.
[[nodiscard]] PromptNode common_node(TextRange range);

/// Neighbouring texts as one, as the parser gives them.
[[nodiscard]] std::vector<PromptNode> merge_texts(const std::vector<PromptNode>& nodes);

/// Chooses one of `count` options; called in the order of the text.
using Choose = std::function<std::size_t(std::size_t count)>;
[[nodiscard]] Resolved resolve(const std::vector<PromptNode>& nodes, const PromptContext& context, const Choose& choose);

/// The first `limit` of all variants; the first choice in the text changes slowest.
[[nodiscard]] std::vector<Resolved> first_variants(const std::vector<PromptNode>& nodes, const PromptContext& context,
                                                   std::size_t limit);

/// How many variants there are, at most `k_most_variants`; what can't be resolved counts as one.
inline constexpr std::int64_t k_most_variants = 1'000'000;
[[nodiscard]] std::int64_t variants(const std::vector<PromptNode>& nodes, const PromptContext& context);

/// Errors of every option, chosen or not.
[[nodiscard]] std::vector<PromptError> check_names(const std::vector<PromptNode>& nodes, const PromptContext& context);

/// Frames `[first, end)` of a time mark, for a clip of `context`; the end is cut off at the clip's.
[[nodiscard]] FrameRange mark_frames(const PromptNode& mark, const PromptContext& context);

/// Errors of the time marks among `nodes`.
[[nodiscard]] std::vector<PromptError> check_times(const std::vector<PromptNode>& nodes, const PromptContext& context);

}  // namespace kinora::core::prompt
