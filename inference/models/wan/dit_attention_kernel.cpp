#include "inference/models/wan/dit_attention_kernel.h"

#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cmath>
#include <vector>

#include "inference/models/wan/bf16_tiles.h"
#include "inference/models/widest.h"

namespace kinora::inference {

#if defined(KINORA_HAS_TARGETS)
namespace {

using bf16::Pair;
using bf16::Value;

constexpr std::int64_t k_block = 64;  // queries at a time, so that their scores stay in the cache

std::int64_t rounded_up(std::int64_t count, std::int64_t step)
{
    return (count + step - 1) / step * step;
}

/// The rows of one head in memory.
struct Source {
    const Value* data;
    std::int64_t stride;
};

/// One tensor [batch, tokens, heads, depth] in memory.
template <typename T>
struct Heads {
    T* data;
    std::int64_t batch_stride, stride, head_stride;

    explicit Heads(const at::Tensor& x)
        : data(static_cast<T*>(x.data_ptr())), batch_stride(x.stride(0)), stride(x.stride(1)), head_stride(x.stride(2))
    {
    }
    [[nodiscard]] T* at(std::int64_t batch, std::int64_t head) const
    {
        return data + batch * batch_stride + head * head_stride;
    }
    [[nodiscard]] Source source(std::int64_t batch, std::int64_t head) const { return {at(batch, head), stride}; }
};

struct Shape {
    std::int64_t batch, queries, heads, depth, keys;

    Shape(const at::Tensor& query, const at::Tensor& key)
        : batch(query.size(0)), queries(query.size(1)), heads(query.size(2)), depth(query.size(3)), keys(key.size(1))
    {
    }
    [[nodiscard]] std::int64_t key_pairs() const { return (keys + 1) / 2; }
    [[nodiscard]] std::int64_t key_columns() const { return rounded_up(keys, k_lanes); }
    [[nodiscard]] float scale() const { return 1.0F / std::sqrt(static_cast<float>(depth)); }
};

template <typename T>
std::vector<T> room(std::int64_t count)
{
    return std::vector<T>(static_cast<std::size_t>(count));
}

KINORA_INLINE float largest(const Lanes& lanes)
{
    float values[k_lanes];
    store(lanes, values);
    for (std::int64_t half = k_lanes / 2; half > 0; half /= 2)
        for (std::int64_t lane = 0; lane < half; ++lane)
            values[lane] = values[lane] > values[lane + half] ? values[lane] : values[lane + half];
    return values[0];
}

/// Turns one query's scores to weights with the largest at 1, rounded to bfloat16; those past `keys` become zero. Returns
/// their sum; `log_sum` is the scaled scores' log-sum-exp.
KINORA_AVX512_BF16 float soften(float* scores, std::int64_t keys, std::int64_t columns, float scale, Value* weights,
                                float& log_sum)
{
    for (std::int64_t key = keys; key < columns; ++key)
        scores[key] = -1e30F;
    Lanes highest, value;
    load(scores, highest);
    for (std::int64_t key = k_lanes; key < columns; key += k_lanes) {
        load(scores + key, value);
        highest = value > highest ? value : highest;
    }
    const float top = largest(highest);
    Lanes total = {};
    for (std::int64_t key = 0; key < columns; key += k_lanes) {
        load(scores + key, value);
        value = (value - top) * scale;
        exponential(value);
        total += value;
        store(value, weights + key);
    }
    for (std::int64_t key = keys; key < columns; ++key)
        weights[key] = 0;
    const float whole = sum(total);
    log_sum = top * scale + std::log(whole);
    return whole;
}

KINORA_AVX512_BF16 void store_scaled(const float* from, float factor, std::int64_t count, Value* to)
{
    for (std::int64_t i = 0; i < count; i += k_lanes) {
        Lanes value;
        load(from + i, value);
        value = value * factor;
        store(value, to + i);
    }
}

/// What one thread needs for the way forward.
struct ForwardRoom {
    std::vector<Pair> keys, values;
    std::vector<float> scores, mixed;
    std::vector<Value> weights;

