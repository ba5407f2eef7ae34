#include "inference/training/orthogonalise.h"

#include <ATen/ops/empty.h>

#include <cmath>
#include <vector>

#include "inference/models/wan/bf16_tiles.h"

namespace kinora::training {

#if defined(KINORA_HAS_TARGETS)
namespace {

using namespace inference;
using bf16::Pair;
using bf16::Value;

constexpr std::int64_t k_panel = 64;   // columns of the right-hand matrix at a time,
constexpr std::int64_t k_depth = 128;  // and pairs of its rows: 32 KiB, which the first cache holds

std::int64_t panel_width(std::int64_t columns, std::int64_t first)
{
    return std::min(k_panel, columns - first);
}

/// c [rows, width] = a · b, where b is a panel: [pairs][width].
void multiply_panel(const Value* a, std::int64_t a_stride, const Pair* b, float* c, std::int64_t c_stride, std::int64_t rows,
                    std::int64_t width, std::int64_t pairs)
{
    for (std::int64_t pair = 0; pair < pairs; pair += k_depth)
        bf16::multiply(a + 2 * pair, a_stride, b + pair * width, width, c, c_stride, rows, width,
                       std::min(k_depth, pairs - pair), pair > 0);
}

/// Rows of `from` [rows, columns] as a panel of pairs of rows.
KINORA_AVX512_BF16 void pack_panel(const Value* from, std::int64_t stride, std::int64_t rows, std::int64_t width, Pair* out)
{
    for (std::int64_t pair = 0; pair < rows / 2; ++pair) {
        const Value* const first = from + 2 * pair * stride;
        Pair* const to = out + pair * width;
        for (std::int64_t column = 0; column < width; ++column)
            to[column] = static_cast<Pair>(first[column]) | static_cast<Pair>(first[stride + column]) << 16;
    }
}

/// Copies the upper triangle's blocks to the lower triangle.
void mirror(float* square, std::int64_t side)
{
    for (std::int64_t column = 0; column < side; column += 16)
        for (std::int64_t row = 0; row < column / k_panel * k_panel; row += 16)
            inference::transpose_square(square + row * side + column, side, square + column * side + row, side);
}

KINORA_AVX512_BF16 void round_all(const float* from, std::int64_t count, Value* to)
{
    for (std::int64_t i = 0; i < count; i += k_lanes) {
        Lanes value;
        load(from + i, value);
        store(value, to + i);
    }
}

/// product ← b·gram + c·product
KINORA_AVX512_BF16 void combine(const float* gram, float* product, std::int64_t count)
{
    for (std::int64_t i = 0; i < count; i += k_lanes) {
        Lanes first, second;
        load(gram + i, first);
        load(product + i, second);
        second = first * NewtonSchulz::b + second * NewtonSchulz::c;
        store(second, product + i);
    }
}

/// x ← a·x + product of one panel.
KINORA_AVX512_BF16 void add_panel(const float* product, std::int64_t rows, std::int64_t width, Value* x, std::int64_t stride)
{
    for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t column = 0; column < width; column += k_lanes) {
            Lanes value, added;
            load(x + row * stride + column, value);
            load(product + row * width + column, added);
            value = value * NewtonSchulz::a + added;
            store(value, x + row * stride + column);
        }
    }
}

KINORA_AVX512_BF16 float norm_of(const float* values, std::int64_t count)
{
    double total = 0;
    for (std::int64_t row = 0; row < count; row += 1024) {
        Lanes squares = {};
        for (std::int64_t i = row; i < std::min(count, row + 1024); i += k_lanes) {
            Lanes value;
            load(values + i, value);
            squares += value * value;
        }
        total += sum(squares);
    }
    return static_cast<float>(std::sqrt(total));
}

KINORA_AVX512_BF16 void scale_all(const float* from, float factor, std::int64_t count, Value* to)
{
    for (std::int64_t i = 0; i < count; i += k_lanes) {
        Lanes value;
        load(from + i, value);
        value = value * factor;
        store(value, to + i);
    }
}

KINORA_AVX512_BF16 void widen_all(const Value* from, std::int64_t count, float* to)
{
    for (std::int64_t i = 0; i < count; i += k_lanes) {
        Lanes value;
        load(from + i, value);
        store(value, to + i);
    }
}

