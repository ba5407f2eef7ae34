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
    std::filesystem::path input;         ///< a project's folder, a video file or latents
    std::optional<std::string> preset;   ///< a name, an own preset's name, or its .json file; unset: the project's, else by
                                         ///< the output's extension, else ProRes 422 HQ
    std::optional<std::string> range;    ///< "12:36"
    std::optional<std::string> rate;     ///< "24", "23.976"; unset: the clip's own, the project's
    std::optional<std::string> conform;  ///< "repeat", "blend", "interpolate"
    std::optional<std::string> colour;   ///< "bt709", "p3", "bt2020"
    std::optional<int> quality;
    std::optional<std::string> timecode;
    std::optional<double> loudness;    ///< LUFS
    std::optional<std::string> shots;  ///< "3", "1,4-6", "all"; unset: the whole storyboard
    bool one_file = false;             ///< the chosen shots in one file
    int handles = 0;
    std::optional<std::string> pattern;
    std::filesystem::path output;  ///< empty: a free name in the project's exports folder, or beside the clip
    bool without_recipe = false;
    bool sidecar = false;
    bool overwrite = false;
    bool json = false;
    bool quiet = false;
    bool list_presets = false;
    bool show_metadata = false;  ///< say what would be disclosed, export nothing
    bool sign = false;           ///< content credentials (C2PA)
    std::filesystem::path sign_key;
    std::filesystem::path sign_certificates;
    bool otio = false;  ///< files for editing suites
    bool otioz = false;
    bool fcpxml = false;
    bool xmeml = false;
    bool edl = false;
    bool selected_takes = false;  ///< of these only the takes that are shown
};

/// Exports and tells about it. Returns the exit code.
int export_media(const ExportOptions& options, std::stop_token stop);

/// "12:36" as the frames [12, 36) of `length`; either side may be left out. `invalid_argument` says what is possible.
[[nodiscard]] core::Result<core::FrameRange> parse_range(const std::string& text, std::int64_t length);

}  // namespace kinora::cli
