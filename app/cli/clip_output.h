#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/generation/request.h"

namespace kinora::cli {

/// Whether a file that is there may be replaced.
enum class Existing { keep, replace };

/// Where a clip goes: a video file, or a folder of 16-bit PNG pictures (`frame_0001.png` …) with `recipe.json` beside them.
struct ClipOutput {
    enum class Kind { video, pictures };
    Kind kind = Kind::video;
    std::filesystem::path path;
    std::string preset;  ///< of a video
    Existing existing = Existing::keep;
};

using WriteReport = std::function<void(int done, int total)>;

/// Says from the path what is meant: a folder (one that exists, a name that ends with `/` or has no extension) takes
/// pictures,
/// `.mp4` and `.mov` take video by `preset`, or by a preset that suits the extension. `invalid_argument` and `unsupported`
/// say what is possible.
[[nodiscard]] core::Result<ClipOutput> plan_output(const std::filesystem::path& path,
                                                   const std::optional<std::string>& preset, Existing existing);

/// Everything that would keep the clip from being written, found before the work: `already_exists`, `not_found` (folder),
/// `io` (not writable), `disk_full`. Leaves nothing behind.
[[nodiscard]] core::Result<void> check_output(const ClipOutput& output, int width, int height, int frames);

/// Writes the clip whole or not at all, with its recipe.
[[nodiscard]] core::Result<void> write_output(const ClipOutput& output, const core::FrameSequence& clip,
                                              const core::Recipe& recipe, const WriteReport& report, std::stop_token stop);

/// A path whose folder can take a new file: `already_exists`, `not_found`, `io`.
[[nodiscard]] core::Result<void> check_new_file(const std::filesystem::path& file, Existing existing);

}  // namespace kinora::cli
