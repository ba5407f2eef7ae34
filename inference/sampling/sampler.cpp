#include "inference/sampling/sampler.h"

#include <utility>

namespace kinora::inference {
namespace {

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "\"" : ", \"") + name + "\"";
    return text;
}

}  // namespace

Sampler::Sampler(Kind kind) : kind_(std::move(kind)) {}

core::Result<Sampler> Sampler::create(const std::string& name, int steps, double shift, std::uint64_t seed)
{
    using core::ErrorKind;
    if (steps < 1 || steps > 1000)
        return core::make_error(ErrorKind::invalid_argument,
                                "A clip can't be made in " + std::to_string(steps) + " steps; choose 1 to 1000.");
    if (!(shift > 0) || shift > 1000)
        return core::make_error(ErrorKind::invalid_argument,
                                "The shift of the noise levels has to lie above 0 and below 1000.");
    if (name == "unipc") return Sampler(UniPc(unipc_schedule(steps, shift)));
    if (name == "euler") return Sampler(FlowEuler(flow_schedule(steps, shift)));
    if (name == "dpmpp") return Sampler(DpmSolver(dpm_schedule(steps, shift)));
    if (name == "lightx2v") {
        if (steps != 4)
            return core::make_error(ErrorKind::invalid_argument,
                                    "The sampler \"lightx2v\" has four fixed steps; ask for 4.");
        return Sampler(FlowEuler(lightx2v_schedule()));
    }
    if (name == "fastwan") {
        if (steps != 3)
            return core::make_error(ErrorKind::invalid_argument,
                                    "The sampler \"fastwan\" has three fixed steps; ask for 3.");
        return Sampler(Renoising(fastwan_schedule(), seed));
    }
    return core::make_error(ErrorKind::invalid_argument,
                            "There is no sampler \"" + name + "\"; choose one of " + listed(sampler_names()) + ".");
}

const NoiseSchedule& Sampler::schedule() const
{
    return std::visit([](const auto& sampler) -> const NoiseSchedule& { return sampler.schedule(); }, kind_);
}

int Sampler::step_index() const
{
    return std::visit([](const auto& sampler) { return sampler.step_index(); }, kind_);
}

at::Tensor Sampler::step(const at::Tensor& flow, const at::Tensor& sample)
{
    return std::visit([&](auto& sampler) { return sampler.step(flow, sample); }, kind_);
}

std::optional<int> fixed_steps(const std::string& name)
{
    if (name == "lightx2v") return lightx2v_schedule().steps();
    if (name == "fastwan") return fastwan_schedule().steps();
    return std::nullopt;
}

const std::vector<std::string>& sampler_names()
{
    static const std::vector<std::string> names{"unipc", "euler", "dpmpp", "lightx2v", "fastwan"};
    return names;
}

}  // namespace kinora::inference
