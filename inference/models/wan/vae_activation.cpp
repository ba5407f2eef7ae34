#include "inference/models/wan/vae_activation.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/rms_norm.h>
#include <ATen/ops/silu.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <array>

#include "inference/models/wan/vae_kernels.h"

namespace kinora::inference {
namespace {

constexpr std::int64_t k_frames = 2;  // the dimension

/// Small enough to change no value; it keeps the gradient of a pixel of zeros finite.
constexpr double k_norm_eps = 1e-12;

/// Room for `x` with two frames before it: those of the slot, or zeros.
at::Tensor room_behind_past(const at::Tensor& x, const at::Tensor* slot)
{
    auto whole = at::empty({x.size(0), x.size(1), x.size(k_frames) + k_past_frames, x.size(3), x.size(4)},
                           x.options().memory_format(at::MemoryFormat::ChannelsLast3d));
    const auto known = slot != nullptr && slot->defined() ? slot->size(k_frames) : 0;
    if (known < k_past_frames) whole.narrow(k_frames, 0, k_past_frames - known).zero_();
    if (known > 0) whole.narrow(k_frames, k_past_frames - known, known).copy_(*slot);
    return whole;
}

/// The kernels as a step that autograd knows, over a whole clip.
class ActivateAndPad : public torch::autograd::Function<ActivateAndPad> {
public:
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, const at::Tensor& gamma)
    {
        context->save_for_backward({x, gamma});
        auto whole = room_behind_past(x, nullptr);
        activate_channels_into(x, gamma, whole);
        return whole;
    }

    static torch::autograd::tensor_list backward(torch::autograd::AutogradContext* context,
                                                 const torch::autograd::tensor_list& gradients)
    {
        const auto saved = context->get_saved_variables();
        auto [x, gamma] = activation_gradients(saved[0], saved[1], gradients[0]);
        return {std::move(x), std::move(gamma)};
    }
};

}  // namespace

at::Tensor pad_front(const at::Tensor& x, std::int64_t frames)
{
    const std::array<std::int64_t, 6> padding{0, 0, 0, 0, frames, 0};
    return frames > 0 ? at::constant_pad_nd(x, padding) : x;
}

at::Tensor last_frames(const at::Tensor& x, std::int64_t count)
{
    const auto kept = std::min(count, x.size(k_frames));
    return x.narrow(k_frames, x.size(k_frames) - kept, kept).clone(at::MemoryFormat::ChannelsLast3d);
}

at::Tensor prepend_past(const at::Tensor& x, at::Tensor* slot)
{
    if (slot == nullptr) return pad_front(x, k_past_frames);
    const auto known = slot->defined() ? slot->size(k_frames) : 0;
    auto whole = pad_front(known > 0 ? at::cat({*slot, x}, k_frames) : x, k_past_frames - known);
    *slot = last_frames(whole, k_past_frames);
    return whole;
}

at::Tensor normalise_channels(const at::Tensor& x, const at::Tensor& gamma)
{
    const auto width = x.size(1);
    return at::rms_norm(x.permute({0, 2, 3, 4, 1}), {width}, gamma.reshape({width}), k_norm_eps).permute({0, 4, 1, 2, 3});
}

at::Tensor activate_and_prepend_past(const at::Tensor& x, const at::Tensor& gamma, at::Tensor* slot)
{
    const bool gradient = at::GradMode::is_enabled() && (x.requires_grad() || gamma.requires_grad());
    if (!has_activation_kernel(x) || (gradient && slot != nullptr))
        return prepend_past(at::silu(normalise_channels(x, gamma)), slot);
    if (gradient) return ActivateAndPad::apply(x, gamma);
    auto whole = room_behind_past(x, slot);
    activate_channels_into(x, gamma, whole);
    if (slot != nullptr) *slot = last_frames(whole, k_past_frames);
    return whole;
}

}  // namespace kinora::inference
