#include "inference/text/prompt_encoder.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <string_view>

#include "core/base/utf8.h"
#include "inference/text/prompt_cleaning.h"

namespace kinora::inference {
namespace {

/// Where each span ends in the cleaned text of all. A cleaned beginning of the text is the beginning of the cleaned text,
/// but for the space at its end, which belongs to no token.
std::vector<std::size_t> ends_in_cleaned(const std::vector<core::PromptSpan>& spans)
{
    std::vector<std::size_t> ends;
    std::string joined;
    for (const core::PromptSpan& span : spans) {
        joined += span.text;
        ends.push_back(clean_prompt(joined).size());
    }
    return ends;
}

/// How much of a prompt its first `cleaned` cleaned bytes come from.
std::size_t bytes_for_cleaned(std::string_view prompt, std::size_t cleaned)
{
    std::size_t least = 0;
    std::size_t most = prompt.size();
    while (least < most) {
        const std::size_t middle = least + (most - least) / 2;
        if (clean_prompt(core::utf8_prefix(prompt, middle)).size() <= cleaned)
            least = middle + 1;
        else
            most = middle;
    }
    return core::utf8_prefix(prompt, least == 0 ? 0 : least - 1).size();
}

bool all_weights_are_one(const std::vector<float>& weights)
{
    return std::all_of(weights.begin(), weights.end(), [](float weight) { return weight == 1.0F; });
}

/// The tokens' embeddings, followed by rows of zeros up to the padded length.
at::Tensor embed(const Umt5Encoder& encoder, const PaddedTokens& tokens)
{
    const auto ids = at::tensor(tokens.ids).clamp_max(encoder.config().vocab_size - 1).unsqueeze(0);
    auto mask = at::zeros_like(ids);
    mask.narrow(1, 0, tokens.used).fill_(1);
    return encoder.encode(ids, mask);
}

}  // namespace

WeightedTokens tokenize_spans(const Tokenizer& tokenizer, const std::vector<core::PromptSpan>& spans)
{
    WeightedTokens result;
    std::string joined;
    for (const core::PromptSpan& span : spans)
        joined += span.text;
    result.text = clean_prompt(joined);
    const std::vector<Token> tokens = tokenizer.tokenize(result.text);
    result.wanted = static_cast<int>(tokens.size());
    result.tokens = tokenizer.encode_padded(result.text, tokenizer.max_length());

    result.weights.assign(static_cast<std::size_t>(result.tokens.used), 1.0F);
    const bool plain = std::all_of(spans.begin(), spans.end(), [](const auto& span) { return span.weight == 1.0F; });
    if (plain) return result;
    const std::vector<std::size_t> ends = ends_in_cleaned(spans);
    for (std::size_t i = 0; i + 1 < result.weights.size(); ++i) {
        const auto span = std::upper_bound(ends.begin(), ends.end(), tokens[i].begin);
        if (span != ends.end()) result.weights[i] = spans[static_cast<std::size_t>(span - ends.begin())].weight;
    }
    return result;
}

EncodedPrompt encode_prompt(const Tokenizer& tokenizer, const Umt5Encoder& encoder,
                            const std::vector<core::PromptSpan>& spans)
{
    const WeightedTokens tokens = tokenize_spans(tokenizer, spans);
    EncodedPrompt result;
    result.used = tokens.tokens.used;
    result.truncated = tokens.wanted > tokens.tokens.used;
    result.embeddings = embed(encoder, tokens.tokens);
    if (all_weights_are_one(tokens.weights)) return result;

    const auto empty = embed(encoder, tokenizer.encode_padded("", tokenizer.max_length()));
    std::vector<float> weights = tokens.weights;
    weights.resize(tokens.tokens.ids.size(), 1.0F);
    const auto weight =
        at::tensor(weights).to(result.embeddings.device(), result.embeddings.scalar_type()).reshape({1, -1, 1});
    // Written so that rows of weight 1 keep their bits.
    result.embeddings = result.embeddings + (weight - 1.0) * (result.embeddings - empty);
    return result;
}

core::Result<core::TokenCount> PromptTokenCounter::count(const std::string& model_id, const std::string& prompt)
{
    std::shared_ptr<const Tokenizer> tokenizer;
    {
        const std::lock_guard lock(mutex_);
        auto& known = tokenizers_[model_id];
        if (!known) {
            const auto folder = find_model_(model_id);
            if (!folder) return folder.error();
            auto loaded = Tokenizer::load(*folder / "tokenizer");
            if (!loaded) return loaded.error();
            known = std::make_shared<const Tokenizer>(*std::move(loaded));
        }
        tokenizer = known;
    }
    const std::vector<Token> tokens = tokenizer->tokenize(clean_prompt(prompt));
    const auto limit = static_cast<std::size_t>(tokenizer->max_length());
    core::TokenCount count{static_cast<int>(tokens.size()), tokenizer->max_length(), prompt.size()};
    // The last place is the end token's, so the token at `limit - 1` is the first that falls off.
    if (tokens.size() > limit && limit > 0) count.fits = bytes_for_cleaned(prompt, tokens[limit - 1].begin);
    return count;
}

}  // namespace kinora::inference
