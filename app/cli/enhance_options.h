#pragma once

#include <CLI/App.hpp>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "app/cli/clip_output.h"
#include "app/cli/enhance_choice.h"
#include "core/base/result.h"
#include "core/generation/enhance.h"

namespace kinora::cli {

/// `kinora-cli enhance` as it was typed.
struct EnhanceOptions {
    EnhanceChoice choice;
    std::filesystem::path input;
    std::filesystem::path output;
    std::optional<std::string> preset;
    std::string device = "auto";
    std::string dtype = "auto";
    int threads = 0;
    bool overwrite = false;
    bool json = false;
    bool quiet = false;
};

/// Adds --upscale, --interpolate and what belongs to them.
void add_enhance_choice(CLI::App& command, EnhanceChoice& choice);

/// The choice as a request. `invalid_argument` says what can be typed.
[[nodiscard]] core::Result<core::EnhanceRequest> enhance_request(const EnhanceChoice& choice, const std::string& device,
                                                                 const std::string& dtype);

/// A generated clip enhanced on its way into its file, or into a folder of pictures. Returns what was written.
[[nodiscard]] core::Result<core::ClipShape> write_enhanced(const ClipOutput& output, const core::FrameSequence& clip,
                                                           const core::Recipe& recipe, const core::EnhanceRequest& request,
                                                           const WriteReport& report, std::stop_token stop);

int enhance(const EnhanceOptions& options, std::stop_token stop);

}  // namespace kinora::cli
