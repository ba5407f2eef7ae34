#include "inference/models/wan/vae_kernels.h"

#include <ATen/ops/empty_like.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "inference/models/widest.h"

namespace kinora::inference {
namespace {

constexpr float k_smallest_norm = 1e-12F;

/// Calls `step(channel, count)` for blocks of sixteen channels and the rest.
template <typename Step>
KINORA_INLINE void for_each_block(std::int64_t width, const Step& step)
{
    std::int64_t channel = 0;
    for (; channel + k_lanes <= width; channel += k_lanes)
        step(channel, k_lanes);
    if (channel < width) step(channel, width - channel);
}

template <typename T>
KINORA_INLINE void load_block(const T* from, std::int64_t count, Lanes& to)
{
    count == k_lanes ? load(from, to) : load_some(from, count, to);
}

template <typename T>
KINORA_INLINE void store_block(const Lanes& from, std::int64_t count, T* to)
{
    count == k_lanes ? store(from, to) : store_some(from, count, to);
}

/// √channels / ‖x‖ of one pixel.
template <typename T>
KINORA_INLINE float scale_of(const T* x, std::int64_t width, float root)
{
    Lanes squares = {};
    for_each_block(width, [&](std::int64_t channel, std::int64_t count) KINORA_INLINE_LAMBDA {
        Lanes block;
        load_block(x + channel, count, block);
        squares += block * block;
    });
    const float norm = std::sqrt(sum(squares));
    return root / (norm > k_smallest_norm ? norm : k_smallest_norm);
}

/// 1 / (1 + e^−value)
KINORA_INLINE void sigmoid(const Lanes& value, Lanes& result)
{
    Lanes decay = -value;
    exponential(decay);
    result = 1.0F / (decay + 1.0F);
}

/// A row of pixels, each with its channels side by side.
template <typename T>
struct ForwardRow {
    const T* x;
    const float* gamma;
    T* out;
    std::int64_t pixels;
    std::int64_t width;

    KINORA_INLINE void run(std::int64_t channels) const
    {
        const float root = std::sqrt(static_cast<float>(channels));
        for (std::int64_t pixel = 0; pixel < pixels; ++pixel) {
            const T* const from = x + pixel * channels;
            T* const to = out + pixel * channels;
            const float scale = scale_of(from, channels, root);
            for_each_block(channels, [&](std::int64_t channel, std::int64_t count) KINORA_INLINE_LAMBDA {
                Lanes value, gain, share;
                load_block(from + channel, count, value);
                load_block(gamma + channel, count, gain);
                value = value * scale * gain;
                sigmoid(value, share);
                value = value * share;
                store_block(value, count, to + channel);
            });
        }
    }
};

/// The same row on the way back: `gradient` is that of the output; `gamma_gradient` sums over the row's pixels.
template <typename T>
struct BackwardRow {
    const T* x;
    const float* gamma;
    const T* gradient;
    T* x_gradient;
    float* gamma_gradient;
    float* scratch;  ///< room for the channels of one pixel
    std::int64_t pixels;
    std::int64_t width;

    /// With v = x · scale (so that the mean of v² is 1) and n = v · gamma: d silu(n) = σ(n) · (1 + n · (1 − σ(n))), and
    /// dx = scale · (dv − v · mean(dv · v)).
    KINORA_INLINE void run(std::int64_t channels) const
    {
        const float root = std::sqrt(static_cast<float>(channels));
        for (std::int64_t pixel = 0; pixel < pixels; ++pixel) {
            const T* const from = x + pixel * channels;
            const T* const slope = gradient + pixel * channels;
            T* const to = x_gradient + pixel * channels;
            const float scale = scale_of(from, channels, root);
            Lanes products = {};
            for_each_block(channels, [&](std::int64_t channel, std::int64_t count) KINORA_INLINE_LAMBDA {
                Lanes value, gain, share, arriving, summed;
                load_block(from + channel, count, value);
                load_block(gamma + channel, count, gain);
                load_block(slope + channel, count, arriving);
                load_block(gamma_gradient + channel, count, summed);
                value = value * scale;
                const Lanes normed = value * gain;
                sigmoid(normed, share);
                arriving = arriving * share * (1.0F + normed * (1.0F - share));
                summed += arriving * value;
                store_block(summed, count, gamma_gradient + channel);
                arriving = arriving * gain;
                products += arriving * value;
                store_block(arriving, count, scratch + channel);
            });
            const float mean = sum(products) / static_cast<float>(channels);
            for_each_block(channels, [&](std::int64_t channel, std::int64_t count) KINORA_INLINE_LAMBDA {
                Lanes value, arriving;
                load_block(from + channel, count, value);
                load_block(scratch + channel, count, arriving);
                value = scale * (arriving - value * (scale * mean));
                store_block(value, count, to + channel);
            });
        }
    }
};

/// The usual widths are known at compile time, so that their loops are unrolled.
template <typename Row>
struct WithKnownWidth {
    const Row& row;

