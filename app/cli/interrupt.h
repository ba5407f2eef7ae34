#pragma once

#include <stop_token>

namespace kinora::cli {

/// A token that is stopped by the first Ctrl+C (or SIGTERM), so that a run can put its latents away; the second one ends the
/// program at once. Call once, before other threads start.
[[nodiscard]] std::stop_token stop_on_interrupt();

}  // namespace kinora::cli
