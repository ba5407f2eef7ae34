#pragma once

#include "inference/models/lanes.h"

#if defined(KINORA_HAS_TARGETS)
#include <immintrin.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

/// Small matrix products in 8 bits with 32-bit sums, for AVX-512 VNNI. The instruction multiplies runs of four along the
/// summed dimension, the left one without a sign, so activations are stored with 128 added, and the right-hand matrix is
/// packed to panels of 64 columns: [summed / 4][64][4].
#define KINORA_AVX512_VNNI \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,fma,prefer-vector-width=512")))

namespace kinora::inference::int8 {

constexpr std::int64_t k_panel = 64;  ///< columns of a panel
constexpr std::int64_t k_run = 4;     ///< values that one instruction sums up
constexpr std::int64_t k_rows = 6;    ///< with four vectors: 24 sums, 4 of the panel and one of the rows in 32 registers

/// rows × 64 sums over all quads of a panel.
template <int rows>
KINORA_AVX512_VNNI void multiply_tile(const std::uint8_t* a, std::int64_t a_stride, const std::int8_t* panel,
                                      std::int64_t quads, std::int32_t* c)
{
    __m512i sums[rows][4];
#pragma GCC unroll 8
    for (int row = 0; row < rows; ++row)
#pragma GCC unroll 4
        for (int vector = 0; vector < 4; ++vector)
            sums[row][vector] = _mm512_setzero_si512();
    for (std::int64_t quad = 0; quad < quads; ++quad) {
        __m512i right[4];
#pragma GCC unroll 4
        for (int vector = 0; vector < 4; ++vector)
            right[vector] = _mm512_loadu_si512(panel + (quad * 4 + vector) * 64);
#pragma GCC unroll 8
        for (int row = 0; row < rows; ++row) {
            int four = 0;
            std::memcpy(&four, a + row * a_stride + quad * 4, sizeof(four));
            const __m512i left = _mm512_set1_epi32(four);
#pragma GCC unroll 4
            for (int vector = 0; vector < 4; ++vector)
                sums[row][vector] = _mm512_dpbusd_epi32(sums[row][vector], left, right[vector]);
        }
    }
#pragma GCC unroll 8
    for (int row = 0; row < rows; ++row)
#pragma GCC unroll 4
        for (int vector = 0; vector < 4; ++vector)
            _mm512_storeu_si512(c + row * k_panel + 16 * vector, sums[row][vector]);
}

using Tile = void (*)(const std::uint8_t*, std::int64_t, const std::int8_t*, std::int64_t, std::int32_t*);

template <int... rows>
constexpr auto tiles_of(std::integer_sequence<int, rows...>)
{
    return std::array<Tile, sizeof...(rows)>{multiply_tile<rows + 1>...};
}

/// c [rows, 64] = a [rows, 4·quads] · panel; at most `k_rows` rows.
inline void multiply(const std::uint8_t* a, std::int64_t a_stride, std::int64_t rows, const std::int8_t* panel,
                     std::int64_t quads, std::int32_t* c)
{
    static constexpr auto k_tiles = tiles_of(std::make_integer_sequence<int, k_rows>());
    k_tiles[static_cast<std::size_t>(rows - 1)](a, a_stride, panel, quads, c);
}

/// Sixteen values from `index` on, of which those past `count` are 0.
template <typename T>
KINORA_INLINE void load_before(const T* from, std::int64_t index, std::int64_t count, Lanes& to)
{
    if (index + k_lanes <= count)
        load(from + index, to);
    else if (index < count)
        load_some(from + index, count - index, to);
    else
        to = Lanes{};
}

/// One row in 8 bits: q = round(x / scale) + offset, scale = largest magnitude / 127, which is returned. `to` has room for
/// `padded` values; those past `count` are `offset`, which is 0.
template <typename T>
KINORA_AVX512_VNNI float quantise_row(const T* from, std::int64_t count, std::int64_t padded, int offset, std::uint8_t* to)
{
    Lanes most{};
    for (std::int64_t i = 0; i < count; i += k_lanes) {
        Lanes values;
        load_before(from, i, count, values);
        values = values < 0.0F ? -values : values;
        most = values > most ? values : most;
    }
    float lanes[k_lanes];
    store(most, lanes);
    const float largest = *std::max_element(lanes, lanes + k_lanes);
    const float factor = largest > 0 ? 127.0F / largest : 0.0F;
    // 1.5 · 2^23: adding it leaves the nearest integer in the low bits.
    constexpr float rounding = 12582912.0F;
    for (std::int64_t i = 0; i < padded; i += k_lanes) {
        using Bytes = std::uint8_t __attribute__((vector_size(k_lanes)));
        Lanes values;
        load_before(from, i, count, values);
        const Lanes shifted = values * factor + rounding;
        Bits bits;
        reinterpret(shifted, bits);
        const Bytes bytes = __builtin_convertvector(bits + static_cast<std::uint32_t>(offset), Bytes);
        std::memcpy(to + i, &bytes, static_cast<std::size_t>(std::min(k_lanes, padded - i)));
    }
    return largest / 127.0F;
}

}  // namespace kinora::inference::int8
#endif
