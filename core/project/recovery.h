#pragma once

#include <optional>
#include <vector>

#include "core/project/backups.h"
#include "core/project/project_store.h"

namespace kinora::core {

/// What can be offered when a project is opened after a crash.
struct Recovery {
    bool interrupted = false;     ///< the project wasn't closed the last time
    std::optional<Backup> newer;  ///< a backup that was written after project.json and says something else
    std::vector<Take> takes;      ///< rendered, but in no shot (`ProjectStore::unlisted_takes`)
    /// True if there is anything to ask the artist about.
    [[nodiscard]] bool offered() const { return newer.has_value() || (interrupted && !takes.empty()); }
};

/// Looks for it. Reads the disk: not for the UI thread. Takes are given as found even without a crash, for a list of their
/// own.
[[nodiscard]] Recovery find_recovery(const ProjectStore& store, const Project& project);

}  // namespace kinora::core
