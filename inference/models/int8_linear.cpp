#include "inference/models/int8_linear.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/_int_mm.h>
#include <ATen/ops/amax.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>
#include <vector>

#include "inference/models/int8_tiles.h"
#include "inference/models/layers.h"
#include "inference/models/transposed.h"
#include "inference/models/weights_ahead.h"
#include "inference/models/widest.h"
#include "inference/weights/packed_weight.h"

namespace kinora::inference {
namespace {

/// Rows of activations that pass through all panels before the next ones.
constexpr std::int64_t k_block = 384;
constexpr int k_offset = 128;

/// What the layers of this thread share that are brought to 8 bits at every use.
at::Tensor& shared_memory()
{
    thread_local at::Tensor memory;
    return memory;
}

std::int64_t rounded_up(std::int64_t value, std::int64_t step)
{
    return (value + step - 1) / step * step;
}

at::TensorOptions options(at::ScalarType type, const at::Device& device = at::kCPU)
{
    return at::TensorOptions().dtype(type).device(device);
}

/// Integers and scales of rows, by plain operations: for cards.
std::pair<at::Tensor, at::Tensor> plain_rows(const at::Tensor& rows)
{
    const auto wide = rows.to(at::kFloat);
    const auto largest = at::amax(wide.abs(), {1}, true);
    const auto factor = at::where(largest > 0, 127.0 / largest, largest);
    return {(wide * factor).round().to(at::kChar), (largest / 127.0).flatten()};
}

at::Tensor plain_product(const at::Tensor& weight, const at::Tensor& scales, const Int8Rows& x, const at::Tensor& bias)
{
    auto y = at::_int_mm(x.values, weight.t()).to(at::kFloat);
    y.mul_(x.scales.unsqueeze(1)).mul_(scales);
    if (bias.defined()) y.add_(bias);
    return y.to(x.source.scalar_type());
}

#if defined(KINORA_HAS_TARGETS)
/// What one product works on.
struct Product {
    const std::uint8_t* rows = nullptr;
    const float* row_scales = nullptr;
    std::int64_t count = 0;
    std::int64_t in = 0;  ///< rounded up to runs
    const std::int8_t* panels = nullptr;
    const float* scales = nullptr;
    const std::int32_t* sums = nullptr;
    const float* bias = nullptr;
    std::int64_t out = 0;
    bool gelu = false;
};

/// GELU in its tanh form: x·σ(2·√(2/π)·(x + 0.044715·x³)).
KINORA_INLINE void gelu_lanes(Lanes& x)
{
    Lanes power = (x + x * x * x * 0.044715F) * -1.5957691216F;
    exponential(power);
    x = x / (power + 1.0F);
}

/// A row of 64 sums to numbers in the result's row.
template <typename T>
KINORA_INLINE void finish_row(const Product& product, const std::int32_t* sums, std::int64_t row, std::int64_t column, T* to)
{
    const float row_scale = product.row_scales[row];
    const std::int64_t end = std::min(int8::k_panel, product.out - column);
    for (std::int64_t lane = 0; lane < end; lane += k_lanes) {
        using Integers = std::int32_t __attribute__((vector_size(4 * k_lanes)));
        Integers whole, offset;
        std::memcpy(&whole, sums + lane, sizeof(whole));
        std::memcpy(&offset, product.sums + column + lane, sizeof(offset));
        Lanes scales, bias;
        load(product.scales + column + lane, scales);
        load(product.bias + column + lane, bias);
        Lanes value = __builtin_convertvector(whole - offset, Lanes) * (scales * row_scale) + bias;
        if (product.gelu) gelu_lanes(value);
        if (lane + k_lanes <= end)
            store(value, to + lane);
        else
            store_some(value, end - lane, to + lane);
    }
}

/// Rows [first, last) times one panel.
template <typename T>
KINORA_AVX512_VNNI void multiply_block(const Product& product, std::int64_t first, std::int64_t last, std::int64_t panel,
                                       T* to)
{
    alignas(64) std::int32_t sums[int8::k_rows * int8::k_panel];
    const std::int64_t column = panel * int8::k_panel;
    const auto* values = product.panels + column * product.in;
    for (std::int64_t row = first; row < last; row += int8::k_rows) {
        const auto count = std::min(int8::k_rows, last - row);
        int8::multiply(product.rows + row * product.in, product.in, count, values, product.in / int8::k_run, sums);
        for (std::int64_t index = 0; index < count; ++index)
            finish_row(product, sums + index * int8::k_panel, row + index, column,
                       to + (row + index) * product.out + column);
    }
}

template <typename T>
void multiply_all(const Product& product, T* to)
{
    const std::int64_t panels = (product.out + int8::k_panel - 1) / int8::k_panel;
    // Blocks of equal size, whole tiles but for the last: a short block would be one thread's whole share.
    const std::int64_t blocks = std::max<std::int64_t>(1, (product.count + k_block / 2) / k_block);
    const std::int64_t length = rounded_up((product.count + blocks - 1) / blocks, int8::k_rows);
    const std::int64_t used = (product.count + length - 1) / length;
    in_parallel(used * panels, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t index = begin; index < end; ++index) {
            const std::int64_t first = index / panels * length;
            multiply_block(product, first, std::min(product.count, first + length), index % panels, to);
        }
    });
}

