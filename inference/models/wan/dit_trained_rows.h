#pragma once

#include <cmath>
#include <cstdint>

#include "inference/models/lanes.h"

/// The loops of `dit_trained.h`, over some rows each. Widths are multiples of sixteen; `T` is float or, for bfloat16,
/// std::uint16_t.
namespace kinora::inference::trained {

/// Calls `step(channel)` for blocks of sixteen.
template <typename Step>
KINORA_INLINE void for_each_lanes(std::int64_t width, const Step& step)
{
    for (std::int64_t channel = 0; channel < width; channel += k_lanes)
        step(channel);
}

struct Moments {
    float mean, factor;
};

template <typename T>
KINORA_INLINE Moments moments(const T* x, std::int64_t width, float eps)
{
    Lanes total = {};
    for_each_lanes(width, [&](std::int64_t i) KINORA_INLINE_LAMBDA {
        Lanes value;
        load(x + i, value);
        total += value;
    });
    const float mean = sum(total) / static_cast<float>(width);
    Lanes squares = {};
    for_each_lanes(width, [&](std::int64_t i) KINORA_INLINE_LAMBDA {
        Lanes value;
        load(x + i, value);
        value -= mean;
        squares += value * value;
    });
    return {mean, 1.0F / std::sqrt(sum(squares) / static_cast<float>(width) + eps)};
}

/// n·(scale + offset) + shift of rows that share scale and shift.
template <typename T>
struct NormForward {
    const T* x;
    const float *scale, *shift;
    T* out;
    std::int64_t rows, width;
    float offset, eps;

    KINORA_INLINE void run() const
    {
        for (std::int64_t row = 0; row < rows; ++row) {
            const T* const from = x + row * width;
            T* const to = out + row * width;
            const Moments row_moments = moments(from, width, eps);
            for_each_lanes(width, [&](std::int64_t i) KINORA_INLINE_LAMBDA {
                Lanes value, factor, added;
                load(from + i, value);
                load(scale + i, factor);
                load(shift + i, added);
                value = (value - row_moments.mean) * row_moments.factor * (factor + offset) + added;
                store(value, to + i);
            });
        }
    }
};

/// With n the normed value and d = arriving·(scale + offset): dx = factor·(d − mean(d) − n·mean(d·n)), and what came around
/// the norm is added. `scale_sums` and `shift_sums` are increased.
template <typename T>
struct NormBackward {
    const T* x;
    const float* scale;
    const T* arriving;
    const T* around;  ///< null: nothing came around
    T* out;
    float *scale_sums, *shift_sums;
    std::int64_t rows, width;
    float offset, eps;

