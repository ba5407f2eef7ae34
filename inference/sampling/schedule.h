#pragma once

#include <vector>

namespace kinora::inference {

/// The noise levels of a run. `sigmas` has one more entry than there are steps and ends in 0 (no noise left);
/// `timesteps` is what the model is told at each step, 0…1000.
struct NoiseSchedule {
    std::vector<float> sigmas;
    std::vector<float> timesteps;

    [[nodiscard]] int steps() const { return static_cast<int>(timesteps.size()); }
};

/// σ' = shift·σ / (1 + (shift − 1)·σ): more of the steps at high noise.
[[nodiscard]] double shifted(double sigma, double shift);

/// The grid of diffusers' UniPC for flow models (0.37 and later): from 1 to 1/1000 without its end, shifted; the first sigma
/// is 1e-6 below 1, so that its logarithm exists; time steps are truncated to whole numbers. Precondition for all: `steps`
/// ≥ 1.
[[nodiscard]] NoiseSchedule unipc_schedule(int steps, double shift);

/// The grid of diffusers' DPM-Solver++ for flow models: from 1 − 1/1000 to 0, shifted; time steps are truncated to whole
/// numbers.
[[nodiscard]] NoiseSchedule dpm_schedule(int steps, double shift);

/// The plain grid for Euler steps on a Wan model: 1 to 0 in even steps, shifted; time steps aren't rounded.
[[nodiscard]] NoiseSchedule flow_schedule(int steps, double shift);

/// The grid of diffusers' FlowMatchEulerDiscreteScheduler with a static shift, which shifts twice: the smallest sigma it
/// spaces its grid from is shifted already. Four steps at shift 5 end at 24.4, not 625.
[[nodiscard]] NoiseSchedule flow_match_euler_schedule(int steps, double shift);

/// A grid given by its sigmas (without the final 0).
[[nodiscard]] NoiseSchedule custom_schedule(const std::vector<double>& sigmas);

/// The four steps of LightX2V's distilled LoRAs: time steps 1000, 937.5, 833.3 and 625, for Euler steps without guidance.
[[nodiscard]] NoiseSchedule lightx2v_schedule();

/// The three steps of FastWan's distilled models: time steps 1000, 757 and 522, for `Renoising` without guidance.
[[nodiscard]] NoiseSchedule fastwan_schedule();

}  // namespace kinora::inference