    explicit ForwardRoom(const Shape& shape)
        : keys(room<Pair>(shape.depth / 2 * shape.key_columns())),
          values(room<Pair>(shape.key_pairs() * shape.depth)),
          scores(room<float>(k_block * shape.key_columns())),
          mixed(room<float>(k_block * shape.depth)),
          weights(room<Value>(k_block * shape.key_columns()))
    {
    }

    /// One head of one clip. `log_sums` has a value for each query.
    void run(const Shape& shape, const Source& query, const Source& key, const Source& value, Value* out,
             std::int64_t out_stride, float* log_sums)
    {
        const auto columns = shape.key_columns();
        const auto depth = shape.depth;
        bf16::pack_transposed(key.data, key.stride, shape.keys, depth, columns, keys.data());
        bf16::pack_rows(value.data, value.stride, shape.keys, depth, shape.key_pairs(), values.data());
        for (std::int64_t first = 0; first < shape.queries; first += k_block) {
            const auto count = std::min(k_block, shape.queries - first);
            float sums[k_block];
            bf16::multiply(query.data + first * query.stride, query.stride, keys.data(), columns, scores.data(), columns,
                           count, columns, depth / 2, false);
            for (std::int64_t row = 0; row < count; ++row)
                sums[row] = soften(scores.data() + row * columns, shape.keys, columns, shape.scale(),
                                   weights.data() + row * columns, log_sums[first + row]);
            bf16::multiply(weights.data(), columns, values.data(), depth, mixed.data(), depth, count, depth,
                           shape.key_pairs(), false);
            for (std::int64_t row = 0; row < count; ++row)
                store_scaled(mixed.data() + row * depth, 1.0F / sums[row], depth, out + (first + row) * out_stride);
        }
    }
};

KINORA_AVX512_BF16 float product(const Value* a, const Value* b, std::int64_t count)
{
    Lanes total = {};
    for (std::int64_t i = 0; i < count; i += k_lanes) {
        Lanes left, right;
        load(a + i, left);
        load(b + i, right);
        total += left * right;
    }
    return sum(total);
}

/// From the scores and the weights' gradients of a block, keys down and queries across: the weights (rounded) and the
/// scores' gradients, weights · (gradient − product) · scale; the latter also with queries down, as pairs of keys.
KINORA_AVX512_BF16 void soften_back(const float* scores, const float* weight_slopes, const float* log_sums,
                                    const float* products, const Shape& shape, Value* weights, Value* slopes, Pair* turned)
{
    const float scale = shape.scale();
    const auto pairs = shape.key_pairs();
    const auto places = _mm512_mullo_epi32(_mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
                                           _mm512_set1_epi32(static_cast<int>(pairs)));
    for (std::int64_t key = 0; key < shape.keys; ++key) {
        for (std::int64_t query = 0; query < k_block; query += k_lanes) {
            const auto place = key * k_block + query;
            Lanes weight, slope, log_sum, products_there;
            load(scores + place, weight);
            load(weight_slopes + place, slope);
            load(log_sums + query, log_sum);
            load(products + query, products_there);
            weight = weight * scale - log_sum;
            exponential(weight);
            slope = weight * (slope - products_there) * scale;
            store(weight, weights + place);
            store(slope, slopes + place);
        }
    }
    for (std::int64_t pair = 0; pair < pairs; ++pair) {
        const Value* const first = slopes + 2 * pair * k_block;
        const bool both = 2 * pair + 1 < shape.keys;
        for (std::int64_t query = 0; query < k_block; query += k_lanes) {
            Halves low, high = {};
            std::memcpy(&low, first + query, sizeof(low));
            if (both) std::memcpy(&high, first + k_block + query, sizeof(high));
            const Bits together = __builtin_convertvector(low, Bits) | __builtin_convertvector(high, Bits) << 16;
            _mm512_i32scatter_epi32(turned + query * pairs + pair, places, reinterpret_cast<__m512i>(together), 4);
        }
    }
}

/// What one thread needs for the way back.
struct BackwardRoom {
    std::vector<Pair> key_rows, turned;
    std::vector<Pair> across, down;  ///< queries, then the result's gradients: transposed, and as rows
    std::vector<float> scores, weight_slopes, query_sums, key_sums, value_sums;
    std::vector<Value> weights, slopes;

