#pragma once

#include <filesystem>

namespace kinora::tests {

/// The build folder and the checkout. Defined in one source file that alone knows absolute paths, so that a compiler cache
/// serves all the others wherever the checkout lies.
[[nodiscard]] std::filesystem::path binary_dir();
[[nodiscard]] std::filesystem::path source_dir();

}  // namespace kinora::tests
