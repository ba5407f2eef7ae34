#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/enhance_choice.h"
#include "core/generation/verbs.h"

namespace kinora::cli {

/// A verb as it was typed: what to make of which clip.
struct VerbOptions {
    core::Verb verb = core::Verb::remix;
    std::filesystem::path clip;    ///< a video, or latents
    std::filesystem::path second;  ///< the clip that a blend leads to
    std::string keep;              ///< "12:24": what a re-cut keeps
    int frames = 0;                ///< that extending adds; 0: as many as the model makes well
    std::optional<float> strength;
    int count = 1;  ///< variations
};

/// `generate` as it was typed. What isn't set is taken from the recipe, if there is one, and else from the model.
struct GenerateOptions {
    std::optional<std::string> prompt;
    std::optional<std::string> negative_prompt;
    std::optional<std::string> model;
    std::optional<std::string> size;  ///< "320x192"
    std::optional<int> frames;
    std::optional<std::string> rate;  ///< "12", "23.976", "24000/1001"
    std::optional<int> steps;
    std::optional<float> guidance;
    std::optional<std::string> guidance_mode;  ///< "cfg", "cfg-zero" or "nag"
    std::optional<float> guidance_low;         ///< of a second, low-noise expert
    std::optional<float> nag_tau;
    std::optional<float> nag_alpha;
    std::optional<std::uint64_t> seed;
    std::optional<std::string> sampler;
    std::optional<float> shift;
    bool draft = false;  ///< by the few steps that the model was also trained for
    std::optional<std::string> device;
    std::optional<std::string> dtype;
    std::optional<std::string> preset;
    std::vector<std::string> loras;       ///< "file" or "file:weight", a name from `models list` or a path
    std::vector<std::string> loras_high;  ///< likewise, only for the high-noise expert
    std::vector<std::string> loras_low;
    std::optional<VerbOptions> verb;  ///< what to make of a clip; unset: a new one
    EnhanceChoice enhance;            ///< what is done to the finished clip on its way into the file
    std::filesystem::path first_frame;
    std::filesystem::path last_frame;
    std::filesystem::path after;              ///< a clip at whose last frame this one begins
    std::filesystem::path recipe;             ///< a clip or JSON file to repeat
    std::filesystem::path resume;             ///< latents that a stopped run left, to go on from
    std::optional<std::string> memory_limit;  ///< "6GB"; unset: what is free
    bool explain = false;                     ///< tell how the run goes about it, and do nothing
    std::optional<std::string> step_cache;    ///< "off", "balanced", "fast"
    std::optional<int> stop_after;            ///< steps after which the clip is kept as it is
    std::filesystem::path latents;            ///< where the latents are kept for good; empty: only until the clip is written
    std::filesystem::path output;
    int threads = 0;  ///< 0: one per core, or as many as the recipe says
    bool overwrite = false;
    bool json = false;
    bool quiet = false;
};

/// Makes the clip and tells about it. Returns the exit code.
int generate(const GenerateOptions& options, std::stop_token stop);

}  // namespace kinora::cli
