#include "inference/models/wan/dit_fused.h"

#include <ATen/autocast_mode.h>
#include <ATen/ops/empty.h>
#include <c10/core/GradMode.h>

#include <cmath>
#include <type_traits>

#include "inference/models/wan/dit_rows.h"
#include "inference/models/widest.h"

namespace kinora::inference::fused {
namespace {

using rows::Dispatch;

/// Calls `work(pointer type)` for the tensor's type.
template <typename Work>
void with_type(at::ScalarType type, Work work)
{
    if (type == at::kBFloat16)
        work(rows::Bfloat16{});
    else
        work(float{});
}

template <typename T>
T* data(const at::Tensor& tensor)
{
    return static_cast<T*>(tensor.data_ptr());
}

/// Rows worth one thread's while.
constexpr std::int64_t k_grain = 64;

template <typename Row>
void for_each_row(std::int64_t count, Row row)
{
    in_parallel(count, k_grain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t index = begin; index < end; ++index)
            row(index);
    });
}

/// Which of the [batch or 1, groups] vectors a token's row uses.
class GroupOfRow {
public:
    GroupOfRow(const at::Tensor& vectors, const at::Tensor& x)
        : tokens_(x.size(1)),
          groups_(vectors.size(1)),
          batch_stride_(vectors.size(0) == 1 ? 0 : vectors.stride(0)),
          group_stride_(vectors.stride(1))
    {
    }
    [[nodiscard]] std::int64_t offset(std::int64_t row) const
    {
        const auto batch = row / tokens_;
        return batch * batch_stride_ + (row % tokens_) / (tokens_ / groups_) * group_stride_;
    }

private:
    std::int64_t tokens_;
    std::int64_t groups_;
    std::int64_t batch_stride_;
    std::int64_t group_stride_;
};

}  // namespace

bool usable(const at::Tensor& x)
{
    const auto type = x.scalar_type();
    return x.is_cpu() && (type == at::kFloat || type == at::kBFloat16) && !at::GradMode::is_enabled() &&
           !at::autocast::is_autocast_enabled(at::kCPU);
}

at::Tensor norm_scale_shift(const at::Tensor& x, const at::Tensor& scale, const at::Tensor& shift, float scale_offset,
                            double eps, at::ScalarType result)
{
    const auto in = x.contiguous();
    const auto width = in.size(2);
    auto out = at::empty(in.sizes(), in.options().dtype(result));
    const GroupOfRow scale_of(scale, in);
    const GroupOfRow shift_of(shift, in);
    const auto* scales = data<const float>(scale);
    const auto* shifts = data<const float>(shift);
    with_type(in.scalar_type(), [&](auto in_type) {
        with_type(result, [&](auto out_type) {
            using In = decltype(in_type);
            using Out = decltype(out_type);
            const auto kernel = Dispatch<In, Out>::norm();
            for_each_row(in.size(0) * in.size(1), [&](std::int64_t row) {
                kernel(data<const In>(in) + row * width, data<Out>(out) + row * width, scales + scale_of.offset(row),
                       shifts + shift_of.offset(row), scale_offset, static_cast<float>(eps), width);
            });
        });
    });
    return out;
}

at::Tensor rms_norm_rope(const at::Tensor& x, const at::Tensor& gain, double eps, const WanRope* rope)
{
    const auto width = x.size(2);
    const auto tokens = x.size(1);
    const auto in = x.stride(2) == 1 && x.stride(0) == tokens * x.stride(1) ? x : x.contiguous();
    const auto stride = in.stride(1);
    auto out = at::empty({in.size(0), tokens, width}, in.options());
    const auto gains = gain.to(at::kFloat).contiguous();
    const auto pairs = rope != nullptr ? rope->cos.size(1) : 0;
    const auto* cos = rope != nullptr ? data<const float>(rope->cos) : nullptr;
    const auto* sin = rope != nullptr ? data<const float>(rope->sin) : nullptr;
    with_type(in.scalar_type(), [&](auto type) {
        using T = decltype(type);
        const auto kernel = Dispatch<T, T>::rms_rope();
        for_each_row(in.size(0) * tokens, [&](std::int64_t row) {
            const auto place = row % tokens * pairs;
            kernel(data<const T>(in) + row * stride, data<T>(out) + row * width, data<const float>(gains), cos + place,
                   sin + place, pairs, static_cast<float>(eps), width);
        });
    });
    return out;
}

void add_gated(at::Tensor& x, const at::Tensor& y, const at::Tensor& gate)
{
    const auto added = y.contiguous();
    const auto width = x.size(2);
    const bool gated = gate.defined();
    const GroupOfRow gate_of(gated ? gate : x, x);
    with_type(x.scalar_type(), [&](auto x_type) {
        with_type(added.scalar_type(), [&](auto y_type) {
            using X = decltype(x_type);
            using Y = decltype(y_type);
            const auto kernel = Dispatch<Y, X>::add();
            for_each_row(x.size(0) * x.size(1), [&](std::int64_t row) {
                const float* factors = gated ? data<const float>(gate) + gate_of.offset(row) : nullptr;
                kernel(data<X>(x) + row * width, data<const Y>(added) + row * width, factors, width);
            });
        });
    });
}

}  // namespace kinora::inference::fused
