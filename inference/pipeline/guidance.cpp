#include "inference/pipeline/guidance.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/sum.h>

namespace kinora::inference {
namespace {

/// How much of the negative flow is in the prompt's, by least squares: ⟨prompt, negative⟩ / ‖negative‖².
at::Tensor share_of_negative(const at::Tensor& prompt, const at::Tensor& negative)
{
    constexpr double never_zero = 1e-8;
    return (prompt * negative).sum() / (negative.square().sum() + never_zero);
}

}  // namespace

std::optional<AttentionGuidance> GuidanceSettings::attention_of(int expert) const
{
    if (mode != GuidanceMode::nag || strength_of(expert) == 1.0F) return std::nullopt;
    auto own = attention;
    own.scale = strength_of(expert);
    return own;
}

bool GuidanceSettings::reads_negative() const
{
    return two_passes(0) || two_passes(1) || attention_of(0) || attention_of(1);
}

const std::vector<std::string>& guidance_mode_names()
{
    static const std::vector<std::string> names{"cfg", "cfg-zero", "nag"};
    return names;
}

core::Result<GuidanceMode> guidance_mode(const std::string& name)
{
    if (name == "cfg") return GuidanceMode::cfg;
    if (name == "cfg-zero") return GuidanceMode::cfg_zero;
    if (name == "nag") return GuidanceMode::nag;
    return core::make_error(core::ErrorKind::invalid_argument,
                            "There is no guidance \"" + name + "\"; choose one of \"cfg\", \"cfg-zero\", \"nag\".");
}

at::Tensor guided_flow(const at::Tensor& prompt, const at::Tensor& negative, GuidanceMode mode, float strength)
{
    if (mode == GuidanceMode::cfg_zero) {
        const auto scaled = negative * share_of_negative(prompt, negative);
        return scaled + (prompt - scaled) * strength;
    }
    return negative + (prompt - negative) * strength;
}

}  // namespace kinora::inference
