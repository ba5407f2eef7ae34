#include "inference/pipeline/prompt_stage.h"

#include <algorithm>
#include <set>

#include "inference/text/prompt_encoder.h"

namespace kinora::inference {
namespace {

/// The latent frame that holds an output frame: the first holds one, the others `stride`.
std::int64_t latent_frame(int frame, int stride)
{
    return frame <= 0 ? 0 : (frame - 1) / stride + 1;
}

struct Stretch {
    std::int64_t first;
    std::int64_t end;

    [[nodiscard]] bool covers(const Stretch& other) const { return first <= other.first && other.end <= end; }
};

Stretch stretch_of(const core::PromptSpan& span, int frames, int stride)
{
    const auto all = latent_frame(frames - 1, stride) + 1;
    const bool to_end = span.end_frame < 0 || span.end_frame >= frames;
    const auto first = latent_frame(span.first_frame, stride);
    // However short, a span rules at least the latent frame in which it begins.
    return {first, to_end ? all : std::clamp(latent_frame(span.end_frame, stride), first + 1, all)};
}

}  // namespace

at::Tensor PromptStage::encode(const std::string& text) const
{
    return encode_weighted({{.text = text}});
}

at::Tensor PromptStage::encode_weighted(const std::vector<core::PromptSpan>& spans) const
{
    return encode_prompt(tokenizer_, encoder_, spans).embeddings.to(at::kFloat);
}

std::vector<PromptSegment> PromptStage::segments(std::span<const core::PromptSpan> prompt, int frames, int stride) const
{
    std::set<std::int64_t> borders{0, latent_frame(frames - 1, stride) + 1};
    for (const core::PromptSpan& span : prompt) {
        const auto stretch = stretch_of(span, frames, stride);
        borders.insert({stretch.first, stretch.end});
    }
    std::vector<PromptSegment> segments;
    for (auto border = borders.begin(); std::next(border) != borders.end(); ++border) {
        const Stretch stretch{*border, *std::next(border)};
        std::vector<core::PromptSpan> active;
        for (const core::PromptSpan& span : prompt)
            if (stretch_of(span, frames, stride).covers(stretch)) active.push_back(span);
        segments.push_back({encode_weighted(active), stretch.first, stretch.end});
    }
    return segments;
}

}  // namespace kinora::inference
