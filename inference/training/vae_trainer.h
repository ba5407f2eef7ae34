#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>

#include "core/base/result.h"
#include "inference/models/wan/vae.h"
#include "inference/training/schedule.h"
#include "inference/training/training_log.h"

namespace kinora::training {

struct VaeTrainingOptions {
    std::filesystem::path folder;  ///< holds the checkpoint `vae-state.safetensors`, the curve `vae-log.csv`, and the result
    Schedule schedule{.steps = 14000};
    int batch = 2;
    int frames = 17;  ///< 4n + 1
    int crop = 96;    ///< pixels, square, a multiple of 32; 0: whole frames
    double muon_rate = 2e-3;
    double adam_rate = 1e-3;
    double ema_decay = 0.998;
    /// false: the decoder goes on alone from the averaged weights, so that latents stay valid. It has a checkpoint
    /// (`decoder-state.safetensors`) and result (`vae-decoder.safetensors`) of its own.
    bool train_encoder = true;
    std::uint64_t seed = 1;
    double minutes = 1e9;  ///< stop (and write a checkpoint) after so long, whatever the schedule says
    bool bfloat16 = true;
    bool cuda = false;
};

/// Trains the starter's autoencoder on scenes drawn afresh for every step; goes on from the checkpoint in the folder if
/// there is one. Writes the averaged weights to `folder/vae.safetensors`. Returns the steps done in all.
[[nodiscard]] core::Result<std::int64_t> train_vae(const VaeTrainingOptions& options, const Say& say, std::stop_token stop);

/// The averaged weights that `train_vae` wrote (with the decoder that went on alone, if it did), in float32 on the CPU.
[[nodiscard]] core::Result<inference::WanVae> load_trained_vae(const std::filesystem::path& folder);

}  // namespace kinora::training