void transpose(const float* from, std::int64_t rows, std::int64_t columns, float* to)
{
    for (std::int64_t row = 0; row < rows; row += 16)
        for (std::int64_t column = 0; column < columns; column += 16)
            inference::transpose_square(from + row * columns + column, columns, to + column * rows + row, rows);
}

/// A wide matrix and what its iteration needs.
class Iteration {
public:
    Iteration(std::int64_t rows, std::int64_t columns)
        : rows_(rows),
          columns_(columns),
          x_(size(rows * columns)),
          square_(size(rows * rows)),
          gram_(size(rows * rows)),
          product_(size(rows * std::max(rows, k_panel))),
          panel_(size(std::max(rows, columns) / 2 * k_panel))
    {
    }

    Value* x() { return x_.data(); }

    void step()
    {
        // The product with the transposed matrix is symmetric: a panel of its columns is needed down to the diagonal.
        for (std::int64_t first = 0; first < rows_; first += k_panel) {
            const auto width = panel_width(rows_, first);
            bf16::pack_transposed(x_.data() + first * columns_, columns_, width, columns_, width, panel_.data());
            multiply_panel(x_.data(), columns_, panel_.data(), gram_.data() + first, rows_, first + width, width,
                           columns_ / 2);
        }
        mirror(gram_.data(), rows_);
        round_all(gram_.data(), rows_ * rows_, square_.data());
        for (std::int64_t first = 0; first < rows_; first += k_panel) {
            const auto width = panel_width(rows_, first);
            pack_panel(square_.data() + first, rows_, rows_, width, panel_.data());
            multiply_panel(square_.data(), rows_, panel_.data(), product_.data() + first, rows_, first + width, width,
                           rows_ / 2);
        }
        mirror(product_.data(), rows_);
        combine(gram_.data(), product_.data(), rows_ * rows_);
        round_all(product_.data(), rows_ * rows_, square_.data());
        for (std::int64_t first = 0; first < columns_; first += k_panel) {
            const auto width = panel_width(columns_, first);
            pack_panel(x_.data() + first, columns_, rows_, width, panel_.data());
            multiply_panel(square_.data(), rows_, panel_.data(), product_.data(), width, rows_, width, rows_ / 2);
            add_panel(product_.data(), rows_, width, x_.data() + first, columns_);
        }
    }

private:
    static std::size_t size(std::int64_t count) { return static_cast<std::size_t>(count); }

    std::int64_t rows_, columns_;
    std::vector<Value> x_, square_;
    std::vector<float> gram_, product_;
    std::vector<Pair> panel_;
};

}  // namespace

bool has_orthogonalise_tiles(const at::Tensor& matrix)
{
    static const bool there = instructions() == Instructions::avx512 && __builtin_cpu_supports("avx512bf16");
    return there && matrix.is_cpu() && matrix.scalar_type() == at::kFloat && matrix.dim() == 2 && matrix.numel() > 0 &&
           matrix.size(0) % 32 == 0 && matrix.size(1) % 32 == 0;
}

at::Tensor orthogonalise_tiles(const at::Tensor& matrix)
{
    const auto source = matrix.contiguous();
    const auto* const values = source.const_data_ptr<float>();
    const auto count = source.numel();
    const bool tall = source.size(0) > source.size(1);
    const auto rows = std::min(source.size(0), source.size(1));
    const auto columns = std::max(source.size(0), source.size(1));
    const float factor = 1.0F / (norm_of(values, count) + NewtonSchulz::smallest_norm);
    auto result = at::empty(source.sizes(), source.options());
    auto* const out = result.mutable_data_ptr<float>();
    Iteration iteration(rows, columns);
    std::vector<float> turned(tall ? static_cast<std::size_t>(count) : 0);
    if (tall) transpose(values, columns, rows, turned.data());
    scale_all(tall ? turned.data() : values, factor, count, iteration.x());
    for (int step = 0; step < NewtonSchulz::steps; ++step)
        iteration.step();
    widen_all(iteration.x(), count, tall ? turned.data() : out);
    if (tall) transpose(turned.data(), rows, columns, out);
    return result;
}

#else

bool has_orthogonalise_tiles(const at::Tensor&)
{
    return false;
}

at::Tensor orthogonalise_tiles(const at::Tensor& matrix)
{
    return matrix;
}

#endif

}  // namespace kinora::training
