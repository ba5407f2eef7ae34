#pragma once

#include <string>

#include "core/generation/request.h"

namespace kinora::inference {

/// What a machine does in a second.
struct MachineSpeed {
    double sampling_flops = 0;  ///< operations of the transformer per second
    double decoded_values = 0;  ///< pixels of output × decoder width² per second
};

/// A guess from the number of cores and the type.
[[nodiscard]] MachineSpeed guess_speed(int cores, bool bfloat16);

/// What earlier runs of this machine measured with the recipe's device, type and threads: with its model, else with another
/// one; a guess where there was none. Read from Kinora's cache folder.
[[nodiscard]] MachineSpeed known_speed(const core::Recipe& recipe);

/// Remembers what a run measured. Parts that aren't positive are left as they were. Without a cache folder to write to the
/// next run only knows less.
void remember_speed(const core::Recipe& recipe, const MachineSpeed& speed);

}  // namespace kinora::inference