template <typename T>
void quantise_all(const T* from, std::int64_t rows, std::int64_t width, std::int64_t padded, std::uint8_t* to, float* scales)
{
    in_parallel(rows, 16, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row)
            scales[row] = int8::quantise_row(from + row * width, width, padded, k_offset, to + row * padded);
    });
}

/// 64 rows of integers [64, in] to a panel.
KINORA_AVX512_VNNI void pack_panel(const std::uint8_t* rows, std::int64_t in, std::int8_t* panel)
{
    const std::int64_t quads = in / int8::k_run;
    for (std::int64_t column = 0; column < int8::k_panel; column += 16)
        for (std::int64_t quad = 0; quad < quads; quad += 16) {
            if (quad + 16 <= quads) {
                transpose_square(rows + column * in + quad * 4, quads, panel + (quad * int8::k_panel + column) * 4,
                                 int8::k_panel);
                continue;
            }
            for (std::int64_t rest = quad; rest < quads; ++rest)
                for (std::int64_t index = column; index < column + 16; ++index)
                    std::memcpy(panel + (rest * int8::k_panel + index) * 4, rows + index * in + rest * 4, 4);
        }
}

void pack(const at::Tensor& weight, std::int64_t in, std::int8_t* panels, float* scales, std::int32_t* sums)
{
    const std::int64_t out = weight.size(0);
    const std::int64_t count = (out + int8::k_panel - 1) / int8::k_panel;
    in_parallel(count, 1, [&](std::int64_t begin, std::int64_t end) {
        std::vector<std::uint8_t> rows(static_cast<std::size_t>(int8::k_panel * in));
        for (std::int64_t panel = begin; panel < end; ++panel) {
            const std::int64_t first = panel * int8::k_panel;
            const std::int64_t there = std::min(int8::k_panel, out - first);
            const auto wide = weight.narrow(0, first, there).to(at::kFloat).contiguous();
            const auto* from = wide.const_data_ptr<float>();
            std::fill(rows.begin(), rows.end(), std::uint8_t{0});
            for (std::int64_t row = 0; row < int8::k_panel; ++row) {
                scales[first + row] = 0;
                sums[first + row] = 0;
                if (row >= there) continue;
                auto* const to = rows.data() + row * in;
                scales[first + row] = int8::quantise_row(from + row * weight.size(1), weight.size(1), in, 0, to);
                std::int32_t sum = 0;
                for (std::int64_t i = 0; i < in; ++i)
                    sum += static_cast<std::int8_t>(to[i]);
                sums[first + row] = k_offset * sum;
            }
            pack_panel(rows.data(), in, panels + first * in);
        }
    });
}
#endif

}  // namespace

void Int8Slot::release_shared()
{
    shared_memory().reset();
}

std::int64_t Int8Weight::bytes(std::int64_t out, std::int64_t in)
{
    return rounded_up(out, 64) * (rounded_up(in, 4) + 8);
}

Int8Weight Int8Weight::quantised(const at::Tensor& weight, const at::Device& device, at::Tensor memory)
{
    Int8Weight made;
    made.out_ = weight.size(0);
    made.in_ = weight.size(1);
    if (!device.is_cpu()) {
        std::tie(made.values_, made.scales_) = plain_rows(weight.to(device));
        return made;
    }
#if defined(KINORA_HAS_TARGETS)
    const std::int64_t in = rounded_up(made.in_, int8::k_run);
    const std::int64_t out = rounded_up(made.out_, int8::k_panel);
    const std::int64_t bytes = Int8Weight::bytes(made.out_, made.in_);
    if (!memory.defined() || memory.numel() < bytes) memory = at::empty({bytes}, options(at::kByte));
    made.values_ = memory.narrow(0, 0, out * in).view(at::kChar);
    made.scales_ = memory.narrow(0, out * in, out * 4).view(at::kFloat);
    made.sums_ = memory.narrow(0, out * (in + 4), out * 4).view(at::kInt);
    pack(weight, in, made.values_.mutable_data_ptr<std::int8_t>(), made.scales_.mutable_data_ptr<float>(),
         made.sums_.mutable_data_ptr<std::int32_t>());
#endif
    return made;
}

