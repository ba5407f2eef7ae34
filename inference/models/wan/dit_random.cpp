#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/Generator.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>

#include <cmath>
#include <string>

#include "inference/models/wan/dit.h"

namespace kinora::inference {
namespace {

bool holds(const std::string& text, const char* part)
{
    return text.find(part) != std::string::npos;
}

at::Tensor drawn(const at::Tensor& outline)
{
    return at::empty(outline.sizes(), at::TensorOptions().dtype(at::kFloat));
}

/// Xavier's uniform; a convolution counts as a linear over its flattened patch.
at::Tensor xavier(const at::Tensor& outline, at::Generator& generator)
{
    const auto out = static_cast<double>(outline.size(0));
    const auto in = static_cast<double>(outline.numel()) / out;
    const double bound = std::sqrt(6.0 / (in + out));
    return drawn(outline).uniform_(-bound, bound, generator);
}

at::Tensor initial_value(const std::string& name, const at::Tensor& outline, std::int64_t width, at::Generator& generator)
{
    const auto options = at::TensorOptions().dtype(at::kFloat);
    if (holds(name, "scale_shift_table"))
        return drawn(outline).normal_(0.0, 1.0 / std::sqrt(static_cast<double>(width)), generator);
    if (holds(name, "norm") && holds(name, ".weight")) return at::ones(outline.sizes(), options);
    if (outline.dim() == 1 || name == "proj_out.weight" || holds(name, "pos_embed"))
        return at::zeros(outline.sizes(), options);
    if (holds(name, "time_embedder") || holds(name, "text_embedder")) return drawn(outline).normal_(0.0, 0.02, generator);
    return xavier(outline, generator);
}

}  // namespace

WanDit WanDit::create_random(const WanDitConfig& config, std::uint64_t seed)
{
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    WanDit dit(config);
    dit.for_each_parameter([&](const std::string& name, at::Tensor& parameter) {
        parameter = initial_value(name, parameter, config.width(), generator);
    });
    return dit;
}

}  // namespace kinora::inference
