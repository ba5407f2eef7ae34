#pragma once

#include <cstdint>
#include <vector>

#include "inference/training/scenes/portable_random.h"

namespace kinora::training {

/// A length of clips in the curriculum, and how many of the steps it has.
struct DitPhase {
    std::int64_t steps = 0;
    int clip_frames = 17;   ///< which latent cache to read
    int latent_frames = 5;  ///< the prefix that is trained on
    int batch = 16;
};

/// What a step is trained on, `place` steps into a curriculum. A model that begins from nothing sees only the first phase's
/// clips for half of that phase's steps; from then on, and from the beginning in a model that goes on, the phases alternate
/// at random in the shares of steps that are left to them: what is not seen for a while is forgotten.
[[nodiscard]] const DitPhase& next_phase(const std::vector<DitPhase>& phases, std::int64_t place, bool from_nothing,
                                         PortableRandom& random);

}  // namespace kinora::training
