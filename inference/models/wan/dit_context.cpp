#include "inference/models/wan/dit_context.h"

#include <cassert>

namespace kinora::inference {

WanDitContext join_in_time(const std::vector<TimedContext>& stretches)
{
    assert(!stretches.empty());
    WanDitContext joined = stretches.front().context;
    if (stretches.size() == 1) return joined;
    for (std::size_t block = 0; block < joined.blocks.size(); ++block)
        for (const TimedContext& stretch : stretches)
            joined.blocks[block].timed.push_back(
                {stretch.context.blocks.at(block).text, stretch.first_frame, stretch.end_frame});
    return joined;
}

void lead_away(WanDitContext& context, const WanDitContext& avoided, const AttentionGuidance& guidance)
{
    for (std::size_t block = 0; block < context.blocks.size(); ++block)
        context.blocks[block].avoided = AvoidedKeys{avoided.blocks.at(block).text, guidance};
}

}  // namespace kinora::inference
