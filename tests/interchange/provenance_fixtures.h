#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kinora::tests {

/// The smallest files of their kinds that are whole, as bytes.
[[nodiscard]] std::string small_tiff(bool big_endian);
[[nodiscard]] std::string small_webp();
[[nodiscard]] std::string small_gif();
[[nodiscard]] std::string small_boxes(const char* brand);
/// A 16x16 PNG.
[[nodiscard]] std::string small_png();
/// One line of two half-float pixels without compression.
[[nodiscard]] std::string small_exr();

/// Runs a program and gives what it printed; empty if it failed or isn't there. Arguments are quoted for the shell here.
[[nodiscard]] std::string output_of(const std::string& program, const std::vector<std::string>& arguments);

/// The C2PA project's library where the tests' set-up put it; empty: it isn't installed, and the test says that it's
/// skipped.
[[nodiscard]] std::filesystem::path c2pa_library_file();

}  // namespace kinora::tests
