#pragma once

#include <filesystem>
#include <stop_token>

#include "app/cli/clip_output.h"

namespace kinora::cli {

/// Writes a clip as `frame_0001.png`, `frame_0002.png` … (16 bit) and `recipe.json` into a folder, which is made if it isn't
/// there. Everything is written beside it first and moved in at the end, so that a failure changes nothing; pictures of an
/// earlier, longer clip are then removed. Errors: `disk_full`, `io`, `cancelled`.
[[nodiscard]] core::Result<void> write_pictures(const std::filesystem::path& folder, const core::FrameSequence& clip,
                                                const core::Recipe& recipe, const WriteReport& report, std::stop_token stop);

}  // namespace kinora::cli
