#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/base/result.h"
#include "core/models/download/hub.h"

namespace kinora::core {

/// What was pulled into a folder: `kinora-pulled.json` in it, with the hub's sizes and checksums by path.
struct PullRecord {
    std::map<std::string, HubFile> files;  ///< by path below the folder; `HubFile::path` is the one in the repository

    /// An empty record if there is none. `corrupt` names the file.
    [[nodiscard]] static Result<PullRecord> read(const std::filesystem::path& folder);
    [[nodiscard]] Result<void> write(const std::filesystem::path& folder) const;
};

}  // namespace kinora::core
