#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "core/base/result.h"

namespace kinora::core {

/// Whoever waits for a copy.
struct CopyWatch {
    std::function<void(double)> progress;  ///< told the share that is done, 0…1, on the copying thread
    std::stop_token stop;                  ///< nothing is left of a copy that is stopped
};

/// `copy_project` of project_store.h, watched. Also `cancelled`.
[[nodiscard]] Result<void> copy_project(const std::filesystem::path& from, const std::filesystem::path& to,
                                        const std::string& name, const CopyWatch& watch);

}  // namespace kinora::core
