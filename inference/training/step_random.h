#pragma once

#include <cstdint>
#include <random>

namespace kinora::training {

/// Randomness that depends only on seed and step, so that a run continued from a checkpoint draws what it would have drawn.
inline std::mt19937_64 step_random(std::uint64_t seed, std::uint64_t step)
{
    // SplitMix64 of both numbers: neighbouring steps get unrelated streams.
    std::uint64_t x = seed * 0x9E3779B97F4A7C15ULL + step;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return std::mt19937_64(x ^ (x >> 31));
}

/// In [0, 1), the same on every standard library (std::uniform_real_distribution isn't).
inline double uniform(std::mt19937_64& random)
{
    return static_cast<double>(random() >> 11) * 0x1.0p-53;
}

/// In [0, count), the same on every standard library.
inline int below(std::mt19937_64& random, int count)
{
    return static_cast<int>(uniform(random) * count);
}

}  // namespace kinora::training
