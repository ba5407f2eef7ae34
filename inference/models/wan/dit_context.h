#pragma once

#include <cstdint>
#include <vector>

#include "inference/models/wan/attention_guidance.h"
#include "inference/models/wan/dit.h"

namespace kinora::inference {

/// A context and the latent frames that attend to it, half-open.
struct TimedContext {
    WanDitContext context;
    std::int64_t first_frame = 0;
    std::int64_t end_frame = 0;
};

/// One context of several: every latent frame attends only to the text of its own stretch, while all of them see each other
/// in self-attention. The stretches cover the clip's latent frames once and in order, and have the same batch and the same
/// image, which is taken from the first. A single stretch comes back as it is.
[[nodiscard]] WanDitContext join_in_time(const std::vector<TimedContext>& stretches);

/// Makes a context's cross-attention lead away from the text of another (normalised attention guidance).
void lead_away(WanDitContext& context, const WanDitContext& avoided, const AttentionGuidance& guidance);

}  // namespace kinora::inference
