#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "core/models/download/hub.h"

namespace kinora::core {

/// How a download goes about its work. The defaults are for people, others for tests.
struct DownloadOptions {
    int parts = 4;                            ///< connections at the same time
    std::uint64_t chunk_size = 64ULL << 20U;  ///< what one request fetches
    Retries retries;
    WebPatience patience;
    /// Free bytes on the disk of a folder; empty: asks the system.
    std::function<std::uint64_t(const std::filesystem::path&)> free_space;
};

/// A file to fetch.
struct FileOrder {
    std::string repository;
    std::string revision;
    HubFile file;
    std::filesystem::path target;
    std::string url{};  ///< where it is, if not where a hub keeps `file` of `repository`
};

/// How far a file is. `checking`: all bytes are there, their checksum is computed.
struct FileProgress {
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    bool checking = false;
};

/// Fetches a file into `order.target`, whose folder must exist, in parts at the same time; goes on from what an earlier try
/// left; compares size and checksum with what the hub says, and only then gives the file its name. What arrives damaged is
/// fetched once more, then refused (`corrupt`). When it ends early (`cancelled`, `io`, `disk_full`) the `.partial` stays.
[[nodiscard]] Result<void> download_file(const Hub& hub, const FileOrder& order, const DownloadOptions& options,
                                         const std::function<void(const FileProgress&)>& progress,
                                         const std::stop_token& stop);

/// The checksum that a hub lists for a file: the SHA-256 or Git's.
[[nodiscard]] const std::string& checksum_of(const HubFile& file);

/// Whether a file on the disk is what the hub lists. `corrupt` says which checksum it has instead; `cancelled` if stopped,
/// since large files take minutes.
[[nodiscard]] Result<void> check_file(const std::filesystem::path& path, const HubFile& file, const std::stop_token& stop);

}  // namespace kinora::core
