#include "core/prompt/syntax.h"

#include <algorithm>

#include "core/prompt/scan.h"

namespace kinora::core {
namespace {

using prompt::Brackets;

constexpr int k_deepest = 32;

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text), brackets_(prompt::pair_brackets(text)) {}

    ParsedPrompt parse()
    {
        result_.nodes = pieces(0, text_.size(), 0);
        std::stable_sort(result_.errors.begin(), result_.errors.end(),
                         [](const PromptError& a, const PromptError& b) { return a.range.begin < b.range.begin; });
        return std::move(result_);
    }

private:
    using Nodes = std::vector<PromptNode>;

    /// Everything in `[begin, end)`; brackets that open here close here.
    Nodes pieces(std::size_t begin, std::size_t end, int depth)
    {
        Nodes nodes;
        std::size_t i = begin;
        while (i < end) {
            if (prompt::is_escape(text_, i) && i + 1 < end) {
                add_text(nodes, i, i + 2, text_.substr(i + 1, 1));
                i += 2;
            } else if (const std::size_t after = syntax(nodes, i, end, depth); after > i) {
                i = after;
            } else {
                add_text(nodes, i, i + 1, text_.substr(i, 1));
                ++i;
            }
        }
        return nodes;
    }

    /// Parses the piece of syntax at `i`, if there is one, and gives its end; `i` if it is plain text.
    std::size_t syntax(Nodes& nodes, std::size_t i, std::size_t end, int depth)
    {
        switch (text_[i]) {
            case '(':
                return weight(nodes, i, depth);
            case '{':
                return alternatives(nodes, i, depth);
            case '}':
                if (brackets_.partner[i] == Brackets::k_none)
                    error(i, i + 1, "This } closes nothing; remove it or write \\} for the character.");
                return i;
            case '|':
                error(i, i + 1, "A | stands between alternatives: {dawn|dusk}; write \\| for the character.");
                return i;
            case '$':
                return variable(nodes, i, end);
            case '_':
                return wildcard(nodes, i, end);
            case '[':
                return time_mark(nodes, i, end, depth);
            default:
                return i;
        }
    }

    std::size_t weight(Nodes& nodes, std::size_t i, int depth)
    {
        if (!brackets_.is_weight(text_, i)) return i;
        const std::size_t colon = brackets_.colon[i];
        const std::size_t close = brackets_.partner[i];
        const auto number = prompt::parse_weight(text_.substr(colon + 1, close - colon - 1));
        if (!number) {
            error(colon + 1, close, "A weight is a number from 0 to 4 with a point, like (word:1.3).");
            return i;
        }
        if (too_deep(i, close + 1, depth)) return i;
        highlight(i, close + 1, HighlightKind::weight);
        PromptNode& node = nodes.emplace_back();
        node.kind = PromptNode::Kind::weight;
        node.range = {i, close + 1};
        node.weight = *number;
        node.children = pieces(i + 1, colon, depth + 1);
        return close + 1;
    }

    std::size_t alternatives(Nodes& nodes, std::size_t i, int depth)
    {
        const std::size_t close = brackets_.partner[i];
        if (close == Brackets::k_none) {
            error(i, i + 1, "This { is never closed; add a } or write \\{ for the character.");
            return i;
        }
        if (too_deep(i, close + 1, depth)) return i;
        highlight(i, close + 1, HighlightKind::alternative);
        PromptNode node;
        node.kind = PromptNode::Kind::alternatives;
        node.range = {i, close + 1};
        std::size_t begin = i + 1;
        for (std::size_t at = begin; at <= close; ++at) {
            if (at == close || text_[at] == '|') {
                node.options.push_back(pieces(begin, at, depth + 1));
                begin = at + 1;
            } else if (prompt::is_escape(text_, at)) {
                ++at;
            } else if (is_group(at)) {
                at = brackets_.partner[at];
            }
        }
        nodes.push_back(std::move(node));
        return close + 1;
    }

    /// True for brackets whose inside isn't looked into for the "|" of the braces around them.
    [[nodiscard]] bool is_group(std::size_t at) const
    {
        if (text_[at] == '{') return brackets_.partner[at] != Brackets::k_none;
        return text_[at] == '(' && brackets_.is_weight(text_, at);
    }

    std::size_t variable(Nodes& nodes, std::size_t i, std::size_t end)
    {
        const std::size_t after = std::min(prompt::name_end(text_, i + 1), end);
        if (after <= i + 1) return i;
        add_named(nodes, PromptNode::Kind::variable, HighlightKind::variable, {i, after},
                  text_.substr(i + 1, after - i - 1));
        return after;
    }

    std::size_t wildcard(Nodes& nodes, std::size_t i, std::size_t end)
    {
        const auto after = prompt::wildcard_end(text_, i);
        if (!after || *after > end) return i;
        add_named(nodes, PromptNode::Kind::wildcard, HighlightKind::wildcard, {i, *after},
                  text_.substr(i + 2, *after - i - 4));
        return *after;
    }

    std::size_t time_mark(Nodes& nodes, std::size_t i, std::size_t end, int depth)
    {
        const auto close = prompt::time_mark_end(text_, i);
        if (!close || *close >= end) return i;
        const auto mark = prompt::parse_time_mark(text_.substr(i + 1, *close - i - 1));
        if (!mark) {
            error(i, *close + 1, "A time range reads like [0-2s], [24-48f] or [2s-end].");
            return i;
        }
        if (depth > 0) {
            error(i, *close + 1, "A time range can't stand inside brackets.");
            return i;
        }
        highlight(i, *close + 1, HighlightKind::time);
        PromptNode& node = nodes.emplace_back();
        node.kind = PromptNode::Kind::time;
        node.range = {i, *close + 1};
        node.from = mark->from;
        node.to = mark->to;
        return *close + 1;
    }

    void add_named(Nodes& nodes, PromptNode::Kind kind, HighlightKind colour, TextRange range, std::string_view name)
    {
        highlight(range.begin, range.end, colour);
        PromptNode& node = nodes.emplace_back();
        node.kind = kind;
        node.range = range;
        node.text = name;
    }

    static void add_text(Nodes& nodes, std::size_t begin, std::size_t end, std::string_view text)
    {
        if (nodes.empty() || nodes.back().kind != PromptNode::Kind::text) nodes.emplace_back().range = {begin, begin};
        nodes.back().text += text;
        nodes.back().range.end = end;
    }

    bool too_deep(std::size_t begin, std::size_t end, int depth)
    {
        if (depth < k_deepest) return false;
        error(begin, end, "Brackets are nested too deeply here; 32 levels are possible.");
        return true;
    }

    void error(std::size_t begin, std::size_t end, const char* message)
    {
        result_.errors.push_back({{begin, end}, message});
    }
    void highlight(std::size_t begin, std::size_t end, HighlightKind kind)
    {
        result_.highlights.push_back({{begin, end}, kind});
    }

    std::string_view text_;
    Brackets brackets_;
    ParsedPrompt result_;
};

}  // namespace

ParsedPrompt parse_prompt(std::string_view text)
{
    return Parser(text).parse();
}

}  // namespace kinora::core
