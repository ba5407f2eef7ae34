#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace kinora::core {

/// XMP packets in the containers that have a simple place for one: MP4 and MOV (a `uuid` box at the end), PNG (`iTXt`), TIFF
/// (tag 700), WebP (`XMP ` chunk), GIF (application extension), EXR (attribute `xmp`). See the XMP specification, part 3.

/// True if a file that begins with these bytes (16 suffice) can take a packet.
[[nodiscard]] bool can_hold_xmp(std::span<const std::byte> head);

/// Puts a packet into a finished file that has none, in place. Errors: `unsupported` (another kind of file), `corrupt`,
/// `disk_full`, `io`; the file is then not to be used.
[[nodiscard]] Result<void> embed_xmp(const std::filesystem::path& file, std::string_view packet);

/// The packet in a file's bytes, which come from outside. `not_found`: there is none; `corrupt`: the file is damaged before
/// it.
[[nodiscard]] Result<std::string> find_xmp(std::span<const std::byte> file);

}  // namespace kinora::core
