#include "tests/paths.h"

namespace kinora::tests {

std::filesystem::path binary_dir()
{
    return KINORA_BINARY_DIR;
}

std::filesystem::path source_dir()
{
    return KINORA_SOURCE_DIR;
}

}  // namespace kinora::tests
