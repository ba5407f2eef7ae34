#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "inference/models/layers.h"
#include "inference/text/umt5_config.h"
#include "inference/weights/weight_map.h"

namespace kinora::inference {

/// One layer of the encoder: attention with its own table of position biases, then a gated feed-forward.
struct Umt5Block {
    RmsNorm attention_norm;
    Linear q, k, v, o;
    at::Tensor position_bias;  ///< [buckets, heads]
    RmsNorm feed_forward_norm;
    Linear wi_0, wi_1, wo;
};

/// The encoder of UMT5 (transformers' `UMT5EncoderModel`; Chung et al. 2023): T5 v1.1 with a position bias per layer,
/// attention without 1/√d, gated tanh-GELU, RMS norms. Tensors carry transformers' names. Differentiable where its
/// parameters require gradients. Thread-safe for reading; the parameters are only changed through `for_each_parameter` and
/// `convert`.
class Umt5Encoder {
public:
    /// Called with "hidden.0" (embeddings), "hidden.N" (after block N) and the tensor, for tests.
    using Observer = std::function<void(const std::string& name, const at::Tensor& tensor)>;

    /// Takes the weights out of `weights` and converts them. The embeddings may be stored as `shared.weight`,
    /// `encoder.embed_tokens.weight` or both. They stay where and as they are stored, as only a few rows are read. A tensor
    /// that already fits isn't copied; with `WeightForm::as_stored` neither are the blocks' matrices.
    [[nodiscard]] static core::Result<Umt5Encoder> load(const Umt5Config& config, WeightMap& weights,
                                                        at::ScalarType dtype = at::kFloat,
                                                        const at::Device& device = at::Device(at::kCPU),
                                                        WeightForm form = WeightForm::converted);

    /// New float32 weights on the CPU, drawn as transformers draws them (factor 1). The same seed gives the same weights.
    [[nodiscard]] static Umt5Encoder create_random(const Umt5Config& config, std::uint64_t seed);

    [[nodiscard]] const Umt5Config& config() const { return config_; }
    [[nodiscard]] at::ScalarType dtype() const { return final_norm_.weight.scalar_type(); }
    [[nodiscard]] at::Device device() const { return final_norm_.weight.device(); }

    /// `ids` [batch, length] int64 below `vocab_size`, `mask` [batch, length], 1 for tokens and 0 for padding, or undefined
    /// for none. Returns the last hidden state [batch, length, d_model]; rows of padding hold numbers without meaning.
    [[nodiscard]] at::Tensor forward(const at::Tensor& ids, const at::Tensor& mask, const Observer& observer = {}) const;

    /// As `forward`, with the rows of padding set to zero: what the Wan transformers are given. Takes the time of the tokens
    /// alone: padding behind the last one isn't computed.
    [[nodiscard]] at::Tensor encode(const at::Tensor& ids, const at::Tensor& mask) const;

    /// Visits every parameter with its name in a checkpoint, the embeddings as `shared.weight`.
    void for_each_parameter(const ParameterVisitor& visitor);

    void convert(at::ScalarType dtype, const at::Device& device);

    /// Converts the weights of the blocks' linears only: for mixed-precision training, in which the residual, the norms and
    /// the tables stay float32.
    void convert_linears(at::ScalarType dtype);

private:
    explicit Umt5Encoder(const Umt5Config& config);

    /// What is the same for all layers of one pass.
    struct Places {
        std::int64_t length = 0;
        at::Tensor buckets;      ///< [2 length − 1]: of the distances 1 − length … length − 1 from a query to a key
        at::Tensor hidden_keys;  ///< [batch, 1, 1, length], undefined where no key is padding
    };

    /// Bucket of every distance from a query to a key, as int64.
    [[nodiscard]] at::Tensor position_buckets(const at::Tensor& relative) const;
    [[nodiscard]] Places make_places(std::int64_t length, const at::Tensor& mask) const;
    /// What is added to the scores: [1, heads, length, length], queries from the last to the first; a view of few numbers.
    [[nodiscard]] at::Tensor biases(const Umt5Block& block, const Places& places) const;
    [[nodiscard]] at::Tensor attend(const Umt5Block& block, const at::Tensor& x, const Places& places) const;
    [[nodiscard]] at::Tensor feed_forward(const Umt5Block& block, const at::Tensor& x) const;

    Umt5Config config_;
    Linear embeddings_;  ///< a table [vocab, d_model], without bias
    std::vector<Umt5Block> blocks_;
    RmsNorm final_norm_;
};

}  // namespace kinora::inference
