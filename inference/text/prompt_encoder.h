#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/generation/generator.h"
#include "core/generation/request.h"
#include "inference/text/tokenizer.h"
#include "inference/text/umt5.h"

namespace kinora::inference {

/// A prompt's tokens with the weight of each.
struct WeightedTokens {
    std::string text;            ///< the whole prompt, cleaned
    PaddedTokens tokens;         ///< cut and padded to the model's length
    std::vector<float> weights;  ///< as many as `tokens.used`
    int wanted = 0;              ///< tokens of the prompt before it was cut, with EOS
};

/// Cleans and tokenizes a prompt as a whole, so that brackets around a word don't change its tokens, and gives every token
/// the weight of the span in which it begins; EOS has the weight 1.
[[nodiscard]] WeightedTokens tokenize_spans(const Tokenizer& tokenizer, const std::vector<core::PromptSpan>& spans);

/// A prompt as the transformer takes it.
struct EncodedPrompt {
    at::Tensor embeddings;   ///< [1, max_length, d_model], zero past the prompt, in the encoder's type and on its device
    int used = 0;            ///< rows that hold tokens
    bool truncated = false;  ///< whether the prompt's end fell off
};

/// Cleans, tokenizes and encodes spans that act together; joined, their texts are the prompt. A weight w moves the embedding
/// e of a token away from the empty prompt's in the same row, e0: e0 + w·(e − e0). Only the prompt's own tokens are
/// computed, as padding can't influence them. Times in the spans are not looked at.
[[nodiscard]] EncodedPrompt encode_prompt(const Tokenizer& tokenizer, const Umt5Encoder& encoder,
                                          const std::vector<core::PromptSpan>& spans);

/// Counts tokens for the prompt editor. Reads only a model's tokenizer, once. Thread-safe.
class PromptTokenCounter final : public core::TokenCounter {
public:
    /// Says where a model is; `not_found` if there is none of that name.
    using FindModel = std::function<core::Result<std::filesystem::path>(const std::string& model_id)>;

    explicit PromptTokenCounter(FindModel find_model) : find_model_(std::move(find_model)) {}

    /// Tokens of the prompt without grammar, cleaned, with EOS; and how many the model takes.
    [[nodiscard]] core::Result<core::TokenCount> count(const std::string& model_id, const std::string& prompt) override;

private:
    FindModel find_model_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const Tokenizer>> tokenizers_;
};

}  // namespace kinora::inference