    KINORA_INLINE void run() const
    {
        if (row.width == k_lanes)
            row.run(k_lanes);
        else if (row.width == 2 * k_lanes)
            row.run(2 * k_lanes);
        else
            row.run(row.width);
    }
};

template <typename Row>
void run_row_best(const Row& row)
{
    run_widest(WithKnownWidth<Row>{row});
}

/// Where the rows of a video lie, in one with frames in front and in one without.
struct Rows {
    std::int64_t per_clip, count, size, front_per_clip;

    Rows(const at::Tensor& x, std::int64_t front)
        : per_clip(x.size(2) * x.size(3)),
          count(x.size(0) * per_clip),
          size(x.size(4) * x.size(1)),
          front_per_clip(front * x.size(3))
    {
    }

    [[nodiscard]] std::int64_t offset(std::int64_t row) const { return row * size; }
    [[nodiscard]] std::int64_t offset_behind_front(std::int64_t row) const
    {
        return (row + (row / per_clip + 1) * front_per_clip) * size;
    }
    [[nodiscard]] std::int64_t grain() const { return std::max<std::int64_t>(1, 16384 / size); }
};

template <typename T>
void forward(const at::Tensor& x, const at::Tensor& gamma, at::Tensor& out)
{
    const Rows rows(x, out.size(2) - x.size(2));
    const auto* const source = static_cast<const T*>(x.const_data_ptr());
    const auto* const gains = gamma.const_data_ptr<float>();
    auto* const target = static_cast<T*>(out.mutable_data_ptr());
    in_parallel(rows.count, rows.grain(), [&](std::int64_t begin, std::int64_t end) {
        for (auto row = begin; row < end; ++row) {
            run_row_best(ForwardRow<T>{source + rows.offset(row), gains, target + rows.offset_behind_front(row), x.size(4),
                                       x.size(1)});
        }
    });
}

template <typename T>
void backward(const at::Tensor& x, const at::Tensor& gamma, const at::Tensor& gradient, at::Tensor& x_gradient,
              at::Tensor& row_sums)
{
    const Rows rows(x, gradient.size(2) - x.size(2));
    const auto* const source = static_cast<const T*>(x.const_data_ptr());
    const auto* const slope = static_cast<const T*>(gradient.const_data_ptr());
    const auto* const gains = gamma.const_data_ptr<float>();
    auto* const target = static_cast<T*>(x_gradient.mutable_data_ptr());
    auto* const sums = row_sums.mutable_data_ptr<float>();
    in_parallel(rows.count, rows.grain(), [&](std::int64_t begin, std::int64_t end) {
        std::vector<float> scratch(static_cast<std::size_t>(x.size(1)));
        for (auto row = begin; row < end; ++row) {
            run_row_best(BackwardRow<T>{source + rows.offset(row), gains, slope + rows.offset_behind_front(row),
                                        target + rows.offset(row), sums + row * x.size(1), scratch.data(), x.size(4),
                                        x.size(1)});
        }
    });
}

at::Tensor gains_of(const at::Tensor& gamma)
{
    return gamma.to(at::kFloat).contiguous();
}

}  // namespace

bool has_activation_kernel(const at::Tensor& x)
{
    return x.device().is_cpu() && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16);
}

void activate_channels_into(const at::Tensor& x, const at::Tensor& gamma, at::Tensor& out)
{
    const auto source = x.contiguous(at::MemoryFormat::ChannelsLast3d);
    if (x.scalar_type() == at::kFloat)
        forward<float>(source, gains_of(gamma), out);
    else
        forward<std::uint16_t>(source, gains_of(gamma), out);
}

std::pair<at::Tensor, at::Tensor> activation_gradients(const at::Tensor& x, const at::Tensor& gamma,
                                                       const at::Tensor& gradient)
{
    const auto source = x.contiguous(at::MemoryFormat::ChannelsLast3d);
    const auto slope = gradient.contiguous(at::MemoryFormat::ChannelsLast3d);
    auto x_gradient = at::empty_like(source, at::MemoryFormat::ChannelsLast3d);
    // Each row of pixels has sums of its own, so that the result doesn't depend on the number of threads.
    auto row_sums = at::zeros({x.size(0) * x.size(2) * x.size(3), x.size(1)}, at::TensorOptions().dtype(at::kFloat));
    if (x.scalar_type() == at::kFloat)
        backward<float>(source, gains_of(gamma), slope, x_gradient, row_sums);
    else
        backward<std::uint16_t>(source, gains_of(gamma), slope, x_gradient, row_sums);
    return {x_gradient, row_sums.sum(0).reshape(gamma.sizes()).to(gamma.scalar_type())};
}

}  // namespace kinora::inference
