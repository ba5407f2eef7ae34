#pragma once

#include <ATen/core/Tensor.h>

#include "inference/training/scenes/portable_random.h"

namespace kinora::training {

/// What one training step asks of a batch of clips.
struct FlowBatch {
    at::Tensor noisy;      ///< [batch, channels, frames, height, width]
    at::Tensor timesteps;  ///< [batch, frames], 0…1000; 0 where a frame is given clean
    at::Tensor target;     ///< noise − clip
    at::Tensor weights;    ///< [batch, 1, frames, height, width]: 0 where a frame is given, more where the subject is
};

/// Noise times: σ logit-normal, shifted. After Esser et al., "Scaling Rectified Flow Transformers", arXiv:2403.03206.
[[nodiscard]] at::Tensor random_sigmas(PortableRandom& random, int batch, double shift);

/// Which latent frames are given clean, as bool [batch, frames]: none in three quarters of the clips; otherwise any of what
/// verbs give: the first (most often, since pictures are brought to life so), the last, both, a prefix, a suffix, a stretch
/// in the middle, every second to fourth, or some at random. Never all.
[[nodiscard]] at::Tensor random_given_frames(PortableRandom& random, int batch, int frames);

/// `clips`: normalised latents [batch, channels, frames, height, width]; `sigmas` [batch]; `given` bool [batch, frames];
/// `emphasis` [batch, frames, height, width] ≥ 0 (0: backdrop).
[[nodiscard]] FlowBatch make_flow_batch(const at::Tensor& clips, const at::Tensor& noise, const at::Tensor& sigmas,
                                        const at::Tensor& given, const at::Tensor& emphasis);

/// Weighted mean squared error of the predicted flow.
[[nodiscard]] at::Tensor flow_loss(const at::Tensor& predicted, const FlowBatch& batch);

}  // namespace kinora::training
