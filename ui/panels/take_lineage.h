#pragma once

#include <QString>
#include <vector>

#include "core/project/project.h"

namespace kinora::ui {

/// A take in a list, and how many of its ancestors stand above it.
struct ListedTake {
    const core::Take* take = nullptr;
    int depth = 0;
};

[[nodiscard]] std::vector<ListedTake> newest_first(const std::vector<core::Take>& takes);

/// Each take below the one it was made from, oldest first; those whose parents aren't in the list stand for themselves.
[[nodiscard]] std::vector<ListedTake> by_lineage(const std::vector<core::Take>& takes);

/// "Remix of take 2"; of a parent that is elsewhere or gone only the verb. Empty for takes made from words.
[[nodiscard]] QString origin_text(const std::vector<core::Take>& takes, const core::Take& take);

}  // namespace kinora::ui
