#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "inference/training/training_log.h"

namespace kinora::training {

struct StarterTrainingOptions {
    std::filesystem::path folder;  ///< checkpoints, latents, curves
    std::string stage = "all";     ///< one of `starter_stages()`
    std::filesystem::path model;   ///< where "export" (and "all") writes the model folder; default `folder/model`
    /// A model folder to go on from instead of from random weights: its tokenizer, autoencoder and latent statistics are
    /// kept (the decoder may go on), its transformer and text encoder are trained further.
    std::filesystem::path start_from;
    /// What of `start_from` is kept: "all" of the above; "pictures", where the tokenizer is trained anew on the grown
    /// world's words and the rest learns that world; or only the "transformer" with its text encoder, where the autoencoder
    /// is trained anew too. Words that both tokenizers have keep what was learnt of them.
    std::string keep = "all";
    /// Only clips of so many frames, one of `starter_lengths()`, are drawn and trained on (latents, dit): for a model that
    /// is to get better at the length it is used at. 0: the whole curriculum.
    int length = 0;
    bool finish = false;   ///< the transformer's curriculum is gone through within `minutes`
    double minutes = 1e9;  ///< for the stage (with "all": for each)
    double scale = 1.0;    ///< share of the full training's steps and clips
    bool cuda = false;
};

/// The stages by name, "all" first, then in their order.
[[nodiscard]] const std::vector<std::string>& starter_stages();

/// The lengths of clips in the transformer's curriculum, in frames.
[[nodiscard]] const std::vector<int>& starter_lengths();

/// Runs a stage, or all of them in order: tokenizer (captions), vae (autoencoder), latents (draws and encodes clips), dit
/// (transformer and text encoder), decoder (the decoder alone goes on, latents stay valid), draft (few steps), probe,
/// export. A stage that is complete is skipped, one that was interrupted goes on.
[[nodiscard]] core::Result<void> train_starter(const StarterTrainingOptions& options, const Say& say, std::stop_token stop);

}  // namespace kinora::training
