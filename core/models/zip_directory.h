#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>

namespace kinora::core {

/// Where the bytes of a file in an archive lie: [begin, end) in the archive.
struct ZipEntry {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// Reads the directory of a ZIP or ZIP64 archive (APPNOTE.TXT 6.3) whose files are stored as they are: compressed,
/// encrypted and split archives are refused, as are entries that lie outside the archive or have the same name. Returns the
/// reason for a refusal, or an empty text.
[[nodiscard]] std::string parse_zip_directory(std::span<const std::byte> archive, std::map<std::string, ZipEntry>& entries);

}  // namespace kinora::core
