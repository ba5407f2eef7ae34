#include "inference/models/wan/dit_trained.h"

#include <ATen/TensorOperators.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <vector>

#include "inference/models/wan/dit_trained_rows.h"
#include "inference/models/widest.h"

namespace kinora::inference::trained {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

/// Calls `work(T)` with the type in which the kernels see the tensor's values.
template <typename Work>
void with_type(const at::Tensor& x, const Work& work)
{
    if (x.scalar_type() == at::kBFloat16)
        work(std::uint16_t{});
    else
        work(float{});
}

template <typename T>
T* data(const at::Tensor& tensor)
{
    return static_cast<T*>(tensor.data_ptr());
}

at::Tensor zero_sums(std::int64_t rows, std::int64_t width)
{
    return at::zeros({rows, width}, at::TensorOptions().dtype(at::kFloat));
}

/// The runs of tokens that share a vector of [batch or 1, groups, width].
struct Runs {
    std::int64_t groups, count, rows, width;

    Runs(const at::Tensor& x, const at::Tensor& vectors)
        : groups(vectors.size(1)), count(x.size(0) * groups), rows(x.size(1) / groups), width(x.size(2))
    {
    }
    [[nodiscard]] std::int64_t size() const { return rows * width; }
    /// Where run `index` has its vector.
    [[nodiscard]] std::int64_t offset(const at::Tensor& vectors, std::int64_t index) const
    {
        const auto batch_stride = vectors.size(0) == 1 ? 0 : vectors.stride(0);
        return index / groups * batch_stride + index % groups * vectors.stride(1);
    }
    /// Calls `work(run)` for each.
    template <typename Work>
    void each(const Work& work) const
    {
        in_parallel(count, std::max<std::int64_t>(1, 4096 / size()), [&](std::int64_t begin, std::int64_t end) {
            for (auto index = begin; index < end; ++index)
                work(index);
        });
    }
    /// The runs' sums [count, width] as the gradient of the vectors.
    [[nodiscard]] at::Tensor gradient(const at::Tensor& sums, const at::Tensor& vectors) const
    {
        const auto each_clip = sums.view({-1, groups, width});
        return vectors.size(0) == 1 && each_clip.size(0) > 1 ? each_clip.sum(0, true) : each_clip;
    }
};

class NormScaleShift : public torch::autograd::Function<NormScaleShift> {
public:
    static tensor_list forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& scale,
                               const at::Tensor& shift, double offset, double eps)
    {
        context->set_materialize_grads(false);
        context->save_for_backward({x, scale, shift});
        context->saved_data["offset"] = offset;
        context->saved_data["eps"] = eps;
        auto out = at::empty_like(x);
        const Runs runs(x, scale);
        with_type(x, [&](auto type) {
            using T = decltype(type);
            runs.each([&](std::int64_t run) {
                run_widest(
                    NormForward<T>{data<const T>(x) + run * runs.size(), data<const float>(scale) + runs.offset(scale, run),
                                   data<const float>(shift) + runs.offset(shift, run), data<T>(out) + run * runs.size(),
                                   runs.rows, runs.width, static_cast<float>(offset), static_cast<float>(eps)});
            });
        });
        return {x, out};
    }

    static tensor_list backward(AutogradContext* context, const tensor_list& gradients)
    {
        if (!gradients[1].defined()) return {gradients[0], {}, {}, {}, {}};
        const auto saved = context->get_saved_variables();
        const auto& x = saved[0];
        const auto& scale = saved[1];
        const auto around = gradients[0].defined() ? gradients[0].contiguous() : at::Tensor();
        const auto arriving = gradients[1].contiguous();
        const auto offset = static_cast<float>(context->saved_data["offset"].toDouble());
        const auto eps = static_cast<float>(context->saved_data["eps"].toDouble());
        auto out = at::empty_like(x);
        const Runs runs(x, scale);
        const auto scale_sums = zero_sums(runs.count, runs.width);
        const auto shift_sums = zero_sums(runs.count, runs.width);
        with_type(x, [&](auto type) {
            using T = decltype(type);
            runs.each([&](std::int64_t run) {
                const auto place = run * runs.size();
                run_widest(NormBackward<T>{data<const T>(x) + place, data<const float>(scale) + runs.offset(scale, run),
                                           data<const T>(arriving) + place,
                                           around.defined() ? data<const T>(around) + place : nullptr, data<T>(out) + place,
                                           data<float>(scale_sums) + run * runs.width,
                                           data<float>(shift_sums) + run * runs.width, runs.rows, runs.width, offset, eps});
            });
        });
        return {out, runs.gradient(scale_sums, scale), runs.gradient(shift_sums, saved[2]), {}, {}};
    }
};

