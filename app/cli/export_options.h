#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/time/rational_time.h"

namespace kinora::cli {

/// `export` as it was typed.
struct ExportOptions {
    std::filesystem::path input;        ///< a project's folder, a video file or latents
    std::optional<std::string> preset;  ///< unset: the project's, else by the output's extension, else ProRes 422 HQ
    std::optional<std::string> range;   ///< "12:36"
    std::optional<std::string> rate;    ///< of the exported clip; unset: the clip's own
    std::optional<int> shot;            ///< from 1; unset: the whole storyboard
    std::filesystem::path output;       ///< empty: a free name in the project's exports folder, or beside the clip
    bool without_recipe = false;
    bool overwrite = false;
    bool json = false;
    bool quiet = false;
};

/// Exports and tells about it. Returns the exit code.
int export_media(const ExportOptions& options, std::stop_token stop);

/// "12:36" as the frames [12, 36) of `length`; either side may be left out. `invalid_argument` says what is possible.
[[nodiscard]] core::Result<core::FrameRange> parse_range(const std::string& text, std::int64_t length);

}  // namespace kinora::cli
