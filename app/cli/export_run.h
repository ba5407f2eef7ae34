#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/cli/export_options.h"
#include "app/cli/progress_display.h"
#include "core/base/result.h"

namespace kinora::cli {

/// One file (or folder of pictures) that an export made.
struct ExportedFile {
    std::filesystem::path file;
    int frames = 0;
    int width = 0;
    int height = 0;
};

/// What an export made.
struct Exported {
    std::vector<ExportedFile> files;
    std::string preset;
    std::vector<std::string> notes;  ///< sentences: what isn't as one might expect
};

/// A video file, or a part of it.
[[nodiscard]] core::Result<Exported> export_file(const ExportOptions& options, ProgressDisplay& display,
                                                 std::stop_token stop);

/// A project's storyboard, or some of its shots.
[[nodiscard]] core::Result<Exported> export_project(const ExportOptions& options, ProgressDisplay& display,
                                                    std::stop_token stop);

/// Every preset with what it is good for, own ones included.
[[nodiscard]] std::string preset_list();

}  // namespace kinora::cli
