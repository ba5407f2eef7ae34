#include "inference/training/probe.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/stack.h>

#include <fmt/format.h>

#include "inference/weights/safetensors.h"

namespace kinora::training {

namespace {

constexpr std::int64_t k_width = 48;
constexpr std::int64_t k_deep = 64;
constexpr std::int64_t k_features = 96;
// 12 × 20 cells, halved twice.
constexpr std::int64_t k_cells = 3 * 5;

at::Tensor halve(const inference::Convolution& layer, const at::Tensor& x)
{
    return at::gelu(at::conv2d(x, layer.weight, layer.bias, {2, 2}, {1, 1}));
}

}  // namespace

std::string_view name(Attribute attribute)
{
    constexpr std::array<std::string_view, k_probed.size()> names{"place",  "time",      "subject",
                                                                  "colour", "direction", "camera"};
    return names[static_cast<std::size_t>(attribute)];
}

int values_of(Attribute attribute)
{
    switch (attribute) {
        case Attribute::place:
            return static_cast<int>(k_places.size());
        case Attribute::time:
            return static_cast<int>(k_times.size()) + 1;
        case Attribute::subject:
            return static_cast<int>(k_subjects.size()) + 1;
        case Attribute::colour:
            return static_cast<int>(k_colours.size());
        case Attribute::direction:
            return static_cast<int>(k_directions.size());
        case Attribute::camera:
            return static_cast<int>(k_cameras.size());
    }
    return 0;
}

int value_in(const std::uint8_t* attributes, Attribute attribute)
{
    constexpr std::array<int, k_probed.size()> columns{0, 1, 2, 3, 5, 9};
    const bool of_subject = attribute == Attribute::colour || attribute == Attribute::direction;
    if (of_subject && attributes[2] == static_cast<std::uint8_t>(Subject::none)) return -1;
    return attributes[columns[static_cast<std::size_t>(attribute)]];
}

Probe::Probe(std::int64_t channels)
    : first_(inference::outline_convolution(channels, k_width, {3, 3})),
      second_(inference::outline_convolution(k_width, k_deep, {3, 3})),
      third_(inference::outline_convolution(k_deep, k_deep, {3, 3})),
      frame_(inference::outline_linear(k_deep * k_cells, k_features)),
      clip_(inference::outline_linear(3 * k_features, k_features))
{
    for (const Attribute attribute : k_probed)
        heads_.push_back(inference::outline_linear(k_features, values_of(attribute)));
}

Probe Probe::create_random(std::uint64_t seed, std::int64_t channels)
{
    Probe probe(channels);
    inference::initialise_parameters([&](const auto& visitor) { probe.for_each_parameter(visitor); }, seed);
    return probe;
}

core::Result<Probe> Probe::load(const std::filesystem::path& file, std::int64_t channels)
{
    auto weights = inference::load_safetensors(file);
    if (!weights) return weights.error();
    Probe probe(channels);
    const auto walk = [&](const auto& visitor) { probe.for_each_parameter(visitor); };
    if (auto loaded = inference::load_parameters(walk, *weights); !loaded) return loaded.error();
    inference::convert_parameters(walk, at::kFloat, at::Device(at::kCPU));  // published in 16 bit
    return probe;
}

std::vector<at::Tensor> Probe::forward(const at::Tensor& latents) const
{
    const std::int64_t last = latents.size(2) - 1;
    std::vector<at::Tensor> frames;
    for (const std::int64_t index : {std::int64_t{0}, (last + 1) / 2, last}) {
        const at::Tensor x = at::gelu(at::conv2d(latents.select(2, index), first_.weight, first_.bias, {1, 1}, {1, 1}));
        frames.push_back(at::gelu(inference::linear(frame_, halve(third_, halve(second_, x)).flatten(1))));
    }
    const at::Tensor clip = at::gelu(inference::linear(clip_, at::cat(frames, 1)));
    std::vector<at::Tensor> logits;
    for (const auto& head : heads_)
        logits.push_back(inference::linear(head, clip));
    return logits;
}

at::Tensor Probe::classify(const at::Tensor& latents) const
{
    std::vector<at::Tensor> answers;
    for (const auto& logits : forward(latents))
        answers.push_back(at::argmax(logits, 1));
    return at::stack(answers, 1);
}

void Probe::for_each_parameter(const inference::ParameterVisitor& visitor)
{
    inference::visit(first_, "first", visitor);
    inference::visit(second_, "second", visitor);
    inference::visit(third_, "third", visitor);
    inference::visit(frame_, "frame", visitor);
    inference::visit(clip_, "clip", visitor);
    for (std::size_t i = 0; i < heads_.size(); ++i)
        inference::visit(heads_[i], fmt::format("heads.{}", name(k_probed[i])), visitor);
}

}  // namespace kinora::training
