#include "inference/sampling/sampler.h"

#include <algorithm>
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

/// The rest of a grid, for runs that begin with a clip that is only noised in part. One step stays at least.
NoiseSchedule from_step(NoiseSchedule schedule, int first)
{
    const auto left_out = std::clamp(first, 0, schedule.steps() - 1);
    schedule.sigmas.erase(schedule.sigmas.begin(), schedule.sigmas.begin() + left_out);
    schedule.timesteps.erase(schedule.timesteps.begin(), schedule.timesteps.begin() + left_out);
    return schedule;
}

}  // namespace

Sampler::Sampler(Kind kind) : kind_(std::move(kind)) {}

core::Result<Sampler> Sampler::create(const std::string& name, int steps, double shift, std::uint64_t seed, int first_step)
{
    using core::ErrorKind;
    if (steps < 1 || steps > 1000)
        return core::make_error(ErrorKind::invalid_argument,
                                "A clip can't be made in " + std::to_string(steps) + " steps; choose 1 to 1000.");
    if (!(shift > 0) || shift > 1000)
        return core::make_error(ErrorKind::invalid_argument,
                                "The shift of the noise levels has to lie above 0 and below 1000.");
    if (name == "unipc") return Sampler(UniPc(from_step(unipc_schedule(steps, shift), first_step)));
    if (name == "euler") return Sampler(FlowEuler(from_step(flow_schedule(steps, shift), first_step)));
    if (name == "dpmpp") return Sampler(DpmSolver(from_step(dpm_schedule(steps, shift), first_step)));
    if (name == "lightx2v") {
        if (steps != 4)
            return core::make_error(ErrorKind::invalid_argument,
                                    "The sampler \"lightx2v\" has four fixed steps; ask for 4.");
        return Sampler(FlowEuler(from_step(lightx2v_schedule(), first_step)));
    }
    if (name == "fastwan") {
        if (steps != 3)
            return core::make_error(ErrorKind::invalid_argument,
                                    "The sampler \"fastwan\" has three fixed steps; ask for 3.");
        return Sampler(Renoising(from_step(fastwan_schedule(), first_step), seed));
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

SamplerState Sampler::state() const
{
    return std::visit([](const auto& sampler) { return sampler.state(); }, kind_);
}

bool Sampler::restore(const SamplerState& state)
{
    return std::visit([&](auto& sampler) { return sampler.restore(state); }, kind_);
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
