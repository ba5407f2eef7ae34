#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "inference/training/ema.h"
#include "inference/training/scenes/portable_random.h"
#include "inference/training/schedule.h"
#include "inference/training/training_log.h"

namespace kinora::training {

/// A network to be trained: its parameters and what one step does.
struct EnhanceTask {
    std::string name;  ///< of its files: `NAME-state.safetensors`, `NAME-log.csv`
    std::vector<NamedParameter> parameters;
    /// The loss of one step, on data drawn from the given stream.
    std::function<at::Tensor(PortableRandom& random)> loss;
    /// Writes the averages where they are to be used.
    std::function<core::Result<void>(const Ema& averages)> publish;
};

struct EnhanceTrainingOptions {
    std::filesystem::path folder;
    Schedule schedule{.steps = 6000, .decay_share = 0.5};
    int batch = 8;
    int side = 0;  ///< pixels of a piece; 0: what suits the network
    double muon_rate = 2e-3;
    double adam_rate = 1e-3;
    double ema_decay = 0.998;
    std::uint64_t seed = 1;
    double minutes = 1e9;  ///< stop (and write a checkpoint) after so long, whatever the schedule says
    bool bfloat16 = true;
};

/// Trains until the schedule ends, going on from the checkpoint in the folder if there is one. Returns the steps done in
/// all.
[[nodiscard]] core::Result<std::int64_t> train_task(EnhanceTask& task, const EnhanceTrainingOptions& options, const Say& say,
                                                    std::stop_token stop);

/// Upscalers ×2 and ×4 that share everything but their last layer. Writes `upscale-x2.safetensors` and
/// `upscale-x4.safetensors` (16 bit) to the folder.
[[nodiscard]] core::Result<std::int64_t> train_upscalers(const EnhanceTrainingOptions& options, const Say& say,
                                                         std::stop_token stop);

/// The interpolator. Writes `interpolate.safetensors` (16 bit).
[[nodiscard]] core::Result<std::int64_t> train_interpolator(const EnhanceTrainingOptions& options, const Say& say,
                                                            std::stop_token stop);

/// Mean absolute error, and that of its differences, so that contours are right and not only colours. [batch, 3, height,
/// width] both.
[[nodiscard]] at::Tensor picture_loss(const at::Tensor& output, const at::Tensor& target);

}  // namespace kinora::training
