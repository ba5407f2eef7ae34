#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "inference/models/lanes.h"

/// Loops over one row of activations, compiled for any x86-64, for AVX2 and for AVX-512, and chosen when the program runs.
/// The sums go through sixteen lanes, so that the compiler may use vectors without changing the order from machine to
/// machine.
namespace kinora::inference::rows {

/// The upper half of a float, as memory holds it.
struct Bfloat16 {
    std::uint16_t bits;
};

[[gnu::always_inline]] inline float load(const float* from)
{
    return *from;
}

[[gnu::always_inline]] inline float load(const Bfloat16* from)
{
    const std::uint32_t bits = static_cast<std::uint32_t>(from->bits) << 16;
    float value = 0;
    std::memcpy(&value, &bits, sizeof(value));
    return value;
}

[[gnu::always_inline]] inline void store(float* to, float value)
{
    *to = value;
}

/// Rounds to the nearest, ties to even. Activations are finite, so that NaN needs no care.
[[gnu::always_inline]] inline void store(Bfloat16* to, float value)
{
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof(bits));
    to->bits = static_cast<std::uint16_t>((bits + 0x7FFFU + ((bits >> 16) & 1U)) >> 16);
}

/// Σ f(i) for i < count; `count` needn't be a multiple of the lanes.
template <typename Term>
[[gnu::always_inline]] inline float lane_sum(std::int64_t count, Term term)
{
    float lanes[k_lanes] = {};
    std::int64_t index = 0;
    for (; index + k_lanes <= count; index += k_lanes)
        for (std::int64_t lane = 0; lane < k_lanes; ++lane)
            lanes[lane] += term(index + lane);
    float sum = 0;
    for (; index < count; ++index)
        sum += term(index);
    for (const float lane : lanes)
        sum += lane;
    return sum;
}

template <typename In, typename Out>
[[gnu::always_inline]] inline void norm_body(const In* in, Out* out, const float* scale, const float* shift,
                                             float scale_offset, float eps, std::int64_t width)
{
    const auto count = static_cast<float>(width);
    const float mean = lane_sum(width, [&](std::int64_t i) { return load(in + i); }) / count;
    const float variance =
        lane_sum(width, [&](std::int64_t i) { return (load(in + i) - mean) * (load(in + i) - mean); }) / count;
    const float factor = 1.0F / std::sqrt(variance + eps);
    for (std::int64_t i = 0; i < width; ++i)
        store(out + i, (load(in + i) - mean) * factor * (scale[i] + scale_offset) + shift[i]);
}

/// `pairs` is half a head's width; 0: without rotation.
template <typename T>
[[gnu::always_inline]] inline void rms_rope_body(const T* in, T* out, const float* gain, const float* cos, const float* sin,
                                                 std::int64_t pairs, float eps, std::int64_t width)
{
    const float square = lane_sum(width, [&](std::int64_t i) { return load(in + i) * load(in + i); });
    const float factor = 1.0F / std::sqrt(square / static_cast<float>(width) + eps);
    if (pairs == 0) {
        for (std::int64_t i = 0; i < width; ++i)
            store(out + i, load(in + i) * factor * gain[i]);
        return;
    }
    for (std::int64_t head = 0; head < width; head += 2 * pairs) {
        for (std::int64_t pair = 0; pair < pairs; ++pair) {
            const std::int64_t i = head + 2 * pair;
            // The reference rounds the normed value to the model's type before it turns it.
            T rounded[2];
            store(rounded, load(in + i) * factor * gain[i]);
            store(rounded + 1, load(in + i + 1) * factor * gain[i + 1]);
            const float first = load(rounded);
            const float second = load(rounded + 1);
            store(out + i, first * cos[pair] - second * sin[pair]);
            store(out + i + 1, first * sin[pair] + second * cos[pair]);
        }
    }
}

template <typename Y, typename X>
[[gnu::always_inline]] inline void add_body(X* x, const Y* y, const float* gate, std::int64_t width)
{
    if (gate == nullptr) {
        for (std::int64_t i = 0; i < width; ++i)
            store(x + i, load(x + i) + load(y + i));
        return;
    }
    for (std::int64_t i = 0; i < width; ++i)
        store(x + i, load(x + i) + load(y + i) * gate[i]);
}

/// The loops in three versions, of which each call takes the widest that this processor has.
template <typename In, typename Out>
struct Dispatch {
    using Norm = void (*)(const In*, Out*, const float*, const float*, float, float, std::int64_t);
    using RmsRope = void (*)(const In*, In*, const float*, const float*, const float*, std::int64_t, float, std::int64_t);
    using Add = void (*)(Out*, const In*, const float*, std::int64_t);

    static Norm norm() { return widest<Norm>(norm_plain, norm_avx2, norm_avx512); }
    static RmsRope rms_rope() { return widest<RmsRope>(rms_rope_plain, rms_rope_avx2, rms_rope_avx512); }
    static Add add() { return widest<Add>(add_plain, add_avx2, add_avx512); }

private:
    template <typename Function>
    static Function widest(Function plain, [[maybe_unused]] Function avx2, [[maybe_unused]] Function avx512)
    {
#if defined(KINORA_HAS_TARGETS)
        const Instructions there = instructions();
        if (there == Instructions::avx512) return avx512;
        if (there == Instructions::avx2) return avx2;
#endif
        return plain;
    }

#if !defined(KINORA_HAS_TARGETS)
#define KINORA_AVX2
#define KINORA_AVX512
#endif
// One function for each instruction set: the body is inlined and compiled for it.
#define KINORA_ROW_VERSION(target, suffix)                                                                             \
    target static void norm_##suffix(const In* in, Out* out, const float* scale, const float* shift, float offset,     \
                                     float eps, std::int64_t width)                                                    \
    {                                                                                                                  \
        norm_body(in, out, scale, shift, offset, eps, width);                                                          \
    }                                                                                                                  \
    target static void rms_rope_##suffix(const In* in, In* out, const float* gain, const float* cos, const float* sin, \
                                         std::int64_t pairs, float eps, std::int64_t width)                            \
    {                                                                                                                  \
        rms_rope_body(in, out, gain, cos, sin, pairs, eps, width);                                                     \
    }                                                                                                                  \
    target static void add_##suffix(Out* x, const In* y, const float* gate, std::int64_t width)                        \
    {                                                                                                                  \
        add_body(x, y, gate, width);                                                                                   \
    }
    KINORA_ROW_VERSION([[maybe_unused]], plain)
    KINORA_ROW_VERSION(KINORA_AVX2, avx2)
    KINORA_ROW_VERSION(KINORA_AVX512, avx512)
#undef KINORA_ROW_VERSION
};

}  // namespace kinora::inference::rows
