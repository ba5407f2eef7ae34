#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace kinora::cli {

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
    std::optional<std::string> device;
    std::optional<std::string> dtype;
    std::optional<std::string> preset;
    std::vector<std::string> loras;       ///< "file" or "file:weight", a name from `models list` or a path
    std::vector<std::string> loras_high;  ///< likewise, only for the high-noise expert
    std::vector<std::string> loras_low;
    std::filesystem::path first_frame;
    std::filesystem::path last_frame;
    std::filesystem::path recipe;   ///< a clip or JSON file to repeat
    std::filesystem::path latents;  ///< where the latents are kept for good; empty: only until the clip is written
    std::filesystem::path output;
    int threads = 0;  ///< 0: one per core, or as many as the recipe says
    bool overwrite = false;
    bool json = false;
    bool quiet = false;
};

/// Makes the clip and tells about it. Returns the exit code.
int generate(const GenerateOptions& options, std::stop_token stop);

}  // namespace kinora::cli
