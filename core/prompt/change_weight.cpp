#include <algorithm>
#include <cmath>
#include <optional>

#include "core/prompt/expand.h"
#include "core/prompt/scan.h"

namespace kinora::core {
namespace {

using Nodes = std::vector<PromptNode>;

bool contains(TextRange outer, TextRange inner)
{
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// The innermost weight around the selection.
const PromptNode* weight_around(const Nodes& nodes, TextRange selection)
{
    for (const PromptNode& node : nodes) {
        if (!contains(node.range, selection)) continue;
        const PromptNode* inner = weight_around(node.children, selection);
        for (const Nodes& option : node.options)
            if (!inner) inner = weight_around(option, selection);
        if (inner) return inner;
        if (node.kind == PromptNode::Kind::weight) return &node;
    }
    return nullptr;
}

/// True if the selection holds whole pieces only: no half bracket, no time mark, no half name.
bool is_whole(const Nodes& nodes, TextRange selection)
{
    for (const PromptNode& node : nodes) {
        if (node.kind == PromptNode::Kind::text) continue;
        const bool apart = node.range.end <= selection.begin || selection.end <= node.range.begin;
        if (apart) continue;
        if (contains(selection, node.range)) {
            if (node.kind == PromptNode::Kind::time) return false;
            continue;
        }
        if (!contains(node.range, selection) || node.kind != PromptNode::Kind::alternatives) return false;
        return std::all_of(node.options.begin(), node.options.end(),
                           [&](const Nodes& option) { return is_whole(option, selection); });
    }
    return true;
}

bool is_word_break(char c)
{
    return is_space(c) || std::string_view(",.;:!?()[]{}|\"").find(c) != std::string_view::npos;
}

/// The word at the cursor for an empty selection, otherwise the selection without spaces at its ends.
TextRange words(std::string_view text, TextRange selection)
{
    if (selection.begin == selection.end) {
        while (selection.begin > 0 && !is_word_break(text[selection.begin - 1]))
            --selection.begin;
        while (selection.end < text.size() && !is_word_break(text[selection.end]))
            ++selection.end;
    }
    while (selection.begin < selection.end && is_space(text[selection.begin]))
        ++selection.begin;
    while (selection.end > selection.begin && is_space(text[selection.end - 1]))
        --selection.end;
    return selection;
}

std::int64_t ten_thousandths(double weight)
{
    return std::llround(std::clamp(weight, 0.0, 4.0) * 10'000);
}

WeightedText replace(std::string_view text, TextRange range, std::string_view inner, std::int64_t weight)
{
    const bool wrapped = weight != 10'000;
    std::string out(text.substr(0, range.begin));
    if (wrapped) out += '(';
    const std::size_t begin = out.size();
    out += inner;
    const std::size_t end = out.size();
    if (wrapped) out.append(":").append(prompt::decimal_text(weight)).append(")");
    out += text.substr(range.end);
    return {std::move(out), {begin, end}};
}

}  // namespace

WeightedText change_weight(std::string_view text, TextRange selection, double delta)
{
    selection.begin = std::min(selection.begin, text.size());
    selection.end = std::clamp(selection.end, selection.begin, text.size());
    const WeightedText unchanged{std::string(text), selection};
    const ParsedPrompt parsed = parse_prompt(text);
    if (const PromptNode* weight = weight_around(parsed.nodes, selection)) {
        const std::string_view bracket = text.substr(weight->range.begin, weight->range.end - weight->range.begin);
        const std::string_view inner = bracket.substr(1, bracket.rfind(':') - 1);
        return replace(text, weight->range, inner, ten_thousandths(static_cast<double>(weight->weight) + delta));
    }
    const TextRange range = words(text, selection);
    if (range.begin == range.end || !is_whole(parsed.nodes, range)) return unchanged;
    const std::string_view inner = text.substr(range.begin, range.end - range.begin);
    WeightedText changed = replace(text, range, inner, ten_thousandths(1.0 + delta));
    // Stray brackets or a backslash in the selection could turn the new bracket into something else.
    const ParsedPrompt after = parse_prompt(changed.text);
    const bool worse = after.errors.size() > parsed.errors.size();
    const PromptNode* made = weight_around(after.nodes, changed.selection);
    if (worse || !made || made->range.begin + 1 != changed.selection.begin) return unchanged;
    return changed;
}

}  // namespace kinora::core
