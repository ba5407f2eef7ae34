#include "core/prompt/expand.h"

#include <algorithm>

#include "core/prompt/resolve.h"
#include "core/prompt/scan.h"

namespace kinora::core {
namespace {

using Nodes = std::vector<PromptNode>;

/// SplitMix64: small, fixed for ever, the same on every machine (Steele, Lea, Flood 2014).
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::size_t below(std::size_t count)
    {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
        return static_cast<std::size_t>((mixed ^ (mixed >> 31U)) % count);
    }

private:
    std::uint64_t state_;
};

bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_blank(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), is_space);
}

/// Gathers spans of one time range after the other.
class SpanWriter {
public:
    SpanWriter(std::string_view typed, const PromptContext& context) : typed_(typed), context_(context) {}

    void write(const Nodes& nodes, float weight)
    {
        for (const PromptNode& node : nodes) {
            if (node.kind == PromptNode::Kind::text) add(node.text, origins_of(node), weight);
            if (node.kind == PromptNode::Kind::weight)
                write(node.children, context_.takes_weights ? weight * node.weight : weight);
            if (node.kind == PromptNode::Kind::time) start_segment(node);
        }
    }

    ExpandedPrompt finish()
    {
        end_segment();
        for (const PromptSpan& span : result_.spans) {
            result_.weighted = result_.weighted || span.weight != 1.0F;
            result_.timed = result_.timed || span.first_frame != 0 || span.end_frame != -1;
        }
        return std::move(result_);
    }

private:
    /// Where each byte of a text was typed.
    [[nodiscard]] std::vector<TextRange> origins_of(const PromptNode& node) const
    {
        if (node.replaced || node.range == k_nowhere) return std::vector<TextRange>(node.text.size(), node.range);
        std::vector<TextRange> origins;
        for (std::size_t i = node.range.begin; i < node.range.end; ++i) {
            const std::size_t first = i;
            if (prompt::is_escape(typed_, i)) ++i;
            origins.push_back({first, i + 1});
        }
        origins.resize(node.text.size(), k_nowhere);
        return origins;
    }

    void add(const std::string& text, const std::vector<TextRange>& origins, float weight)
    {
        if (text.empty()) return;
        if (segment_.empty() || segment_.back().weight != weight) {
            segment_.push_back({.text = {}, .weight = weight, .first_frame = first_, .end_frame = end_});
            origins_.emplace_back();
        }
        segment_.back().text += text;
        origins_.back().insert(origins_.back().end(), origins.begin(), origins.end());
    }

    void start_segment(const PromptNode& mark)
    {
        if (!context_.takes_times) {
            // The mark goes, but the words around it must not grow together.
            if (!segment_.empty() && !is_space(segment_.back().text.back())) add(" ", {k_nowhere}, segment_.back().weight);
            return;
        }
        end_segment();
        const FrameRange frames = prompt::mark_frames(mark, context_);
        const bool whole_clip = frames.first == 0 && frames.end == context_.frames;
        first_ = static_cast<int>(frames.first);
        end_ = whole_clip ? -1 : static_cast<int>(frames.end);
    }

    void end_segment()
    {
        const bool blank =
            std::all_of(segment_.begin(), segment_.end(), [](const PromptSpan& span) { return is_blank(span.text); });
        if (!blank) {
            // A segment's words follow the common ones directly; they must not grow together.
            if (!result_.spans.empty() && !is_space(segment_.front().text.front())) {
                segment_.front().text.insert(0, 1, ' ');
                origins_.front().insert(origins_.front().begin(), k_nowhere);
            }
            for (const PromptSpan& span : segment_)
                add_plain(span.text);
            add_plain(" ");
            result_.segments = result_.spans.empty() ? 1 : result_.segments + 1;
            std::move(segment_.begin(), segment_.end(), std::back_inserter(result_.spans));
            std::move(origins_.begin(), origins_.end(), std::back_inserter(result_.origins));
        }
        segment_.clear();
        origins_.clear();
        while (!result_.plain.empty() && is_space(result_.plain.back()))
            result_.plain.pop_back();
        pending_space_ = !result_.plain.empty();
    }

    /// Runs of spaces become one, none stands at the ends.
    void add_plain(std::string_view text)
    {
        for (const char c : text) {
            if (is_space(c)) {
                pending_space_ = pending_space_ || !result_.plain.empty();
                continue;
            }
            if (pending_space_) result_.plain += ' ';
            pending_space_ = false;
            result_.plain += c;
        }
    }

