#pragma once

#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace kinora::core {

/// OTIOZ: a zip with `version.txt`, `content.otio` and `media/…`, whose names the links in the content are.

/// A media file and its name in the archive, "media/001_harbour_take1.mov".
using PackedFile = std::pair<std::string, std::filesystem::path>;

/// Writes the archive as a whole or not at all; media are stored as they are. Errors: `not_found`, `io`, `disk_full`,
/// `cancelled`, `invalid_argument` (two media of one name).
[[nodiscard]] Result<void> write_otioz(const std::filesystem::path& file, std::string_view content,
                                       const std::vector<PackedFile>& media, const std::stop_token& stop = {});

/// The timeline of an archive in memory. `corrupt` or `unsupported` names `name`.
[[nodiscard]] Result<std::string> otioz_content(std::span<const std::byte> archive, std::string_view name);

/// Unpacks `content.otio` and what lies below `media/` into an empty folder. Names that would leave the folder, links and
/// anything else in the archive are passed over; what is larger than it says, or than the disk has room for, is refused.
/// Gives the content. Errors also: `disk_full`, `cancelled`.
[[nodiscard]] Result<std::string> unpack_otioz(const std::filesystem::path& file, const std::filesystem::path& folder,
                                               const std::stop_token& stop = {});

}  // namespace kinora::core
