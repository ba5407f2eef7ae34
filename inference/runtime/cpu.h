#pragma once

#include <filesystem>

namespace kinora::inference {

/// Whether the processor multiplies bfloat16 natively (AVX512-BF16): then bfloat16 doubles the speed of linears.
[[nodiscard]] bool cpu_has_bfloat16();

/// Whether the processor multiplies 8-bit integers natively, in the widest registers (AVX-512 VNNI).
[[nodiscard]] bool cpu_has_int8();

/// Cores that this process may use: hardware threads of one core count once, and the process's affinity and the container's
/// CPU quota are kept to. At least 1. What `set_cores` says outweighs all this.
[[nodiscard]] int usable_cores();

/// Makes `usable_cores` say this number, for people who leave cores to others and for recipes: the number of threads decides
/// bits. 0: counted again. Thread-safe.
void set_cores(int cores);

/// Gives libtorch one thread per usable core; returns their number. Call it on the worker's thread before work.
int use_all_cores();

}  // namespace kinora::inference
