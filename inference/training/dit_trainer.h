#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "inference/training/curriculum.h"
#include "inference/training/schedule.h"
#include "inference/training/training_log.h"

namespace kinora::training {

struct DitTrainingOptions {
    std::filesystem::path folder;      ///< checkpoint `dit-state.safetensors`, curve `dit-log.csv`, averaged weights
    std::filesystem::path latents;     ///< folder of the latent caches and of `latent-statistics.json`
    std::filesystem::path tokenizer;   ///< folder with `spiece.model`
    std::filesystem::path start_from;  ///< model folder whose weights to begin with; empty: random
    std::vector<DitPhase> phases;      ///< the shortest clips first: who begins from nothing sees only those at first
    double muon_rate = 2e-3;
    double adam_rate = 1e-3;
    double decay_share = 0.3;
    double ema_decay = 0.998;
    double shift = 3.0;
    double subject_emphasis = 3.0;  ///< how much more the subject's cells count
    double empty_captions = 0.1;    ///< share without a caption, for guidance
    std::uint64_t seed = 2;
    double minutes = 1e9;
    /// Goes through the whole curriculum, and lets the rates fall, within `minutes` instead of within the phases' steps: the
    /// best use of an hour that there is. Such a run isn't the same bit for bit when it is repeated.
    bool finish = false;
    bool bfloat16 = true;
    bool cuda = false;
};

/// Trains transformer and text encoder together by flow matching; goes on from the checkpoint in the folder if there is one.
/// Writes the averaged weights to `transformer.safetensors` and `text_encoder.safetensors`. Returns the steps done in all.
[[nodiscard]] core::Result<std::int64_t> train_dit(const DitTrainingOptions& options, const Say& say, std::stop_token stop);

}  // namespace kinora::training
