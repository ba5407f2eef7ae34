#include "inference/models/wan/vae_kernels.h"

#include <ATen/TensorIterator.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/arange.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#define KINORA_INLINE inline __attribute__((always_inline))

namespace kinora::inference {
namespace {

constexpr std::int64_t k_lanes = 16;
constexpr float k_smallest_norm = 1e-12F;

/// Sixteen values at a time, in however many registers the processor needs for them. So that the same bits come out
/// everywhere, the order of additions is that of the lanes, whatever the register's width.
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

/// x → silu(x · scale · gamma)
KINORA_INLINE void activate(Lanes& x, float scale, const Lanes& gamma)
{
    const Lanes value = x * scale * gamma;
    Lanes decay = -value;
    exponential(decay);
    x = value / (decay + 1.0F);
}

/// One pixel after the other; `Blocks` times sixteen channels, or any number with 0.
template <int Blocks, typename T>
KINORA_INLINE void activate_pixels(const T* x, const float* gamma, T* out, std::int64_t pixels, std::int64_t width)
{
    const std::int64_t whole = Blocks > 0 ? Blocks * k_lanes : width / k_lanes * k_lanes;
    const std::int64_t left = Blocks > 0 ? 0 : width - whole;
    const float root = std::sqrt(static_cast<float>(width));
    for (std::int64_t pixel = 0; pixel < pixels; ++pixel, x += width, out += width) {
        Lanes squares = {};
        Lanes block;
        for (std::int64_t channel = 0; channel < whole; channel += k_lanes) {
            load(x + channel, block);
            squares += block * block;
        }
        if (left > 0) {
            load_some(x + whole, left, block);
            squares += block * block;
        }
        const float norm = std::sqrt(sum(squares));
        const float scale = root / (norm > k_smallest_norm ? norm : k_smallest_norm);
        Lanes gain;
        for (std::int64_t channel = 0; channel < whole; channel += k_lanes) {
            load(x + channel, block);
            load(gamma + channel, gain);
            activate(block, scale, gain);
            store(block, out + channel);
        }
        if (left > 0) {
            load_some(x + whole, left, block);
            load_some(gamma + whole, left, gain);
            activate(block, scale, gain);
            store_some(block, left, out + whole);
        }
    }
}

template <typename T>
KINORA_INLINE void activate_pixels(const T* x, const float* gamma, T* out, std::int64_t pixels, std::int64_t width)
{
    if (width == k_lanes)
        activate_pixels<1>(x, gamma, out, pixels, width);
    else if (width == 2 * k_lanes)
        activate_pixels<2>(x, gamma, out, pixels, width);
    else
        activate_pixels<0>(x, gamma, out, pixels, width);
}

#if defined(__x86_64__) && defined(__GNUC__)
#define KINORA_WIDE __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma,prefer-vector-width=512")))
#define KINORA_MIDDLE __attribute__((target("avx2,fma")))

template <typename T>
KINORA_WIDE void activate_pixels_wide(const T* x, const float* gamma, T* out, std::int64_t pixels, std::int64_t width)
{
    activate_pixels(x, gamma, out, pixels, width);
}

template <typename T>
KINORA_MIDDLE void activate_pixels_middle(const T* x, const float* gamma, T* out, std::int64_t pixels, std::int64_t width)
{
    activate_pixels(x, gamma, out, pixels, width);
}

template <typename T>
void activate_run(const T* x, const float* gamma, T* out, std::int64_t pixels, std::int64_t width)
{
    static const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                             __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    static const bool middle = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (wide)
        activate_pixels_wide(x, gamma, out, pixels, width);
    else if (middle)
        activate_pixels_middle(x, gamma, out, pixels, width);
    else
        activate_pixels(x, gamma, out, pixels, width);
}
#else
template <typename T>
void activate_run(const T* x, const float* gamma, T* out, std::int64_t pixels, std::int64_t width)
{
    activate_pixels(x, gamma, out, pixels, width);
}
#endif

/// Calls `work(begin, end)` for parts of 0 … count on libtorch's threads. `at::parallel_for` would be serial here, since its
/// loop is compiled in the caller, without OpenMP; a tensor iterator's loop is compiled in libtorch.
template <typename Work>
void in_parallel(std::int64_t count, std::int64_t grain, const Work& work)
{
    auto numbers = at::arange(count, at::TensorOptions().dtype(at::kLong));
    auto iterator = at::TensorIteratorConfig().add_output(numbers).resize_outputs(false).check_all_same_dtype(false).build();
    iterator.for_each(
        [&](char** data, const std::int64_t*, std::int64_t size, std::int64_t outer) {
            const auto begin = *reinterpret_cast<const std::int64_t*>(data[0]);
            work(begin, begin + size * outer);
        },
        grain);
}

template <typename T>
void activate_frames(const at::Tensor& x, const float* gamma, at::Tensor& out)
{
    const auto width = x.size(1), frames = x.size(2), rows = x.size(3), columns = x.size(4);
    const auto skipped = out.size(2) - frames;
    const auto* const source = static_cast<const T*>(x.const_data_ptr());
    auto* const target = static_cast<T*>(out.mutable_data_ptr());
    const auto row_size = columns * width;
    in_parallel(x.size(0) * frames * rows, std::max<std::int64_t>(1, 32768 / row_size),
                [&](std::int64_t begin, std::int64_t end) {
                    for (auto row = begin; row < end; ++row) {
                        const auto clip = row / (frames * rows);
                        activate_run(source + row * row_size, gamma, target + (row + (clip + 1) * skipped * rows) * row_size,
                                     columns, width);
                    }
                });
}

}  // namespace

bool can_activate_channels_into(const at::Tensor& x, const at::Tensor& gamma)
{
    const bool known = x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16;
    const bool gradient = at::GradMode::is_enabled() && (x.requires_grad() || gamma.requires_grad());
    return known && !gradient && x.device().is_cpu();
}

void activate_channels_into(const at::Tensor& x, const at::Tensor& gamma, at::Tensor& out)
{
    const auto source = x.contiguous(at::MemoryFormat::ChannelsLast3d);
    const auto gains = gamma.to(at::kFloat).contiguous();
    if (x.scalar_type() == at::kFloat)
        activate_frames<float>(source, gains.const_data_ptr<float>(), out);
    else
        activate_frames<std::uint16_t>(source, gains.const_data_ptr<float>(), out);
}

}  // namespace kinora::inference
