#include <algorithm>
#include <utility>

#include "core/prompt/resolve.h"

namespace kinora::core::prompt {
namespace {

constexpr FrameRate k_ten_thousandths{10'000};

/// The first frame at or after a time.
std::int64_t frame_of(const PromptTime& time, FrameRate rate)
{
    if (time.unit == PromptTime::Unit::frames) return time.ten_thousandths / k_ten_thousandths.numerator;
    return rescale_frames(time.ten_thousandths, k_ten_thousandths, rate, Rounding::up);
}

}  // namespace

FrameRange mark_frames(const PromptNode& mark, const PromptContext& context)
{
    const std::int64_t first = frame_of(mark.from, context.rate);
    const std::int64_t end = mark.to ? frame_of(*mark.to, context.rate) : context.frames;
    return {first, std::min<std::int64_t>(end, context.frames)};
}

std::vector<PromptError> check_times(const std::vector<PromptNode>& nodes, const PromptContext& context)
{
    std::vector<PromptError> errors;
    std::vector<FrameRange> taken;
    for (const PromptNode& node : nodes) {
        if (node.kind != PromptNode::Kind::time) continue;
        const FrameRange frames = mark_frames(node, context);
        const bool backwards = node.to && frame_of(*node.to, context.rate) <= frame_of(node.from, context.rate);
        const bool overlaps =
            std::any_of(taken.begin(), taken.end(), [&](FrameRange other) { return !intersection(other, frames).empty(); });
        if (backwards)
            errors.push_back({node.range, "This time range is empty; its end has to lie after its start."});
        else if (frames.first >= context.frames)
            errors.push_back(
                {node.range, "This time range starts after the clip's end; make the clip longer or the time smaller."});
        else if (overlaps)
            errors.push_back({node.range, "This time range overlaps an earlier one."});
        taken.push_back(frames);
    }
    return errors;
}

}  // namespace kinora::core::prompt
