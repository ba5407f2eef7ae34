#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/export_options.h"
#include "app/cli/progress_display.h"
#include "core/base/result.h"

namespace kinora::cli {

/// What an export made.
struct Exported {
    std::filesystem::path file;
    std::string preset;
    int frames = 0;
    int width = 0;
    int height = 0;
    std::vector<std::string> notes;  ///< sentences: what isn't as one might expect
};

/// A video file, or a part of it.
[[nodiscard]] core::Result<Exported> export_file(const ExportOptions& options, ProgressDisplay& display,
                                                 std::stop_token stop);

/// A project's storyboard, or one of its shots.
[[nodiscard]] core::Result<Exported> export_project(const ExportOptions& options, ProgressDisplay& display,
                                                    std::stop_token stop);

}  // namespace kinora::cli
