#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "inference/training/probe.h"
#include "inference/training/training_log.h"
#include "inference/training/vae_quality.h"
#include "inference/training/verb_quality.h"

namespace kinora::training {

struct EvaluationOptions {
    std::filesystem::path model;   ///< the model folder
    std::filesystem::path output;  ///< folder for `evaluation.json`, `evaluation.txt` and the contact sheet; may be empty
    int clips_per_place = 6;       ///< unseen clips for the autoencoder
    int probe_clips = 0;           ///< clips generated from unseen captions and asked about; 0: none
    int verb_clips = 0;            ///< drawn clips to put through every verb; 0: none
    bool draft = false;            ///< everything that is generated is made by the model's few-step draft
    bool sheet = true;             ///< make the twenty fixed prompts' contact sheet
};

/// How often the probe sees in generated clips what the caption asked for.
struct ProbeScore {
    int asked = 0;
    int right = 0;
    int by_chance = 0;    ///< how often the clip made from another caption has the same: what knowing nothing would give
    int drawn = 0;        ///< drawn clips that it was asked about too, after their way through the autoencoder
    int drawn_right = 0;  ///< of them: the most that can be expected of generated ones
};

/// The world that a starter was trained on, as its `kinora.json` says; the first where it says nothing.
[[nodiscard]] World world_of(const std::filesystem::path& model);

/// Stages of one run of 33 frames and 20 steps, in seconds, the model loaded anew.
using StageSeconds = std::vector<std::pair<std::string, double>>;

struct Evaluation {
    VaeQuality vae;
    std::map<Attribute, ProbeScore> probe;
    ProbeScore binding;  ///< of two subjects: both, each in its colour
    /// How often which answer was given where another was wanted: attribute → (wanted, seen) → times.
    std::map<Attribute, std::map<std::pair<int, int>, int>> confusion;
    double frechet = -1;  ///< between generated and drawn clips in the probe's features; −1: not measured
    std::optional<VerbQuality> verbs;
    StageSeconds speed;
    int threads = 0;
};

/// Measures a starter: autoencoder on unseen drawn scenes, probe on clips generated from wordings that training never sees,
/// verbs on drawn clips, speed; draws the contact sheet of the
/// fixed prompts with their seeds. Everything comes from the published model folder, through the same engine as the
/// studio's.
[[nodiscard]] core::Result<Evaluation> evaluate_starter(const EvaluationOptions& options, const Say& say,
                                                        std::stop_token stop);

/// The figures as a table for people (and for the model card).
[[nodiscard]] std::string evaluation_table(const Evaluation& evaluation);

}  // namespace kinora::training
