#include "inference/models/wan/vae_layout.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <type_traits>
#include <vector>

#include "inference/models/widest.h"

namespace kinora::inference {
namespace {

/// Values of a weight that one thread lays out at least.
constexpr std::int64_t k_grain = 1 << 16;

at::MemoryFormat channels_last(const at::Tensor& x)
{
    return x.dim() == 5 ? at::MemoryFormat::ChannelsLast3d : at::MemoryFormat::ChannelsLast;
}

bool has_kernel(at::ScalarType type)
{
    return type == at::kFloat || type == at::kBFloat16;
}

/// Values of another type on their way through float32.
template <typename From, typename To>
struct Convert {
    const From* from;
    To* to;
    std::int64_t count;

    KINORA_INLINE void run() const
    {
        Lanes lanes;
        std::int64_t at = 0;
        for (; at + k_lanes <= count; at += k_lanes) {
            load(from + at, lanes);
            store(lanes, to + at);
        }
        if (at == count) return;
        load_some(from + at, count - at, lanes);
        store_some(lanes, count - at, to + at);
    }
};

/// One output's weights [in][from_places, of which the last `places`] → [places][in].
template <typename T>
void transpose(const T* from, T* to, std::int64_t in, std::int64_t from_places, std::int64_t places)
{
    from += from_places - places;
    for (std::int64_t place = 0; place < places; ++place)
        for (std::int64_t channel = 0; channel < in; ++channel)
            to[place * in + channel] = from[channel * from_places + place];
}

template <typename From, typename To>
void lay_out(const at::Tensor& weight, at::Tensor& out)
{
    const auto* const source = static_cast<const From*>(weight.const_data_ptr());
    auto* const target = static_cast<To*>(out.mutable_data_ptr());
    const auto in = weight.size(1);
    const auto from_size = weight.numel() / weight.size(0), size = out.numel() / out.size(0);
    in_parallel(weight.size(0), std::max<std::int64_t>(1, k_grain / size), [&](std::int64_t begin, std::int64_t end) {
        std::vector<To> converted(std::is_same_v<From, To> ? 0 : static_cast<std::size_t>(from_size));
        for (auto row = begin; row < end; ++row) {
            const From* const from = source + row * from_size;
            if constexpr (std::is_same_v<From, To>) {
                transpose(from, target + row * size, in, from_size / in, size / in);
            } else {
                run_widest(Convert<From, To>{from, converted.data(), from_size});
                transpose<To>(converted.data(), target + row * size, in, from_size / in, size / in);
            }
        }
    });
}

/// Calls `work` with a null pointer of the type that stands for each of two scalar types.
template <typename Work>
void with_types(at::ScalarType from, at::ScalarType to, const Work& work)
{
    const float* const wide = nullptr;
    const std::uint16_t* const narrow = nullptr;
    if (from == at::kFloat)
        to == at::kFloat ? work(wide, wide) : work(wide, narrow);
    else
        to == at::kFloat ? work(narrow, wide) : work(narrow, narrow);
}

/// The nine taps [in][9] of one output as four times four of two rows and two columns, [4 cells][4 places][in].
void fold_taps(const float* from, float* to, std::int64_t in, std::int64_t cell_stride)
{
    for (std::int64_t channel = 0; channel < in; ++channel) {
        const float* const tap = from + 9 * channel;
        for (std::int64_t cell_row = 0; cell_row < 2; ++cell_row) {
            float rows[2][3];
            for (int column = 0; column < 3; ++column) {
                const float first = tap[column], middle = tap[3 + column], last = tap[6 + column];
                rows[0][column] = cell_row == 0 ? first : first + middle;
                rows[1][column] = cell_row == 0 ? middle + last : last;
            }
            for (std::int64_t cell_column = 0; cell_column < 2; ++cell_column) {
                float* const cell = to + (2 * cell_row + cell_column) * cell_stride + channel;
                for (std::int64_t row = 0; row < 2; ++row) {
                    const float* const three = rows[row];
                    cell[2 * row * in] = cell_column == 0 ? three[0] : three[0] + three[1];
                    cell[(2 * row + 1) * in] = cell_column == 0 ? three[1] + three[2] : three[2];
                }
            }
        }
    }
}

template <typename From, typename To>
void fold(const at::Tensor& weight, at::Tensor& out)
{
    const auto* const source = static_cast<const From*>(weight.const_data_ptr());
    auto* const target = static_cast<To*>(out.mutable_data_ptr());
    const auto outputs = weight.size(0), in = weight.size(1);
    in_parallel(outputs, std::max<std::int64_t>(1, k_grain / (16 * in)), [&](std::int64_t begin, std::int64_t end) {
        std::vector<float> taps(static_cast<std::size_t>(9 * in)), cells(static_cast<std::size_t>(16 * in));
        for (auto row = begin; row < end; ++row) {
            run_widest(Convert<From, float>{source + row * 9 * in, taps.data(), 9 * in});
            fold_taps(taps.data(), cells.data(), in, 4 * in);
            for (std::int64_t cell = 0; cell < 4; ++cell)
                run_widest(
                    Convert<float, To>{cells.data() + cell * 4 * in, target + (cell * outputs + row) * 4 * in, 4 * in});
        }
    });
}

}  // namespace

bool lays_out(const at::Tensor& weight, const at::Tensor& x)
{
    const bool gradient = at::GradMode::is_enabled() && (weight.requires_grad() || x.requires_grad());
    return !gradient && x.device().is_cpu() && weight.device().is_cpu() && has_kernel(x.scalar_type());
}

at::Tensor laid_out(const at::Tensor& weight, at::ScalarType dtype, std::int64_t taps)
{
    const bool all = weight.dim() < 5 || taps == weight.size(2);
    if (all && weight.scalar_type() == dtype && weight.is_contiguous(channels_last(weight))) return weight;
    if (!weight.is_contiguous() || !has_kernel(weight.scalar_type())) {
        const auto part = all ? weight : weight.narrow(2, weight.size(2) - taps, taps);
        return part.to(dtype).contiguous(channels_last(weight));
    }
    auto shape = weight.sizes().vec();
    if (!all) shape[2] = taps;
    auto out = at::empty(shape, weight.options().dtype(dtype).memory_format(channels_last(weight)));
    with_types(weight.scalar_type(), dtype, [&](auto* from, auto* to) {
        lay_out<std::remove_const_t<std::remove_pointer_t<decltype(from)>>,
                std::remove_const_t<std::remove_pointer_t<decltype(to)>>>(weight, out);
    });
    return out;
}

at::Tensor doubling_weight(const at::Tensor& weight, at::ScalarType dtype)
{
    const auto plain = has_kernel(weight.scalar_type()) ? weight.contiguous() : weight.to(at::kFloat).contiguous();
    auto out = at::empty({4 * weight.size(0), weight.size(1), 2, 2},
                         plain.options().dtype(dtype).memory_format(at::MemoryFormat::ChannelsLast));
    with_types(plain.scalar_type(), dtype, [&](auto* from, auto* to) {
        fold<std::remove_const_t<std::remove_pointer_t<decltype(from)>>,
             std::remove_const_t<std::remove_pointer_t<decltype(to)>>>(plain, out);
    });
    return out;
}

at::Tensor interleaved_cells(const at::Tensor& cells)
{
    const auto count = cells.size(0), width = cells.size(1) / 4, rows = cells.size(2) - 1, columns = cells.size(3) - 1;
    const auto source = cells.contiguous(at::MemoryFormat::ChannelsLast);
    auto out =
        at::empty({count, width, 2 * rows, 2 * columns}, cells.options().memory_format(at::MemoryFormat::ChannelsLast));
    const auto size = static_cast<std::size_t>(width) * cells.element_size();
    const auto* const from = static_cast<const std::byte*>(source.const_data_ptr());
    auto* const to = static_cast<std::byte*>(out.mutable_data_ptr());
    const auto row_grain = std::max<std::int64_t>(1, k_grain / (2 * columns * width));
    in_parallel(count * 2 * rows, row_grain, [&](std::int64_t begin, std::int64_t end) {
        for (auto row = begin; row < end; ++row) {
            const auto picture = row / (2 * rows), high = row % (2 * rows);
            // The cell's lower and right pixels come from the sums one place further on.
            const auto source_row = picture * (rows + 1) + (high + 1) / 2;
            for (std::int64_t column = 0; column < 2 * columns; ++column) {
                const auto cell = source_row * (columns + 1) + (column + 1) / 2;
                const auto kind = 2 * (high % 2) + column % 2;
                std::memcpy(to + static_cast<std::size_t>(row * 2 * columns + column) * size,
                            from + static_cast<std::size_t>(4 * cell + kind) * size, size);
            }
        }
    });
    return out;
}

}  // namespace kinora::inference