    explicit BackwardRoom(const Shape& shape)
        : key_rows(room<Pair>(shape.key_pairs() * shape.depth)),
          turned(room<Pair>(k_block * shape.key_pairs())),
          across(room<Pair>(shape.depth / 2 * k_block)),
          down(room<Pair>(k_block / 2 * shape.depth)),
          scores(room<float>(shape.keys * k_block)),
          weight_slopes(room<float>(shape.keys * k_block)),
          query_sums(room<float>(k_block * shape.depth)),
          key_sums(room<float>(shape.keys * shape.depth)),
          value_sums(room<float>(shape.keys * shape.depth)),
          weights(room<Value>(shape.keys * k_block)),
          slopes(room<Value>(shape.keys * k_block))
    {
    }

    /// One head of one clip; `slope` is the result's gradient. The gradients' rows are `stride` apart.
    void run(const Shape& shape, const Source& query, const Source& key, const Source& value, const Source& out,
             const Source& slope, const float* log_sums, Value* query_slope, Value* key_slope, Value* value_slope,
             std::int64_t stride)
    {
        const auto depth = shape.depth;
        const auto pairs = shape.key_pairs();
        bf16::pack_rows(key.data, key.stride, shape.keys, depth, pairs, key_rows.data());
        for (std::int64_t first = 0; first < shape.queries; first += k_block) {
            const auto count = std::min(k_block, shape.queries - first);
            const bool more = first > 0;
            const Source queries{query.data + first * query.stride, query.stride};
            const Source arriving{slope.data + first * slope.stride, slope.stride};
            float block_log_sums[k_block] = {};
            float products[k_block] = {};
            for (std::int64_t row = 0; row < count; ++row) {
                block_log_sums[row] = log_sums[first + row];
                products[row] = product(arriving.data + row * arriving.stride, out.data + (first + row) * out.stride, depth);
            }
            bf16::pack_transposed(queries.data, queries.stride, count, depth, k_block, across.data());
            bf16::multiply(key.data, key.stride, across.data(), k_block, scores.data(), k_block, shape.keys, k_block,
                           depth / 2, false);
            bf16::pack_transposed(arriving.data, arriving.stride, count, depth, k_block, across.data());
            bf16::multiply(value.data, value.stride, across.data(), k_block, weight_slopes.data(), k_block, shape.keys,
                           k_block, depth / 2, false);
            soften_back(scores.data(), weight_slopes.data(), block_log_sums, products, shape, weights.data(), slopes.data(),
                        turned.data());
            bf16::pack_rows(arriving.data, arriving.stride, count, depth, k_block / 2, down.data());
            bf16::multiply(weights.data(), k_block, down.data(), depth, value_sums.data(), depth, shape.keys, depth,
                           k_block / 2, more);
            bf16::pack_rows(queries.data, queries.stride, count, depth, k_block / 2, down.data());
            bf16::multiply(slopes.data(), k_block, down.data(), depth, key_sums.data(), depth, shape.keys, depth,
                           k_block / 2, more);
            bf16::multiply(reinterpret_cast<const Value*>(turned.data()), 2 * pairs, key_rows.data(), depth,
                           query_sums.data(), depth, count, depth, pairs, false);
            for (std::int64_t row = 0; row < count; ++row)
                store_scaled(query_sums.data() + row * depth, 1.0F, depth, query_slope + (first + row) * stride);
        }
        for (std::int64_t row = 0; row < shape.keys; ++row) {
            store_scaled(key_sums.data() + row * depth, 1.0F, depth, key_slope + row * stride);
            store_scaled(value_sums.data() + row * depth, 1.0F, depth, value_slope + row * stride);
        }
    }
};

at::Tensor side_by_side(const at::Tensor& x)
{
    return x.stride(3) == 1 ? x : x.contiguous();
}

class Attention : public torch::autograd::Function<Attention> {
public:
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& queries, const at::Tensor& keys,
                              const at::Tensor& values)
    {
        const Shape shape(queries, keys);
        auto out = at::empty(queries.sizes(), queries.options());
        auto log_sums = at::empty({shape.batch, shape.heads, shape.queries}, queries.options().dtype(at::kFloat));
        const Heads<const Value> query(queries), key(keys), value(values);
        const Heads<Value> result(out);
        auto* const sums = log_sums.mutable_data_ptr<float>();
        in_parallel(shape.batch * shape.heads, 1, [&](std::int64_t begin, std::int64_t end) {
            ForwardRoom work(shape);
            for (auto index = begin; index < end; ++index) {
                const auto b = index / shape.heads;
                const auto h = index % shape.heads;
                work.run(shape, query.source(b, h), key.source(b, h), value.source(b, h), result.at(b, h), result.stride,
                         sums + index * shape.queries);
            }
        });
        context->save_for_backward({queries, keys, values, out, log_sums});
        return out;
    }

