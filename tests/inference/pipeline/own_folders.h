#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/scratch_folder.h"

namespace kinora::tests {

/// Kinora's own folders are in a scratch folder while one of these lives.
class OwnFolders {
public:
    OwnFolders()
    {
        for (const char* name : {"XDG_DATA_HOME", "XDG_CACHE_HOME"}) {
            const char* const value = std::getenv(name);
            before_.emplace_back(name, value != nullptr ? std::optional<std::string>(value) : std::nullopt);
            ::setenv(name, (scratch_ / name).c_str(), 1);
        }
    }
    OwnFolders(const OwnFolders&) = delete;
    OwnFolders& operator=(const OwnFolders&) = delete;
    ~OwnFolders()
    {
        for (const auto& [name, value] : before_)
            if (value)
                ::setenv(name.c_str(), value->c_str(), 1);
            else
                ::unsetenv(name.c_str());
    }

private:
    ScratchFolder scratch_;
    std::vector<std::pair<std::string, std::optional<std::string>>> before_;
};

}  // namespace kinora::tests