    std::string_view typed_;
    const PromptContext& context_;
    ExpandedPrompt result_;
    std::vector<PromptSpan> segment_;
    std::vector<std::vector<TextRange>> origins_;  ///< of `segment_`
    int first_ = 0;
    int end_ = -1;
    bool pending_space_ = false;
};

Error first_error(const std::vector<PromptError>& errors)
{
    return make_error(ErrorKind::invalid_argument, "The prompt can't be used: " + errors.front().message);
}

/// The pieces of a prompt with the project-wide prompt behind those that hold for the whole clip.
Nodes with_common(Nodes nodes, std::string_view typed, const PromptContext& context)
{
    if (is_blank(context.common)) return nodes;
    const auto mark =
        std::find_if(nodes.begin(), nodes.end(), [](const PromptNode& node) { return node.kind == PromptNode::Kind::time; });
    std::string_view head = typed.substr(0, mark == nodes.end() ? typed.size() : mark->range.begin);
    while (!head.empty() && is_space(head.back()))
        head.remove_suffix(1);
    PromptNode comma;
    comma.range = k_nowhere;
    comma.text = head.empty() ? "" : head.back() == ',' ? " " : ", ";
    const auto at = nodes.insert(mark, comma);
    nodes.insert(std::next(at), prompt::common_node(k_nowhere));
    return nodes;
}

/// Weights and time marks among all pieces that have no effect.
void add_warnings(const Nodes& nodes, const PromptContext& context, std::vector<PromptError>& errors)
{
    for (const PromptNode& node : nodes) {
        if (node.kind == PromptNode::Kind::weight && !context.takes_weights)
            errors.push_back({node.range, "Weights have no effect here; the words are used without them.", true});
        if (node.kind == PromptNode::Kind::time && !context.takes_times)
            errors.push_back({node.range, "Time ranges have no effect here; the words hold for the whole clip.", true});
        add_warnings(node.children, context, errors);
        for (const Nodes& option : node.options)
            add_warnings(option, context, errors);
    }
}

std::vector<PromptError> time_errors(const Nodes& nodes, const PromptContext& context)
{
    return context.takes_times ? prompt::check_times(nodes, context) : std::vector<PromptError>{};
}

}  // namespace

Result<ExpandedPrompt> expand_prompt(std::string_view text, const PromptContext& context)
{
    const ParsedPrompt parsed = parse_prompt(text);
    if (!parsed.errors.empty()) return first_error(parsed.errors);
    if (const auto errors = time_errors(parsed.nodes, context); !errors.empty()) return first_error(errors);
    Random random(context.seed);
    const prompt::Resolved resolved = prompt::resolve(with_common(parsed.nodes, text, context), context,
                                                      [&](std::size_t count) { return random.below(count); });
    if (!resolved.errors.empty()) return first_error(resolved.errors);
    SpanWriter writer(text, context);
    writer.write(resolved.nodes, 1.0F);
    return writer.finish();
}

std::vector<PromptError> check_prompt(std::string_view text, const PromptContext& context)
{
    ParsedPrompt parsed = parse_prompt(text);
    std::vector<PromptError> errors = std::move(parsed.errors);
    for (auto& more : {prompt::check_names(parsed.nodes, context), time_errors(parsed.nodes, context)})
        errors.insert(errors.end(), more.begin(), more.end());
    if (!is_blank(context.common)) {
        const auto common = prompt::check_names({prompt::common_node({text.size(), text.size()})}, context);
        errors.insert(errors.end(), common.begin(), common.end());
    }
    add_warnings(parsed.nodes, context, errors);
    std::stable_sort(errors.begin(), errors.end(),
                     [](const PromptError& a, const PromptError& b) { return a.range.begin < b.range.begin; });
    return errors;
}

std::int64_t count_variants(std::string_view text, const PromptContext& context)
{
    return prompt::variants(parse_prompt(text).nodes, context);
}

std::vector<std::string> list_variants(std::string_view text, const PromptContext& context, std::size_t limit)
{
    std::vector<std::string> list;
    for (const prompt::Resolved& variant : prompt::first_variants(parse_prompt(text).nodes, context, limit))
        list.push_back(print_prompt(prompt::merge_texts(variant.nodes)));
    return list;
}

}  // namespace kinora::core
