#pragma once

#include <functional>

namespace kinora::inference {

/// Called at the places of a run where memory is most likely to run out, with the place's name: "encoders", "transformer",
/// "block", "decoder". For tests, which throw from it what the system would throw. Empty: nothing happens. Not thread-safe;
/// set while no run goes on.
void set_fault_hook(std::function<void(const char* place)> hook);

/// A run has come to `place`.
void pass(const char* place);

}  // namespace kinora::inference
