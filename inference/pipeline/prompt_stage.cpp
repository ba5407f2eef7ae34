#include "inference/pipeline/prompt_stage.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/tensor.h>

#include <algorithm>
#include <set>

#include "inference/text/prompt_cleaning.h"

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
    return {latent_frame(span.first_frame, stride), to_end ? all : std::min(all, latent_frame(span.end_frame, stride))};
}

}  // namespace

at::Tensor PromptStage::encode(const std::string& text) const
{
    const auto tokens = tokenizer_.encode_padded(clean_prompt(text), tokenizer_.max_length());
    const auto ids = at::tensor(tokens.ids).unsqueeze(0).to(encoder_.device());
    const auto mask = at::tensor(tokens.mask).unsqueeze(0).to(encoder_.device());
    return encoder_.encode(ids, mask).to(at::kFloat);
}

at::Tensor PromptStage::encode_weighted(const std::vector<const core::PromptSpan*>& spans) const
{
    std::string text;
    auto weights = at::ones({tokenizer_.max_length()}, at::TensorOptions().dtype(at::kFloat));
    bool weighted = false;
    std::int64_t begin = 0;
    for (const core::PromptSpan* span : spans) {
        text += span->text;
        // Where a span's tokens end is where those of the text so far end, without the EOS.
        const auto tokens = static_cast<std::int64_t>(tokenizer_.encode(clean_prompt(text)).size()) - 1;
        const auto end = std::clamp<std::int64_t>(tokens, begin, tokenizer_.max_length());
        weights.narrow(0, begin, end - begin).fill_(span->weight);
        weighted = weighted || span->weight != 1.0F;
        begin = end;
    }
    auto rows = encode(text);
    if (!weighted) return rows;
    const auto empty = encode("");
    return empty + (rows - empty) * weights.to(rows.device()).view({1, -1, 1});
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
        std::vector<const core::PromptSpan*> active;
        for (const core::PromptSpan& span : prompt)
            if (stretch_of(span, frames, stride).covers(stretch)) active.push_back(&span);
        segments.push_back({encode_weighted(active), stretch.first, stretch.end});
    }
    return segments;
}

}  // namespace kinora::inference