at::Tensor Int8Weight::expanded() const
{
    if (!values_.is_cpu()) return values_.to(at::kFloat) * scales_.unsqueeze(1);
    const std::int64_t panels = scales_.numel() / 64;
    const auto rows = values_.view({panels, -1, 64, 4}).permute({0, 2, 1, 3}).reshape({panels * 64, -1});
    return (rows.to(at::kFloat) * scales_.unsqueeze(1)).narrow(0, 0, out_).narrow(1, 0, in_);
}

Int8Rows quantise_rows(const at::Tensor& x)
{
    const auto source = x.contiguous();
    const auto rows = source.view({-1, source.size(-1)});
    if (!x.is_cpu()) {
        auto [values, scales] = plain_rows(rows);
        return {values, scales, source};
    }
    Int8Rows made;
    made.source = source;
#if defined(KINORA_HAS_TARGETS)
    const std::int64_t width = rounded_up(rows.size(1), int8::k_run);
    made.values = at::empty({rows.size(0), width}, options(at::kByte));
    made.scales = at::empty({rows.size(0)}, options(at::kFloat));
    auto* const to = made.values.mutable_data_ptr<std::uint8_t>();
    auto* const scales = made.scales.mutable_data_ptr<float>();
    if (rows.scalar_type() == at::kBFloat16)
        quantise_all(static_cast<const std::uint16_t*>(rows.const_data_ptr()), rows.size(0), rows.size(1), width, to,
                     scales);
    else
        quantise_all(rows.const_data_ptr<float>(), rows.size(0), rows.size(1), width, to, scales);
#endif
    return made;
}

at::Tensor int8_product(const Int8Weight& weight, const Int8Rows& x, const at::Tensor& bias, bool gelu)
{
    auto shape = x.source.sizes().vec();
    shape.back() = weight.out();
    if (!weight.device().is_cpu()) {
        const auto y = plain_product(weight.values_, weight.scales_, x, bias).view(shape);
        return gelu ? at::gelu(y, "tanh") : y;
    }
    auto y = at::empty(shape, x.source.options());
#if defined(KINORA_HAS_TARGETS)
    auto wide_bias = at::zeros({weight.scales_.numel()}, options(at::kFloat));
    if (bias.defined()) wide_bias.narrow(0, 0, weight.out()).copy_(bias);
    Product product;
    product.rows = x.values.const_data_ptr<std::uint8_t>();
    product.row_scales = x.scales.const_data_ptr<float>();
    product.count = x.values.size(0);
    product.in = x.values.size(1);
    product.panels = weight.values_.const_data_ptr<std::int8_t>();
    product.scales = weight.scales_.const_data_ptr<float>();
    product.sums = weight.sums_.const_data_ptr<std::int32_t>();
    product.bias = wide_bias.const_data_ptr<float>();
    product.out = weight.out();
    product.gelu = gelu;
    if (y.scalar_type() == at::kBFloat16)
        multiply_all(product, static_cast<std::uint16_t*>(y.mutable_data_ptr()));
    else
        multiply_all(product, y.mutable_data_ptr<float>());
#endif
    return y;
}

std::shared_ptr<const Int8Weight> Int8Slot::of(const Linear& layer, const at::Device& device)
{
    const std::lock_guard lock(mutex_);
    const bool same = weight_ && weight_->device() == device &&
                      (layer.packed ? packed_ == layer.packed.get() : source_.is_same(layer.weight));
    if (same) return weight_;
    weight_.reset();
    if (!keeps_ && !device.is_cpu()) {
        const auto dtype = layer.packed ? at::kBFloat16 : layer.weight.scalar_type();
        const auto stored = layer.packed ? at::Tensor() : layer.weight;
        const auto there = weights_ahead_on(device).take({stored, layer.packed, dtype});
        return std::make_shared<const Int8Weight>(Int8Weight::quantised(there, device));
    }
    auto& shared = shared_memory();
    if (!keeps_) {
        const auto bytes = Int8Weight::bytes(layer.weight.size(0), layer.weight.size(1));
        if (!shared.defined() || shared.numel() < bytes) shared = at::empty({bytes}, options(at::kByte));
    }
    const auto source = layer.packed ? layer.packed->borrowed(at::kBFloat16) : layer.weight;
    auto made = std::make_shared<const Int8Weight>(Int8Weight::quantised(source, device, keeps_ ? at::Tensor() : shared));
    if (!keeps_) return made;
    source_ = layer.packed ? at::Tensor() : layer.weight;
    packed_ = layer.packed.get();
    weight_ = made;
    return made;
}

}  // namespace kinora::inference
