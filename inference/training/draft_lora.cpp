#include <ATen/TensorOperators.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/zeros.h>

#include <cmath>

#include "inference/training/draft_trainer.h"
#include "inference/training/scene_batch.h"

namespace kinora::training {

namespace {

bool is_changed(const std::string& name, const at::Tensor& tensor)
{
    return tensor.dim() == 2 && name.starts_with("blocks.") && name.ends_with(".weight") &&
           name.find("norm") == std::string::npos;
}

}  // namespace

DraftLora::DraftLora(inference::WanDit& model, int rank, std::uint64_t seed, const at::Device& device)
{
    model.for_each_parameter([&](const std::string& name, at::Tensor& tensor) {
        if (!is_changed(name, tensor)) return;
        const std::string module = "transformer." + name.substr(0, name.size() - std::string(".weight").size());
        of_.emplace_back(name, parameters_.size());
        const double scale = 1.0 / std::sqrt(static_cast<double>(tensor.size(1)));
        const at::Tensor down = normal_noise({rank, tensor.size(1)}, seed + parameters_.size()) * scale;
        parameters_.push_back({module + ".lora_A.weight", down.to(device)});
        parameters_.push_back({module + ".lora_B.weight", at::zeros({tensor.size(0), rank}, at::kFloat).to(device)});
    });
}

void DraftLora::apply(inference::WanDit& working) const
{
    std::size_t next = 0;
    working.for_each_parameter([&](const std::string& name, at::Tensor& tensor) {
        if (next == of_.size() || of_[next].first != name) return;
        const std::size_t at = of_[next++].second;
        tensor = tensor + at::matmul(parameters_[at + 1].tensor, parameters_[at].tensor);
    });
}

at::Tensor follow_teacher(const at::Tensor& noisy, const at::Tensor& made, const std::vector<float>& levels,
                          const std::function<at::Tensor(const at::Tensor&, const at::Tensor&)>& flow)
{
    const at::Tensor moving = made.to(at::kFloat);
    const at::Tensor where = moving.unsqueeze(1).unsqueeze(3).unsqueeze(4);
    at::Tensor clip = noisy;
    for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
        const at::Tensor velocity = flow(clip, moving * (static_cast<double>(levels[i]) * 1000.0));
        clip = clip + where * velocity * (static_cast<double>(levels[i + 1]) - static_cast<double>(levels[i]));
    }
    return clip;
}

}  // namespace kinora::training
