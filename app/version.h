#pragma once

#include <string>
#include <string_view>

namespace kinora::app {

/// "kinora 0.1.0 (commit 1a2b3c4d5e6f)" and a line each for libtorch, FFmpeg and Qt, as far as the program has them.
[[nodiscard]] std::string version_text(std::string_view program);

}  // namespace kinora::app
