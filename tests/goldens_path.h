#pragma once

#include <cstdlib>
#include <filesystem>

#include "tests/paths.h"

namespace kinora::tests {

/// The folder of reference fixtures: `KINORA_GOLDENS` names another set of the same layout, otherwise the archive in
/// `tests/goldens` as it was unpacked at configure time.
inline std::filesystem::path goldens_dir()
{
    if (const char* named = std::getenv("KINORA_GOLDENS"); named != nullptr && *named != '\0') return named;
    return binary_dir() / "goldens";
}

}  // namespace kinora::tests
