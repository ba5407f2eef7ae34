#pragma once

#include <filesystem>
#include <stop_token>

#include "core/base/result.h"
#include "core/project/asset.h"

namespace kinora::media {

/// Looks at a file that the artist brings: video, picture or sound, its length, size, rate and sum. The asset gets a new id
/// and the file's absolute path; `core::gather_file` brings it into the project, `core::add_asset` lists it. Reads the whole
/// file: not for the UI thread. Errors: `not_found`, `corrupt` (names the file), `unsupported` (nothing that can be shown or
/// heard in it), `cancelled`.
[[nodiscard]] core::Result<core::Asset> describe_media(const std::filesystem::path& file, std::stop_token stop = {});

}  // namespace kinora::media
