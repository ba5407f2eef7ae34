#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <stop_token>

#include "core/base/result.h"
#include "inference/training/probed_attributes.h"
#include "inference/training/scenes/scene_spec.h"
#include "inference/training/training_log.h"

namespace kinora::training {

struct ProbeTrainingOptions {
    std::filesystem::path file;  ///< the result
    World world = World::grown;
    int clips = 16000;  ///< drawn to learn from; about 230 KB of memory each
    int unseen = 1600;  ///< drawn to be asked about
    int frames = 33;    ///< of a clip
    int steps = 3000;
    int batch = 32;
    double muon_rate = 2e-3;
    double adam_rate = 1e-3;
    std::uint64_t seed = 5;
    bool bfloat16 = true;
};

/// Share of right answers on clips held out, per attribute in the order of `k_probed`.
using ProbeAccuracy = std::array<double, k_probed.size()>;

/// Draws clips of all shapes, trains a probe on them and says how well it answers on others that it never saw. Some are
/// blurred while it learns, because generated clips are softer than drawn ones.
[[nodiscard]] core::Result<ProbeAccuracy> train_probe(const ProbeTrainingOptions& options, const Say& say,
                                                      std::stop_token stop);

}  // namespace kinora::training
