#pragma once

#include <string>

namespace kinora::app {

/// Starts this program again on the GPU runtime that the artist installed, if there is one that works: the first thing in
/// `main`. Returns where nothing is to be done, in the program that runs on the runtime, and where it can't be used.
/// `KINORA_RUNTIME=cpu` leaves it alone.
void start_on_installed_runtime(char** arguments);

/// Which runtime the program runs on: "cuda-13.0", or empty for the build it comes with.
[[nodiscard]] const std::string& active_runtime();

/// Why an installed runtime isn't used, as a sentence; empty where all is well.
[[nodiscard]] const std::string& runtime_obstacle();

}  // namespace kinora::app
