#include "inference/training/probe.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/adaptive_avg_pool2d.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/group_norm.h>
#include <ATen/ops/stack.h>
#include <fmt/format.h>

#include "inference/weights/safetensors.h"

namespace kinora::training {

namespace {

constexpr std::int64_t k_shallow = 32;
constexpr std::int64_t k_middle = 64;
constexpr std::int64_t k_moved = 32;
constexpr std::int64_t k_deep = 128;
constexpr std::int64_t k_deepest = 192;
constexpr std::int64_t k_features = 256;
constexpr std::int64_t k_groups = 8;
// What is left of a picture's cells, whatever its shape.
constexpr std::int64_t k_rows = 3;
constexpr std::int64_t k_columns = 5;

at::Tensor halved(const inference::Convolution& layer, const at::Tensor& x)
{
    return at::conv2d(x, layer.weight, layer.bias, {2, 2}, {1, 1});
}

at::Tensor normed(const at::Tensor& x)
{
    return at::gelu(at::group_norm(x, k_groups, {}, {}, 1e-5, false));
}

}  // namespace

Probe::Probe()
    : first_(inference::outline_convolution(3, k_shallow, {3, 3})),
      second_(inference::outline_convolution(k_shallow, k_middle, {3, 3})),
      moved_(inference::outline_convolution(k_probe_shifts, k_moved, {1, 1})),
      third_(inference::outline_convolution(k_middle + k_moved, k_deep, {3, 3})),
      fourth_(inference::outline_convolution(k_deep, k_deepest, {3, 3})),
      clip_(inference::outline_linear(k_deepest * (k_rows * k_columns + 1), k_features))
{
    for (const Attribute attribute : k_probed)
        heads_.push_back(inference::outline_linear(k_features, values_of(attribute)));
}

Probe Probe::create_random(std::uint64_t seed)
{
    Probe probe;
    inference::initialise_parameters([&](const auto& visitor) { probe.for_each_parameter(visitor); }, seed);
    return probe;
}

core::Result<Probe> Probe::load(const std::filesystem::path& file)
{
    auto weights = inference::load_safetensors(file);
    if (!weights) return weights.error();
    Probe probe;
    const auto walk = [&](const auto& visitor) { probe.for_each_parameter(visitor); };
    if (auto loaded = inference::load_parameters(walk, *weights); !loaded) return loaded.error();
    inference::convert_parameters(walk, at::kFloat, at::Device(at::kCPU));  // published in 16 bit
    return probe;
}

at::Tensor Probe::features(const ProbeView& view) const
{
    const auto type = first_.weight.scalar_type();
    const std::int64_t clips = view.near.size(0), looks = view.near.size(1);
    // The first layer keeps how bright and how coloured things are; the norms after it would take that away.
    const at::Tensor shallow = at::gelu(halved(first_, view.near.flatten(0, 1).to(type)));
    const at::Tensor seen = normed(halved(second_, shallow));
    const at::Tensor shifts = at::adaptive_avg_pool2d(motion_of(view), {seen.size(2), seen.size(3)}).to(type);
    const at::Tensor moved = at::gelu(at::conv2d(shifts, moved_.weight, moved_.bias));
    const at::Tensor deep = normed(halved(third_, at::cat({seen, moved}, 1)));
    const at::Tensor deepest = normed(halved(fourth_, deep));
    const at::Tensor cells = at::adaptive_avg_pool2d(deepest, {k_rows, k_columns}).flatten(1);
    const at::Tensor strongest = deepest.flatten(2).amax(2);
    const at::Tensor over_time = cells.view({clips, looks, -1}).mean(1);
    const at::Tensor ever = strongest.view({clips, looks, -1}).amax(1);
    return at::gelu(inference::linear(clip_, at::cat({over_time, ever}, 1)));
}

std::vector<at::Tensor> Probe::forward(const ProbeView& view) const
{
    const at::Tensor clip = features(view);
    std::vector<at::Tensor> logits;
    for (const auto& head : heads_)
        logits.push_back(inference::linear(head, clip));
    return logits;
}

at::Tensor Probe::classify(const ProbeView& view) const
{
    std::vector<at::Tensor> answers;
    for (const auto& logits : forward(view))
        answers.push_back(at::argmax(logits, 1));
    return at::stack(answers, 1);
}

void Probe::for_each_parameter(const inference::ParameterVisitor& visitor)
{
    inference::visit(first_, "first", visitor);
    inference::visit(second_, "second", visitor);
    inference::visit(moved_, "moved", visitor);
    inference::visit(third_, "third", visitor);
    inference::visit(fourth_, "fourth", visitor);
    inference::visit(clip_, "clip", visitor);
    for (std::size_t i = 0; i < heads_.size(); ++i)
        inference::visit(heads_[i], fmt::format("heads.{}", name(k_probed[i])), visitor);
}

}  // namespace kinora::training
