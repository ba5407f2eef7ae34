#pragma once

#include <map>
#include <vector>

#include "inference/training/dit_trainer.h"
#include "inference/training/flow_loss.h"
#include "inference/training/latent_cache.h"

namespace kinora::training {

/// A batch as drawn from the caches, before noise.
struct DitBatch {
    at::Tensor clips;     ///< float32 normalised [batch, channels, frames, height, width]
    at::Tensor tokens;    ///< int64 [batch, k_caption_tokens]
    at::Tensor emphasis;  ///< float32 [batch, frames, height, width], weighted
};

/// The caches of all phases in memory, in every shape that there is. A batch has one shape. The last 64 clips of each length
/// in the native shape are kept apart for validation.
class DitData {
public:
    [[nodiscard]] static core::Result<DitData> load(const DitTrainingOptions& options,
                                                    std::vector<std::int32_t> empty_caption);

    /// A random batch of the phase, with some captions emptied.
    [[nodiscard]] DitBatch random_batch(const DitPhase& phase, PortableRandom& random) const;

    /// Validation clips `first` … of the phase, each with its first caption.
    [[nodiscard]] DitBatch validation_batch(const DitPhase& phase, int first, int count) const;

    /// Clips of the phase's length to train on, in all shapes.
    [[nodiscard]] std::int64_t clips(const DitPhase& phase) const;

private:
    [[nodiscard]] DitBatch batch(const LatentSet& set, int frames, const at::Tensor& clips,
                                 const at::Tensor& captions) const;

    std::map<int, std::vector<LatentSet>> sets_;  ///< by length; the one with the clips for validation first
    at::Tensor mean_;
    at::Tensor std_;
    at::Tensor empty_caption_;
    double emphasis_ = 0;
    double empty_share_ = 0;
};

inline constexpr int k_validation_clips = 64;

}  // namespace kinora::training
