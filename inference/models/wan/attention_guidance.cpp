#include "inference/models/wan/attention_guidance.h"

#include <ATen/TensorOperators.h>

namespace kinora::inference {
namespace {

/// Below every 1-norm that means something; keeps a vector of zeros from dividing by zero.
constexpr double k_tiny = 1e-30;

at::Tensor one_norm(const at::Tensor& x)
{
    return x.abs().sum(-1, true).clamp_min(k_tiny);
}

}  // namespace

at::Tensor guide_away(const at::Tensor& attended, const at::Tensor& avoided, const AttentionGuidance& guidance)
{
    const auto wanted = attended.to(at::kFloat);
    const auto away = wanted - avoided.to(at::kFloat);
    const auto led = wanted + away * (guidance.scale - 1.0);
    const auto growth = one_norm(led) / one_norm(wanted);
    const auto cut = led * (growth.clamp_max(guidance.tau) / growth);
    return (wanted + (cut - wanted) * guidance.alpha).to(attended.scalar_type());
}

}  // namespace kinora::inference