    KINORA_INLINE void run() const
    {
        const auto count = static_cast<float>(width);
        for (std::int64_t row = 0; row < rows; ++row) {
            const T* const from = x + row * width;
            const T* const slope = arriving + row * width;
            T* const to = out + row * width;
            const Moments row_moments = moments(from, width, eps);
            Lanes total = {};
            Lanes products = {};
            for_each_lanes(width, [&](std::int64_t i) KINORA_INLINE_LAMBDA {
                Lanes value, factor, came, scaled, shifted;
                load(from + i, value);
                load(scale + i, factor);
                load(slope + i, came);
                load(scale_sums + i, scaled);
                load(shift_sums + i, shifted);
                value = (value - row_moments.mean) * row_moments.factor;
                shifted += came;
                store(shifted, shift_sums + i);
                scaled += came * value;
                store(scaled, scale_sums + i);
                came = came * (factor + offset);
                total += came;
                products += came * value;
            });
            const float mean = sum(total) / count;
            const float mean_product = sum(products) / count;
            for_each_lanes(width, [&](std::int64_t i) KINORA_INLINE_LAMBDA {
                Lanes value, factor, came;
                load(from + i, value);
                load(scale + i, factor);
                load(slope + i, came);
                value = (value - row_moments.mean) * row_moments.factor;
                value = row_moments.factor * (came * (factor + offset) - mean - value * mean_product);
                if (around != nullptr) {
                    load(around + row * width + i, came);
                    value += came;
                }
                store(value, to + i);
            });
        }
    }
};

/// Exchanges neighbours.
KINORA_INLINE void swap_pairs(Lanes& lanes)
{
    lanes = __builtin_shufflevector(lanes, lanes, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
}

/// The tables of `RmsForward` and `RmsBackward` have a head's width for each token: cosines twice each, and −sine, sine.
struct Turn {
    const float *cos, *sin;
    std::int64_t tokens, head;  ///< head 0: no rotation
};

template <typename T>
KINORA_INLINE float rms_factor(const T* x, std::int64_t width, float eps)
{
    Lanes squares = {};
    for_each_lanes(width, [&](std::int64_t i) KINORA_INLINE_LAMBDA {
        Lanes value;
        load(x + i, value);
        squares += value * value;
    });
    return 1.0F / std::sqrt(sum(squares) / static_cast<float>(width) + eps);
}

template <typename T>
struct RmsForward {
    const T* x;
    std::int64_t stride;
    const float* gain;
    Turn turn;
    T* out;
    std::int64_t first, rows, width;  ///< `first`: the number of the first row, which says its token
    float eps;

    KINORA_INLINE void run() const
    {
        for (std::int64_t row = first; row < first + rows; ++row) {
            const T* const from = x + row * stride;
            T* const to = out + row * width;
            const float factor = rms_factor(from, width, eps);
            const std::int64_t place = turn.head > 0 ? row % turn.tokens * turn.head : 0;
            std::int64_t in_head = 0;
            for (std::int64_t i = 0; i < width; i += k_lanes) {
                Lanes value, gains;
                load(from + i, value);
                load(gain + i, gains);
                value = value * factor * gains;
                if (turn.head > 0) {
                    Lanes cos, sin;
                    load(turn.cos + place + in_head, cos);
                    load(turn.sin + place + in_head, sin);
                    Lanes swapped = value;
                    swap_pairs(swapped);
                    value = value * cos + swapped * sin;
                    in_head += k_lanes;
                    if (in_head == turn.head) in_head = 0;
                }
                store(value, to + i);
            }
        }
    }
};

/// With v = x·factor and d the gradient turned back: dx = factor·(d·gain − v·mean(d·gain·v)). `gain_sums` is increased.
template <typename T>
struct RmsBackward {
    const T* x;
    std::int64_t stride;
    const float* gain;
    Turn turn;
    const T* arriving;
    T* out;
    float* gain_sums;
    float* scratch;  ///< room for a row
    std::int64_t first, rows, width;
    float eps;

    KINORA_INLINE void run() const
    {
        for (std::int64_t row = first; row < first + rows; ++row) {
            const T* const from = x + row * stride;
            const T* const slope = arriving + row * width;
            T* const to = out + row * width;
            const float factor = rms_factor(from, width, eps);
            const std::int64_t place = turn.head > 0 ? row % turn.tokens * turn.head : 0;
            std::int64_t in_head = 0;
            Lanes products = {};
            for (std::int64_t i = 0; i < width; i += k_lanes) {
                Lanes value, gains, came, sums;
                load(from + i, value);
                load(gain + i, gains);
                load(slope + i, came);
                load(gain_sums + i, sums);
                if (turn.head > 0) {
                    Lanes cos, sin;
                    load(turn.cos + place + in_head, cos);
                    load(turn.sin + place + in_head, sin);
                    Lanes swapped = came;
                    swap_pairs(swapped);
                    came = came * cos - swapped * sin;
                    in_head += k_lanes;
                    if (in_head == turn.head) in_head = 0;
                }
                value = value * factor;
                sums += came * value;
                store(sums, gain_sums + i);
                came = came * gains;
                products += came * value;
                store(came, scratch + i);
            }
            const float mean = sum(products) / static_cast<float>(width);
            for_each_lanes(width, [&](std::int64_t i) KINORA_INLINE_LAMBDA {
                Lanes value, came;
                load(from + i, value);
                load(scratch + i, came);
                value = factor * (came - value * (factor * mean));
                store(value, to + i);
            });
        }
    }
};

/// x + y·gate of rows that share the gate.
template <typename T>
struct GateForward {
    const T *x, *y;
    const float* gate;
    T* out;
    std::int64_t rows, width;

    KINORA_INLINE void run() const
    {
        for (std::int64_t row = 0; row < rows; ++row) {
            for_each_lanes(width, [&](std::int64_t i) KINORA_INLINE_LAMBDA {
                const std::int64_t place = row * width + i;
                Lanes value, added, factor;
                load(x + place, value);
                load(y + place, added);
                load(gate + i, factor);
                value += added * factor;
                store(value, out + place);
            });
        }
    }
};

/// dy = arriving·gate; `gate_sums` is increased by arriving·y.
template <typename T>
struct GateBackward {
    const T *y, *arriving;
    const float* gate;
    T* out;
    float* gate_sums;
    std::int64_t rows, width;

    KINORA_INLINE void run() const
    {
        for (std::int64_t row = 0; row < rows; ++row) {
            for_each_lanes(width, [&](std::int64_t i) KINORA_INLINE_LAMBDA {
                const std::int64_t place = row * width + i;
                Lanes value, came, factor, sums;
                load(y + place, value);
                load(arriving + place, came);
                load(gate + i, factor);
                load(gate_sums + i, sums);
                sums += came * value;
                store(sums, gate_sums + i);
                came = came * factor;
                store(came, out + place);
            });
        }
    }
};

constexpr float k_gelu_factor = 0.7978845608F;  // √(2/π)
constexpr float k_gelu_cubic = 0.044715F;

/// σ(2·√(2/π)·(x + 0.044715·x³)), with which GELU's tanh form is x·σ.
KINORA_INLINE void gelu_share(const Lanes& x, Lanes& share)
{
    Lanes decay = x * (-2.0F * k_gelu_factor) * (1.0F + k_gelu_cubic * x * x);
    exponential(decay);
    share = 1.0F / (decay + 1.0F);
}

template <typename T>
struct GeluForward {
    const T* x;
    T* out;
    std::int64_t count;

    KINORA_INLINE void run() const
    {
        for_each_lanes(count, [&](std::int64_t i) KINORA_INLINE_LAMBDA {
            Lanes value, share;
            load(x + i, value);
            gelu_share(value, share);
            value = value * share;
            store(value, out + i);
        });
    }
};

template <typename T>
struct GeluBackward {
    const T *x, *arriving;
    T* out;
    std::int64_t count;

    KINORA_INLINE void run() const
    {
        for_each_lanes(count, [&](std::int64_t i) KINORA_INLINE_LAMBDA {
            Lanes value, share, came;
            load(x + i, value);
            load(arriving + i, came);
            gelu_share(value, share);
            const Lanes inner = 2.0F * k_gelu_factor * (1.0F + 3.0F * k_gelu_cubic * value * value);
            came = came * share * (1.0F + value * (1.0F - share) * inner);
            store(came, out + i);
        });
    }
};

}  // namespace kinora::inference::trained
