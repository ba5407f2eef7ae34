#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "core/project/project_store.h"

namespace kinora::ui {

/// The stores of all projects that this studio uses now, one a folder: the open project, and those that jobs of the queue
/// still work for. Who opens a project that is in use already gets the same store, so that the studio never meets its own
/// lock. Safe from any thread; opening reads the disk, so not for the UI thread.
class ProjectShelf {
public:
    struct Opened {
        core::Project project;
        std::shared_ptr<core::ProjectStore> store;
    };
    /// The errors of `core::open_project`.
    [[nodiscard]] core::Result<Opened> open(const std::filesystem::path& folder);
    /// Only the store, for who doesn't need the document.
    [[nodiscard]] core::Result<std::shared_ptr<core::ProjectStore>> store(const std::filesystem::path& folder);
    /// Puts a store that was opened otherwise (a new project) on the shelf.
    Opened adopt(core::OpenedProject opened);

private:
    std::shared_ptr<core::ProjectStore> find_while_locked(const std::filesystem::path& folder);
    std::mutex mutex_;
    std::map<std::filesystem::path, std::weak_ptr<core::ProjectStore>> stores_;
};

}  // namespace kinora::ui
