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

/// Room for `x` behind the frames before it: those of the slot, or without one two of zeros.
at::Tensor room_behind_past(const at::Tensor& x, const at::Tensor* slot)
{
    const auto past = slot == nullptr ? k_past_frames : slot->defined() ? slot->size(k_frames) : 0;
    auto whole = at::empty({x.size(0), x.size(1), past + x.size(k_frames), x.size(3), x.size(4)},
                           x.options().memory_format(at::MemoryFormat::ChannelsLast3d));
    if (slot == nullptr)
        whole.narrow(k_frames, 0, past).zero_();
    else if (past > 0)
        whole.narrow(k_frames, 0, past).copy_(*slot);
    return whole;
}

/// Memory for the last `kept` frames of `whole`. A clip's first frame lies in room for two, where the second joins it: of
/// smaller slots, given back when a second frame is there, little would be used again.
at::Tensor room_to_remember(const at::Tensor& slot, const at::Tensor& whole, std::int64_t kept)
{
    auto sizes = whole.sizes().vec();
    sizes[k_frames] = k_past_frames;
    if (slot.defined() && slot.size(k_frames) == 1 && kept == 2 && slot.storage_offset() == slot.stride(k_frames) &&
        slot.storage().nbytes() == 2 * slot.nbytes())
        return slot.as_strided(sizes, slot.strides(), 0);
    const auto room = at::empty(sizes, whole.options().memory_format(at::MemoryFormat::ChannelsLast3d));
    return room.narrow(k_frames, k_past_frames - kept, kept);
}

/// The slot remembers the last two frames, where it can in the memory that it has.
void remember(at::Tensor& slot, const at::Tensor& whole)
{
    const auto kept = std::min(k_past_frames, whole.size(k_frames));
    const bool gradient = at::GradMode::is_enabled() && (whole.requires_grad() || (slot.defined() && slot.requires_grad()));
    if (gradient) {
        slot = last_frames(whole, kept);
        return;
    }
    if (!slot.defined() || slot.size(k_frames) != kept) slot = room_to_remember(slot, whole, kept);
    slot.copy_(whole.narrow(k_frames, whole.size(k_frames) - kept, kept));
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
    const bool first = !slot->defined() || slot->size(k_frames) == 0;
    auto whole = first ? x : at::cat({*slot, x}, k_frames);
    remember(*slot, whole);
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
    if (slot != nullptr) remember(*slot, whole);
    return whole;
}

}  // namespace kinora::inference
