#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/generation/request.h"
#include "inference/pipeline/denoise.h"
#include "inference/text/tokenizer.h"
#include "inference/text/umt5.h"

namespace kinora::inference {

/// Turns prompts into what the transformer reads. Refers to tokenizer and encoder, which have to outlive it.
class PromptStage {
public:
    PromptStage(const Tokenizer& tokenizer, const Umt5Encoder& encoder) : tokenizer_(tokenizer), encoder_(encoder) {}

    /// Cleans, tokenises and encodes one text: [1, tokenizer's length, d_model] in float32, zero past the prompt's end.
    [[nodiscard]] at::Tensor encode(const std::string& text) const;

    /// One piece of prompt for each stretch of latent frames in which the same spans hold. `frames` are output frames,
    /// `stride` is how many of them a latent frame holds. Weights act on the tokens of their span: e' = e0 + w·(e − e0),
    /// where e0 are the rows of the empty prompt.
    [[nodiscard]] std::vector<PromptSegment> segments(std::span<const core::PromptSpan> prompt, int frames,
                                                      int stride) const;

private:
    [[nodiscard]] at::Tensor encode_weighted(const std::vector<core::PromptSpan>& spans) const;

    const Tokenizer& tokenizer_;
    const Umt5Encoder& encoder_;
};

}  // namespace kinora::inference