class AddGated : public torch::autograd::Function<AddGated> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& y, const at::Tensor& gate)
    {
        context->save_for_backward({y, gate});
        auto out = at::empty_like(x);
        const Runs runs(x, gate);
        with_type(x, [&](auto type) {
            using T = decltype(type);
            runs.each([&](std::int64_t run) {
                const auto place = run * runs.size();
                run_widest(GateForward<T>{data<const T>(x) + place, data<const T>(y) + place,
                                          data<const float>(gate) + runs.offset(gate, run), data<T>(out) + place, runs.rows,
                                          runs.width});
            });
        });
        return out;
    }

    static tensor_list backward(AutogradContext* context, const tensor_list& gradients)
    {
        const auto saved = context->get_saved_variables();
        const auto& y = saved[0];
        const auto& gate = saved[1];
        const auto arriving = gradients[0].contiguous();
        auto out = at::empty_like(y);
        const Runs runs(y, gate);
        const auto gate_sums = zero_sums(runs.count, runs.width);
        with_type(y, [&](auto type) {
            using T = decltype(type);
            runs.each([&](std::int64_t run) {
                const auto place = run * runs.size();
                run_widest(GateBackward<T>{data<const T>(y) + place, data<const T>(arriving) + place,
                                           data<const float>(gate) + runs.offset(gate, run), data<T>(out) + place,
                                           data<float>(gate_sums) + run * runs.width, runs.rows, runs.width});
            });
        });
        return {arriving, out, runs.gradient(gate_sums, gate)};
    }
};

constexpr std::int64_t k_rows = 64;  // that sum their gain's gradient together

/// Calls `work(first row, rows)` for parts of all rows.
template <typename Work>
void in_parts(std::int64_t rows, const Work& work)
{
    in_parallel((rows + k_rows - 1) / k_rows, 1, [&](std::int64_t begin, std::int64_t end) {
        for (auto part = begin; part < end; ++part)
            work(part * k_rows, std::min(k_rows, rows - part * k_rows));
    });
}

class RmsNormRope : public torch::autograd::Function<RmsNormRope> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& gain, const WanRope* rope,
                              double eps)
    {
        at::Tensor cos, sin;  // [tokens, head] as `Turn` has them
        if (rope != nullptr) {
            cos = at::stack({rope->cos, rope->cos}, -1).flatten(1);
            sin = at::stack({-rope->sin, rope->sin}, -1).flatten(1);
        }
        const auto gains = gain.to(at::kFloat).contiguous();
        context->save_for_backward({x, gains, cos, sin});
        context->saved_data["eps"] = eps;
        context->saved_data["gain_type"] = gain.scalar_type();
        auto out = at::empty(x.sizes(), x.options());
        with_type(x, [&](auto type) {
            using T = decltype(type);
            in_parts(x.size(0) * x.size(1), [&](std::int64_t first, std::int64_t rows) {
                run_widest(RmsForward<T>{data<const T>(x), x.stride(1), data<const float>(gains), turn(cos, sin),
                                         data<T>(out), first, rows, x.size(2), static_cast<float>(eps)});
            });
        });
        return out;
    }

    static tensor_list backward(AutogradContext* context, const tensor_list& gradients)
    {
        const auto saved = context->get_saved_variables();
        const auto& x = saved[0];
        const auto arriving = gradients[0].contiguous();
        const auto width = x.size(2);
        const auto rows = x.size(0) * x.size(1);
        const auto eps = static_cast<float>(context->saved_data["eps"].toDouble());
        auto out = at::empty(x.sizes(), x.options());
        const auto gain_sums = zero_sums((rows + k_rows - 1) / k_rows, width);
        with_type(x, [&](auto type) {
            using T = decltype(type);
            in_parts(rows, [&](std::int64_t first, std::int64_t count) {
                std::vector<float> scratch(static_cast<std::size_t>(width));
                run_widest(RmsBackward<T>{data<const T>(x), x.stride(1), data<const float>(saved[1]),
                                          turn(saved[2], saved[3]), data<const T>(arriving), data<T>(out),
                                          data<float>(gain_sums) + first / k_rows * width, scratch.data(), first, count,
                                          width, eps});
            });
        });
        return {out, gain_sums.sum(0).to(context->saved_data["gain_type"].toScalarType()), {}, {}};
    }

