#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

#include "core/base/result.h"

namespace kinora::core {

/// An older version of a project's document, in its backups folder.
struct Backup {
    std::filesystem::path file;
    std::chrono::sys_time<std::chrono::milliseconds> time;
    friend bool operator==(const Backup&, const Backup&) = default;
};

/// Backups of a project folder, newest first. Files whose names aren't ours are left out.
[[nodiscard]] std::vector<Backup> list_backups(const std::filesystem::path& project_folder);

/// Which backups may go: all but the 5 newest, the newest of each of the 8 hours before those, and the newest of each of the
/// 7 days before those; 20 stay in all. `backups` newest first.
[[nodiscard]] std::vector<Backup> backups_to_remove(const std::vector<Backup>& backups);

/// Puts a backup in the place of project.json. The file that was there, damaged or not, is kept beside it as
/// `project.damaged-<time>.json`. `corrupt` if the backup doesn't parse either.
[[nodiscard]] Result<void> restore_backup(const std::filesystem::path& project_folder, const Backup& backup);

/// Copies project.json into backups/ under a name from `now` and thins the folder. Used by `ProjectStore::save`.
[[nodiscard]] Result<void> keep_backup(const std::filesystem::path& project_folder,
                                       std::chrono::sys_time<std::chrono::milliseconds> now);

}  // namespace kinora::core
