#include "ui/session/project_shelf.h"

#include <chrono>
#include <thread>

namespace kinora::ui {
namespace {

namespace fs = std::filesystem;

/// How often, and how long apart, a project is tried again whose own store is just being closed: a second in all.
constexpr int k_attempts = 50;
constexpr std::chrono::milliseconds k_pause{20};

/// The same folder under every name it is called by.
fs::path key_of(const fs::path& given)
{
    std::error_code error;
    const fs::path folder =
        given.filename() == "project.json" && !fs::is_directory(given, error) ? given.parent_path() : given;
    const fs::path real = fs::weakly_canonical(folder, error);
    return error ? folder : real;
}

}  // namespace

std::shared_ptr<core::ProjectStore> ProjectShelf::find_while_locked(const fs::path& folder)
{
    const auto found = stores_.find(key_of(folder));
    auto store = found == stores_.end() ? nullptr : found->second.lock();
    // One that couldn't be written is tried again: the other studio may be gone.
    return store && store->access() == core::Access::read_write ? store : nullptr;
}

core::Result<ProjectShelf::Opened> ProjectShelf::open(const fs::path& folder)
{
    for (int attempt = 0;; ++attempt) {
        {
            const std::lock_guard lock(mutex_);
            if (auto store = find_while_locked(folder)) {
                auto project = core::read_project(*store);
                if (!project) return project.error();
                return Opened{std::move(*project), std::move(store)};
            }
            auto opened = core::open_project(folder);
            if (!opened) return opened.error();
            // A store whose last owner let go a moment ago may still hold the project's lock: it is no other studio.
            const auto known = stores_.find(key_of(folder));
            const bool leaving = known != stores_.end() && known->second.expired();
            if (opened->store.access() == core::Access::read_write || !leaving || attempt >= k_attempts) {
                auto store = std::make_shared<core::ProjectStore>(std::move(opened->store));
                stores_[key_of(folder)] = store;
                return Opened{std::move(opened->project), std::move(store)};
            }
        }
        std::this_thread::sleep_for(k_pause);
    }
}

core::Result<std::shared_ptr<core::ProjectStore>> ProjectShelf::store(const fs::path& folder)
{
    {
        const std::lock_guard lock(mutex_);
        if (auto store = find_while_locked(folder)) return store;
    }
    auto opened = open(folder);
    if (!opened) return opened.error();
    return opened->store;
}

ProjectShelf::Opened ProjectShelf::adopt(core::OpenedProject opened)
{
    const std::lock_guard lock(mutex_);
    auto store = std::make_shared<core::ProjectStore>(std::move(opened.store));
    stores_[key_of(store->folder())] = store;
    return {std::move(opened.project), std::move(store)};
}

}  // namespace kinora::ui