private:
    static Turn turn(const at::Tensor& cos, const at::Tensor& sin)
    {
        if (!cos.defined()) return {nullptr, nullptr, 1, 0};
        return {data<const float>(cos), data<const float>(sin), cos.size(0), cos.size(1)};
    }
};

class Gelu : public torch::autograd::Function<Gelu> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x)
    {
        context->save_for_backward({x});
        auto out = at::empty_like(x);
        with_type(x, [&](auto type) {
            using T = decltype(type);
            in_parallel(x.numel() / k_lanes, 1024, [&](std::int64_t begin, std::int64_t end) {
                run_widest(GeluForward<T>{data<const T>(x) + begin * k_lanes, data<T>(out) + begin * k_lanes,
                                          (end - begin) * k_lanes});
            });
        });
        return out;
    }

    static tensor_list backward(AutogradContext* context, const tensor_list& gradients)
    {
        const auto x = context->get_saved_variables()[0];
        const auto arriving = gradients[0].contiguous();
        auto out = at::empty_like(x);
        with_type(x, [&](auto type) {
            using T = decltype(type);
            in_parallel(x.numel() / k_lanes, 1024, [&](std::int64_t begin, std::int64_t end) {
                run_widest(GeluBackward<T>{data<const T>(x) + begin * k_lanes, data<const T>(arriving) + begin * k_lanes,
                                           data<T>(out) + begin * k_lanes, (end - begin) * k_lanes});
            });
        });
        return {out};
    }
};

/// Float32 vectors whose channels lie side by side.
at::Tensor vectors_of(const at::Tensor& x)
{
    const auto wide = x.to(at::kFloat);
    return wide.stride(2) == 1 ? wide : wide.contiguous();
}

}  // namespace

bool usable(const at::Tensor& x)
{
    const auto type = x.scalar_type();
    return x.is_cpu() && (type == at::kFloat || type == at::kBFloat16) && x.dim() == 3 && x.size(2) % k_lanes == 0 &&
           at::GradMode::is_enabled() && x.requires_grad() && !at::autocast::is_autocast_enabled(at::kCPU);
}

Normed norm_scale_shift(const at::Tensor& x, const at::Tensor& scale, const at::Tensor& shift, double scale_offset,
                        double eps)
{
    auto both = NormScaleShift::apply(x.contiguous(), vectors_of(scale), vectors_of(shift), scale_offset, eps);
    return {std::move(both[0]), std::move(both[1])};
}

at::Tensor rms_norm_rope(const at::Tensor& x, const at::Tensor& gain, double eps, const WanRope* rope)
{
    const auto rows = x.stride(2) == 1 && x.stride(0) == x.size(1) * x.stride(1) ? x : x.contiguous();
    return RmsNormRope::apply(rows, gain, rope, eps);
}

at::Tensor add_gated(const at::Tensor& x, const at::Tensor& y, const at::Tensor& gate)
{
    return AddGated::apply(x.contiguous(), y.to(x.scalar_type()).contiguous(), vectors_of(gate));
}

at::Tensor gelu(const at::Tensor& x)
{
    return Gelu::apply(x.contiguous());
}

}  // namespace kinora::inference::trained
