#include "inference/training/curriculum.h"

#include <cstddef>

namespace kinora::training {

const DitPhase& next_phase(const std::vector<DitPhase>& phases, std::int64_t place, bool from_nothing,
                           PortableRandom& random)
{
    const std::int64_t alone = from_nothing ? phases.front().steps / 2 : 0;
    if (place < alone) return phases.front();
    std::int64_t left = -alone;
    for (const DitPhase& phase : phases)
        left += phase.steps;
    auto number = static_cast<std::int64_t>(random.index(static_cast<std::size_t>(left))) + alone;
    for (const DitPhase& phase : phases) {
        if (number < phase.steps) return phase;
        number -= phase.steps;
    }
    return phases.back();
}

}  // namespace kinora::training