    static torch::autograd::tensor_list backward(torch::autograd::AutogradContext* context,
                                                 const torch::autograd::tensor_list& gradients)
    {
        const auto saved = context->get_saved_variables();
        const Shape shape(saved[0], saved[1]);
        const auto gradient = side_by_side(gradients[0]);
        auto query_gradient = at::empty(saved[0].sizes(), saved[0].options());
        auto key_gradient = at::empty(saved[1].sizes(), saved[1].options());
        auto value_gradient = at::empty(saved[2].sizes(), saved[2].options());
        const Heads<const Value> query(saved[0]), key(saved[1]), value(saved[2]), out(saved[3]), slope(gradient);
        const Heads<Value> query_slope(query_gradient), key_slope(key_gradient), value_slope(value_gradient);
        const auto* const sums = saved[4].const_data_ptr<float>();
        in_parallel(shape.batch * shape.heads, 1, [&](std::int64_t begin, std::int64_t end) {
            BackwardRoom work(shape);
            for (auto index = begin; index < end; ++index) {
                const auto b = index / shape.heads;
                const auto h = index % shape.heads;
                work.run(shape, query.source(b, h), key.source(b, h), value.source(b, h), out.source(b, h),
                         slope.source(b, h), sums + index * shape.queries, query_slope.at(b, h), key_slope.at(b, h),
                         value_slope.at(b, h), query_slope.stride);
            }
        });
        return {query_gradient, key_gradient, value_gradient};
    }
};

}  // namespace

bool has_trained_attention(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values)
{
    static const bool there = instructions() == Instructions::avx512 && __builtin_cpu_supports("avx512bf16");
    const auto fits = [&](const at::Tensor& x) {
        return x.is_cpu() && x.dim() == 4 && x.scalar_type() == at::kBFloat16 && x.stride(3) == 1 &&
               x.size(0) == queries.size(0);
    };
    const bool gradients = queries.requires_grad() || keys.requires_grad() || values.requires_grad();
    return there && at::GradMode::is_enabled() && gradients && !at::autocast::is_autocast_enabled(at::kCPU) &&
           fits(queries) && fits(keys) && fits(values) && queries.size(3) % k_lanes == 0;
}

at::Tensor trained_attention(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values)
{
    return Attention::apply(queries, keys, values);
}

#else

bool has_trained_attention(const at::Tensor&, const at::Tensor&, const at::Tensor&)
{
    return false;
}

at::Tensor trained_attention(const at::Tensor& queries, const at::Tensor&, const at::Tensor&)
{
    return queries;
}

#endif

}  // namespace kinora::inference
