#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <string>

#include "inference/models/layers.h"
#include "inference/models/wan/dit_config.h"
#include "inference/models/wan/dit_observer.h"

namespace kinora::inference {

/// `condition_embedder.time_embedder` and `.time_proj`: the time step as modulation.
struct WanTimeEmbedder {
    Linear linear_1, linear_2;  ///< stay float32 whatever the model's type
    Linear time_proj;           ///< to six vectors per block
};

/// `condition_embedder.text_embedder`: the text encoder's rows in the transformer's width.
struct WanTextEmbedder {
    Linear linear_1, linear_2;
};

/// `condition_embedder.image_embedder`: CLIP features in the transformer's width (2.1 image-to-video).
struct WanImageEmbedder {
    LayerNorm norm1;
    Linear first, second;  ///< `ff.net.0.proj`, `ff.net.2`
    LayerNorm norm2;
    at::Tensor pos_embed;  ///< [1, rows, image_dim], only of first-and-last-frame models
};

/// What a time step means to the blocks. `groups` is 1, the latent frames, or the tokens.
struct TimeModulation {
    at::Tensor embedding;   ///< [batch, groups, width], float32 rounded to the model's type
    at::Tensor projection;  ///< [batch, groups, 6, width], float32
};

/// Cosines first, then sines, float32 `[n, freq_dim]`, of time steps 0…1000 `[n]`.
[[nodiscard]] at::Tensor time_sinusoid(const at::Tensor& timesteps, std::int64_t freq_dim);

/// `timesteps` [batch, groups]. `dtype` is the type the blocks work in. The embedder itself always runs in float32.
[[nodiscard]] TimeModulation embed_time(const WanTimeEmbedder& embedder, const WanDitConfig& config,
                                        const at::Tensor& timesteps, at::ScalarType dtype, const TensorObserver& observer);

/// [batch, rows, text_dim] → [batch, rows, width].
[[nodiscard]] at::Tensor embed_text(const WanTextEmbedder& embedder, const at::Tensor& text);

/// [images, rows, image_dim] → [batch, rows, width]; with a position embedding two images' rows are joined into one context.
[[nodiscard]] at::Tensor embed_image(const WanImageEmbedder& embedder, const at::Tensor& features);

[[nodiscard]] WanTimeEmbedder outline_time_embedder(const WanDitConfig& config);
[[nodiscard]] WanTextEmbedder outline_text_embedder(const WanDitConfig& config);
[[nodiscard]] std::optional<WanImageEmbedder> outline_image_embedder(const WanDitConfig& config);

/// `name` is `condition_embedder`.
void visit(WanTimeEmbedder& embedder, const std::string& name, const ParameterVisitor& visitor);
void visit(WanTextEmbedder& embedder, const std::string& name, const ParameterVisitor& visitor);
void visit(WanImageEmbedder& embedder, const std::string& name, const ParameterVisitor& visitor);

}  // namespace kinora::inference
