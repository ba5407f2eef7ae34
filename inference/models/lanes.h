#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

/// Sixteen float32 values at a time, for kernels of our own, in however many registers the processor needs for them. The
/// order of additions is that of the lanes, so the same bits come out whatever the registers' width.
///
/// Everything here is inlined into its caller, so that a function compiled for a newer processor (`KINORA_AVX512`) has its
/// code, too. Uses the vector extensions that GCC and Clang share.
#define KINORA_INLINE inline __attribute__((always_inline))
#define KINORA_INLINE_LAMBDA __attribute__((always_inline))

#if defined(__x86_64__)
#define KINORA_HAS_TARGETS 1
#define KINORA_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma,prefer-vector-width=512")))
#define KINORA_AVX2 __attribute__((target("avx2,fma")))
#endif

namespace kinora::inference {

constexpr std::int64_t k_lanes = 16;

using Lanes = float __attribute__((vector_size(4 * k_lanes)));
using Bits = std::uint32_t __attribute__((vector_size(4 * k_lanes)));
using Halves = std::uint16_t __attribute__((vector_size(2 * k_lanes)));

template <typename To, typename From>
KINORA_INLINE void reinterpret(const From& from, To& to)
{
    static_assert(sizeof(From) == sizeof(To));
    std::memcpy(&to, &from, sizeof(To));
}

KINORA_INLINE void load(const float* from, Lanes& to)
{
    std::memcpy(&to, from, sizeof(to));
}

/// From bfloat16, which is the upper half of a float32.
KINORA_INLINE void load(const std::uint16_t* from, Lanes& to)
{
    Halves halves;
    std::memcpy(&halves, from, sizeof(halves));
    const Bits bits = __builtin_convertvector(halves, Bits) << 16;
    reinterpret(bits, to);
}

KINORA_INLINE void store(const Lanes& from, float* to)
{
    std::memcpy(to, &from, sizeof(from));
}

/// To the nearest bfloat16, halves to the even one.
KINORA_INLINE void store(const Lanes& from, std::uint16_t* to)
{
    Bits bits;
    reinterpret(from, bits);
    const Halves halves = __builtin_convertvector((bits + 0x7FFFU + ((bits >> 16) & 1U)) >> 16, Halves);
    std::memcpy(to, &halves, sizeof(halves));
}

/// The last channels where their number isn't a multiple of sixteen; the other lanes are zero.
template <typename T>
KINORA_INLINE void load_some(const T* from, std::int64_t count, Lanes& to)
{
    T values[k_lanes] = {};
    std::memcpy(values, from, static_cast<std::size_t>(count) * sizeof(T));
    load(values, to);
}

template <typename T>
KINORA_INLINE void store_some(const Lanes& from, std::int64_t count, T* to)
{
    T values[k_lanes];
    store(from, values);
    std::memcpy(to, values, static_cast<std::size_t>(count) * sizeof(T));
}

KINORA_INLINE float sum(const Lanes& lanes)
{
    float values[k_lanes];
    std::memcpy(values, &lanes, sizeof(lanes));
    for (std::int64_t half = k_lanes / 2; half > 0; half /= 2) {
        for (std::int64_t lane = 0; lane < half; ++lane)
            values[lane] += values[lane + half];
    }
    return values[0];
}

/// e^x by splitting off a power of two and a polynomial (that of Cephes' expf); relative error about 1e-7.
KINORA_INLINE void exponential(Lanes& x)
{
    const Lanes lowest = Lanes{} - 87.0F;
    const Lanes highest = Lanes{} + 88.0F;
    x = x < lowest ? lowest : x;
    x = x > highest ? highest : x;
    constexpr float rounding = 12582912.0F;  // 1.5 · 2^23: adding it leaves an integer in the low bits
    const Lanes shifted = x * 1.44269504F + rounding;
    const Lanes power = shifted - rounding;
    const Lanes rest = (x - power * 0.693359375F) + power * 2.12194440e-4F;
    Lanes series = rest * 1.9875691500e-4F + 1.3981999507e-3F;
    series = series * rest + 8.3334519073e-3F;
    series = series * rest + 4.1665795894e-2F;
    series = series * rest + 1.6666665459e-1F;
    series = series * rest + 5.0000001201e-1F;
    series = series * rest * rest + rest + 1.0F;
    Bits bits;
    reinterpret(shifted, bits);
    bits = (bits - std::bit_cast<std::uint32_t>(rounding) + 127U) << 23;
    Lanes scale;
    reinterpret(bits, scale);
    x = series * scale;
}

#if defined(KINORA_HAS_TARGETS)
/// Which of the wider instruction sets this processor has, asked once.
enum class Instructions { plain, avx2, avx512 };

inline Instructions instructions()
{
    static const auto found = [] {
        if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
            __builtin_cpu_supports("avx512vl"))
            return Instructions::avx512;
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? Instructions::avx2 : Instructions::plain;
    }();
    return found;
}
#endif

}  // namespace kinora::inference
