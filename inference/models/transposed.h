#pragma once

#include "inference/models/lanes.h"

#if defined(KINORA_HAS_TARGETS)
#include <cstdint>
#include <cstring>

namespace kinora::inference {

/// Lanes of `first` and `second` in turn: those of the lower halves to `low`, of the upper halves to `high`.
KINORA_INLINE void interleave(const Bits& first, const Bits& second, Bits& low, Bits& high)
{
    low = __builtin_shufflevector(first, second, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    high = __builtin_shufflevector(first, second, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/// Transposes a square of 16 × 16 values of 32 bits; strides in values.
KINORA_AVX512 inline void transpose_square(const void* from, std::int64_t stride, void* to, std::int64_t to_stride)
{
    Bits rows[16], turned[16];
#pragma GCC unroll 16
    for (int row = 0; row < 16; ++row)
        std::memcpy(&rows[row], static_cast<const char*>(from) + 4 * row * stride, sizeof(Bits));
#pragma GCC unroll 2
    for (int pass = 0; pass < 2; ++pass) {
#pragma GCC unroll 8
        for (int row = 0; row < 8; ++row)
            interleave(rows[row], rows[row + 8], turned[2 * row], turned[2 * row + 1]);
#pragma GCC unroll 8
        for (int row = 0; row < 8; ++row)
            interleave(turned[row], turned[row + 8], rows[2 * row], rows[2 * row + 1]);
    }
#pragma GCC unroll 16
    for (int row = 0; row < 16; ++row)
        std::memcpy(static_cast<char*>(to) + 4 * row * to_stride, &rows[row], sizeof(Bits));
}

}  // namespace kinora::inference
#endif
