#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "inference/sampling/dpm_solver.h"
#include "inference/sampling/flow_euler.h"
#include "inference/sampling/renoising.h"
#include "inference/sampling/unipc.h"

namespace kinora::inference {

/// One of the samplers that a recipe can name. A value: a copy is a checkpoint.
class Sampler {
public:
    /// `name`: one of `sampler_names()`. `seed` decides the noise of those that draw some. `invalid_argument` says which
    /// samplers there are, or how many steps one has. `first_step` leaves out so many of the steps, for a clip that is
    /// noised to the level of that step instead of all the way; its sampler counts from 0 again.
    [[nodiscard]] static core::Result<Sampler> create(const std::string& name, int steps, double shift,
                                                      std::uint64_t seed = 0, int first_step = 0);

    [[nodiscard]] const NoiseSchedule& schedule() const;
    [[nodiscard]] int step_index() const;
    [[nodiscard]] float timestep() const { return schedule().timesteps[static_cast<std::size_t>(step_index())]; }
    [[nodiscard]] float sigma() const { return schedule().sigmas[static_cast<std::size_t>(step_index())]; }
    [[nodiscard]] bool finished() const { return step_index() >= schedule().steps(); }

    /// What the steps to come depend on beside the sampler's name, steps, shift and seed.
    [[nodiscard]] SamplerState state() const;
    /// Goes on from a state of the same sampler. False if it can't be one, and nothing is changed; the tensors' shapes are
    /// the caller's to check.
    [[nodiscard]] bool restore(const SamplerState& state);

    /// As `UniPc::step`. Precondition: not `finished()`.
    [[nodiscard]] at::Tensor step(const at::Tensor& flow, const at::Tensor& sample);

private:
    using Kind = std::variant<UniPc, FlowEuler, DpmSolver, Renoising>;
    explicit Sampler(Kind kind);

    Kind kind_;
};

/// "unipc", "euler", "dpmpp" (DPM++ 2M), "lightx2v" (four fixed steps of the distilled LoRAs), "fastwan"
/// (three fixed steps of the distilled models).
[[nodiscard]] const std::vector<std::string>& sampler_names();

/// Steps of a sampler that has a table of its own: 4 for "lightx2v", 3 for "fastwan"; nullopt: any number.
[[nodiscard]] std::optional<int> fixed_steps(const std::string& name);

}  // namespace kinora::inference
