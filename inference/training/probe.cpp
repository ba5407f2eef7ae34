#include "inference/training/probe.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/adaptive_avg_pool3d.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/conv3d.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/stack.h>

#include <fmt/format.h>

#include "inference/weights/safetensors.h"

namespace kinora::training {

namespace {

constexpr std::int64_t k_width = 48;
constexpr std::int64_t k_deep = 96;
constexpr std::int64_t k_features = 192;
// What is left of a picture's cells, whatever its shape.
constexpr std::int64_t k_rows = 3;
constexpr std::int64_t k_columns = 5;

/// Three latent frames at a time; `stride` in the picture.
at::Tensor look(const inference::Convolution& layer, const at::Tensor& x, std::int64_t stride)
{
    return at::gelu(at::conv3d(x, layer.weight, layer.bias, {1, stride, stride}, {1, 1, 1}));
}

}  // namespace

std::string_view name(Attribute attribute)
{
    constexpr std::array<std::string_view, k_probed.size()> names{
        "place", "time", "subject", "colour", "direction", "camera", "style", "size", "count", "other", "other colour"};
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
        case Attribute::other:
            return static_cast<int>(k_subjects.size()) + 1;
        case Attribute::colour:
        case Attribute::other_colour:
            return static_cast<int>(k_colours.size());
        case Attribute::direction:
            return static_cast<int>(k_directions.size());
        case Attribute::camera:
            return static_cast<int>(k_cameras.size());
        case Attribute::style:
            return static_cast<int>(k_styles.size());
        case Attribute::size:
            return static_cast<int>(k_sizes.size());
        case Attribute::count:
            return 4;
    }
    return 0;
}

int value_in(const std::uint8_t* attributes, Attribute attribute)
{
    constexpr std::array<int, k_probed.size()> columns{0, 1, 2, 3, 5, 9, 10, 11, 12, 13, 14};
    constexpr int k_subject = 2, k_count = 12, k_other = 13, k_later = 16, k_second_camera = 17;
    const bool nothing = attributes[k_subject] == static_cast<std::uint8_t>(Subject::none);
    const bool alone = attributes[k_other] == static_cast<std::uint8_t>(Subject::none);
    switch (attribute) {
        case Attribute::time:
            if (attributes[k_later] != static_cast<std::uint8_t>(TimeOfDay::none)) return -1;
            break;
        case Attribute::camera:
            if (attributes[k_second_camera] != static_cast<std::uint8_t>(Camera::still)) return -1;
            break;
        case Attribute::colour:
        case Attribute::direction:
        case Attribute::count:
            if (nothing) return -1;
            break;
        case Attribute::size:  // a group has its own
            if (nothing || !alone || attributes[k_count] > 1) return -1;
            break;
        case Attribute::other_colour:
            if (alone) return -1;
            break;
        default:
            break;
    }
    return attributes[columns[static_cast<std::size_t>(attribute)]];
}

std::string value_name(Attribute attribute, int value)
{
    switch (attribute) {
        case Attribute::place:
            return std::string(name(static_cast<Place>(value)));
        case Attribute::time:
            return std::string(name(static_cast<TimeOfDay>(value)));
        case Attribute::subject:
        case Attribute::other:
            return std::string(name(static_cast<Subject>(value)));
        case Attribute::colour:
        case Attribute::other_colour:
            return std::string(name(static_cast<Colour>(value)));
        case Attribute::direction:
            return std::string(name(static_cast<Direction>(value)));
        case Attribute::camera:
            return std::string(name(static_cast<Camera>(value)));
        case Attribute::style:
            return std::string(name(static_cast<Style>(value)));
        case Attribute::size:
            return std::string(name(static_cast<Size>(value)));
        case Attribute::count:
            return std::to_string(value);
    }
    return {};
}

bool bound_right(const std::array<int, k_probed.size()>& answers, const std::array<int, k_probed.size()>& wanted)
{
    const auto same = [&](Attribute attribute) {
        const auto at = static_cast<std::size_t>(attribute);
        return answers[at] == wanted[at];
    };
    return same(Attribute::subject) && same(Attribute::colour) && same(Attribute::other) && same(Attribute::other_colour);
}

Probe::Probe(std::int64_t channels)
    : first_(inference::outline_convolution(channels, k_width, {3, 3, 3})),
      second_(inference::outline_convolution(k_width, k_deep, {3, 3, 3})),
      third_(inference::outline_convolution(k_deep, k_deep, {3, 3, 3})),
      clip_(inference::outline_linear(k_deep * k_rows * k_columns, k_features))
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

at::Tensor Probe::features(const at::Tensor& latents) const
{
    const at::Tensor seen = look(third_, look(second_, look(first_, latents, 1), 2), 2);
    const at::Tensor cells = at::adaptive_avg_pool3d(seen, {1, k_rows, k_columns}).flatten(1);
    return at::gelu(inference::linear(clip_, cells));
}

std::vector<at::Tensor> Probe::forward(const at::Tensor& latents) const
{
    const at::Tensor clip = features(latents);
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
    inference::visit(clip_, "clip", visitor);
    for (std::size_t i = 0; i < heads_.size(); ++i)
        inference::visit(heads_[i], fmt::format("heads.{}", name(k_probed[i])), visitor);
}

}  // namespace kinora::training
