#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/project/asset.h"

namespace kinora::media {

/// Looks at a file that the artist brings: video, picture or sound, its length, size, rate and sum. The asset gets a new id
/// and the file's absolute path; `core::gather_file` brings it into the project, `core::add_asset` lists it. Reads the whole
/// file: not for the UI thread. Errors: `not_found`, `corrupt` (names the file), `unsupported` (nothing that can be shown or
/// heard in it), `cancelled`. Of a damaged file what can be read counts, and `damage` gets a sentence about the rest.
[[nodiscard]] core::Result<core::Asset> describe_media(const std::filesystem::path& file, std::stop_token stop = {},
                                                       std::string* damage = nullptr);

/// The sentence about a damaged file from what a probe or a reader says ("23 of 48 frames can be read"); empty for empty.
[[nodiscard]] std::string damage_words(const std::filesystem::path& file, const std::string& damage);

}  // namespace kinora::media
