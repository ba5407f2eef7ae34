#include "inference/training/training_state.h"

#include <ATen/ops/full.h>
#include <c10/core/GradMode.h>

#include <map>

#include "inference/weights/safetensors.h"

namespace kinora::training {

namespace {

using Visit = std::function<void(const std::string&, at::Tensor&)>;

void for_each_tensor(TrainingState& state, const Visit& visit)
{
    for (auto& parameter : state.parameters)
        visit("parameter." + parameter.name, parameter.tensor);
    for (auto average : state.ema.averages())
        visit("average." + average.name, average.tensor);
    state.optimiser.for_each_state([&](const std::string& name, at::Tensor& tensor) { visit("optimiser." + name, tensor); });
}

}  // namespace

core::Result<void> save_state(const std::filesystem::path& file, const TrainingState& state)
{
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    TrainingState copy = state;
    for_each_tensor(copy, [&](const std::string& name, at::Tensor& tensor) {
        tensors.emplace_back(name, tensor.detach().to(at::kCPU).contiguous());
    });
    tensors.emplace_back("steps", at::full({1}, state.optimiser.steps(), at::kLong));
    return inference::save_safetensors(file, tensors, {{"format", "kinora-training-state-1"}});
}

core::Result<void> load_state(const std::filesystem::path& file, TrainingState& state)
{
    auto weights = inference::load_safetensors(file);
    if (!weights) return weights.error();
    const c10::NoGradGuard no_grad;
    core::Result<void> outcome;
    for_each_tensor(state, [&](const std::string& name, at::Tensor& tensor) {
        if (!outcome) return;
        auto stored = weights->take(name, tensor.sizes());
        if (!stored)
            outcome = core::make_error(core::ErrorKind::corrupt,
                                       file.string() + " isn't a checkpoint of this model: " + stored.error().message);
        else
            tensor.copy_(*stored);
    });
    if (!outcome) return outcome;
    auto steps = weights->take("steps", {1});
    if (!steps) return steps.error();
    state.optimiser.set_steps(steps->item<std::int64_t>());
    return {};
}

void require_gradients(const std::vector<NamedParameter>& parameters, bool wanted)
{
    for (auto parameter : parameters)
        parameter.tensor.set_requires_grad(wanted);
}

}  // namespace kinora::training
