#pragma once

#include "inference/models/lanes.h"
#include "inference/models/transposed.h"

#if defined(KINORA_HAS_TARGETS)
#include <immintrin.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

/// Small matrix products in bfloat16 with float32 sums, for AVX-512 BF16. The instruction multiplies pairs of neighbours
/// along the summed dimension, so the right-hand matrix is packed to pairs: [summed / 2][columns], first value in the low
/// half.
#define KINORA_AVX512_BF16 \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma,prefer-vector-width=512")))

namespace kinora::inference::bf16 {

using Value = std::uint16_t;
using Pair = std::uint32_t;

/// rows × 16·vectors of c, over all pairs.
template <int rows, int vectors>
KINORA_AVX512_BF16 void multiply_tile(const Value* a, std::int64_t a_stride, const Pair* b, std::int64_t b_stride, float* c,
                                      std::int64_t c_stride, std::int64_t pairs, bool add)
{
    __m512 sums[rows][vectors];
#pragma GCC unroll 8
    for (int row = 0; row < rows; ++row)
#pragma GCC unroll 4
        for (int vector = 0; vector < vectors; ++vector)
            sums[row][vector] = add ? _mm512_loadu_ps(c + row * c_stride + 16 * vector) : _mm512_setzero_ps();
    for (std::int64_t pair = 0; pair < pairs; ++pair) {
        __m512bh right[vectors];
#pragma GCC unroll 4
        for (int vector = 0; vector < vectors; ++vector)
            right[vector] = reinterpret_cast<__m512bh>(_mm512_loadu_si512(b + pair * b_stride + 16 * vector));
#pragma GCC unroll 8
        for (int row = 0; row < rows; ++row) {
            int both = 0;
            std::memcpy(&both, a + row * a_stride + 2 * pair, sizeof(both));
            const auto left = reinterpret_cast<__m512bh>(_mm512_set1_epi32(both));
#pragma GCC unroll 4
            for (int vector = 0; vector < vectors; ++vector)
                sums[row][vector] = _mm512_dpbf16_ps(sums[row][vector], left, right[vector]);
        }
    }
#pragma GCC unroll 8
    for (int row = 0; row < rows; ++row)
#pragma GCC unroll 4
        for (int vector = 0; vector < vectors; ++vector)
            _mm512_storeu_ps(c + row * c_stride + 16 * vector, sums[row][vector]);
}

using Tile = void (*)(const Value*, std::int64_t, const Pair*, std::int64_t, float*, std::int64_t, std::int64_t, bool);

template <int... rows>
constexpr auto tiles_of(std::integer_sequence<int, rows...>)
{
    return std::array<std::array<Tile, 4>, sizeof...(rows)>{{{multiply_tile<rows + 1, 1>, multiply_tile<rows + 1, 2>,
                                                              multiply_tile<rows + 1, 3>, multiply_tile<rows + 1, 4>}...}};
}

/// c [rows, columns] = a [rows, 2·pairs] · b, or is increased by it. `columns` is a multiple of 16.
inline void multiply(const Value* a, std::int64_t a_stride, const Pair* b, std::int64_t b_stride, float* c,
                     std::int64_t c_stride, std::int64_t rows, std::int64_t columns, std::int64_t pairs, bool add)
{
    constexpr std::int64_t k_rows = 6;  // with four vectors: 24 sums, 4 of b and one of a in 32 registers
    static constexpr auto k_tiles = tiles_of(std::make_integer_sequence<int, k_rows>());
    for (std::int64_t column = 0; column < columns; column += 64) {
        const auto vectors = std::min<std::int64_t>(4, (columns - column) / 16);
        for (std::int64_t row = 0; row < rows; row += k_rows) {
            const auto count = std::min(k_rows, rows - row);
            k_tiles[static_cast<std::size_t>(count - 1)][static_cast<std::size_t>(vectors - 1)](
                a + row * a_stride, a_stride, b + column, b_stride, c + row * c_stride + column, c_stride, pairs, add);
        }
    }
}

/// Rows of a matrix as pairs of rows: out [⌈rows / 2⌉ rounded up to `pairs`][columns].
KINORA_AVX512_BF16 inline void pack_rows(const Value* from, std::int64_t stride, std::int64_t rows, std::int64_t columns,
                                         std::int64_t pairs, Pair* out)
{
    for (std::int64_t pair = 0; pair < pairs; ++pair) {
        const Value* const first = from + 2 * pair * stride;
        const Value* const second = first + stride;
        Pair* const to = out + pair * columns;
        if (2 * pair + 1 < rows) {
            for (std::int64_t column = 0; column < columns; ++column)
                to[column] = static_cast<Pair>(first[column]) | static_cast<Pair>(second[column]) << 16;
        } else if (2 * pair < rows) {
            for (std::int64_t column = 0; column < columns; ++column)
                to[column] = first[column];
        } else {
            std::fill_n(to, columns, 0U);
        }
    }
}

/// The transposed matrix as pairs: out [columns / 2][width], of which the first `rows` come from the matrix, the rest is 0.
KINORA_AVX512_BF16 inline void pack_transposed(const Value* from, std::int64_t stride, std::int64_t rows,
                                               std::int64_t columns, std::int64_t width, Pair* out)
{
    const std::int64_t whole_rows = stride % 2 == 0 ? rows / 16 * 16 : 0;
    const std::int64_t whole_pairs = columns / 32 * 16;
    for (std::int64_t row = 0; row < whole_rows; row += 16)
        for (std::int64_t pair = 0; pair < whole_pairs; pair += 16)
            transpose_square(from + row * stride + 2 * pair, stride / 2, out + pair * width + row, width);
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t pair = row < whole_rows ? whole_pairs : 0; pair < columns / 2; ++pair)
            std::memcpy(out + pair * width + row, from + row * stride + 2 * pair, sizeof(Pair));
    for (std::int64_t pair = 0; pair < columns / 2; ++pair)
        std::fill(out + pair * width + rows, out + (pair + 1) * width, 0U);
}

}  // namespace kinora::inference::bf16
#endif
