#include "core/prompt/expand.h"

#include <algorithm>

#include "core/prompt/resolve.h"

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
    explicit SpanWriter(const PromptContext& context) : context_(context) {}

    void write(const Nodes& nodes, float weight)
    {
        for (const PromptNode& node : nodes) {
            if (node.kind == PromptNode::Kind::text) add(node.text, weight);
            if (node.kind == PromptNode::Kind::weight) write(node.children, weight * node.weight);
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
    void add(const std::string& text, float weight)
    {
        if (text.empty()) return;
        if (segment_.empty() || segment_.back().weight != weight)
            segment_.push_back({.text = {}, .weight = weight, .first_frame = first_, .end_frame = end_});
        segment_.back().text += text;
    }

    void start_segment(const PromptNode& mark)
    {
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
            if (!result_.spans.empty() && !is_space(segment_.front().text.front())) segment_.front().text.insert(0, 1, ' ');
            for (const PromptSpan& span : segment_)
                add_plain(span.text);
            add_plain(" ");
            result_.segments = result_.spans.empty() ? 1 : result_.segments + 1;
            std::move(segment_.begin(), segment_.end(), std::back_inserter(result_.spans));
        }
        segment_.clear();
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

    const PromptContext& context_;
    ExpandedPrompt result_;
    std::vector<PromptSpan> segment_;
    int first_ = 0;
    int end_ = -1;
    bool pending_space_ = false;
};

Error first_error(const std::vector<PromptError>& errors)
{
    return make_error(ErrorKind::invalid_argument, "The prompt can't be used: " + errors.front().message);
}

}  // namespace

Result<ExpandedPrompt> expand_prompt(std::string_view text, const PromptContext& context)
{
    const ParsedPrompt parsed = parse_prompt(text);
    if (!parsed.errors.empty()) return first_error(parsed.errors);
    if (const auto errors = prompt::check_times(parsed.nodes, context); !errors.empty()) return first_error(errors);
    Random random(context.seed);
    const prompt::Resolved resolved =
        prompt::resolve(parsed.nodes, context, [&](std::size_t count) { return random.below(count); });
    if (!resolved.errors.empty()) return first_error(resolved.errors);
    SpanWriter writer(context);
    writer.write(resolved.nodes, 1.0F);
    return writer.finish();
}

std::vector<PromptError> check_prompt(std::string_view text, const PromptContext& context)
{
    ParsedPrompt parsed = parse_prompt(text);
    std::vector<PromptError> errors = std::move(parsed.errors);
    for (auto& more : {prompt::check_names(parsed.nodes, context), prompt::check_times(parsed.nodes, context)})
        errors.insert(errors.end(), more.begin(), more.end());
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
    const ParsedPrompt parsed = parse_prompt(text);
    const auto count = static_cast<std::size_t>(prompt::variants(parsed.nodes, context));
    std::vector<std::string> list;
    for (std::size_t i = 0; i < std::min(limit, count); ++i)
        list.push_back(print_prompt(prompt::resolve_variant(parsed.nodes, context, static_cast<std::int64_t>(i)).nodes));
    return list;
}

}  // namespace kinora::core
