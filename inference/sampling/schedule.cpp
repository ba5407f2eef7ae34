#include "inference/sampling/schedule.h"

#include <algorithm>
#include <cmath>

namespace kinora::inference {
namespace {

constexpr double k_train_timesteps = 1000.0;

NoiseSchedule from_sigmas(const std::vector<double>& sigmas)
{
    NoiseSchedule schedule;
    for (const double sigma : sigmas) {
        schedule.sigmas.push_back(static_cast<float>(sigma));
        schedule.timesteps.push_back(static_cast<float>(sigma * k_train_timesteps));
    }
    schedule.sigmas.push_back(0.0F);
    return schedule;
}

/// `count` values from `first` to `last`, both included.
std::vector<double> even(double first, double last, int count)
{
    std::vector<double> values;
    for (int index = 0; index < count; ++index)
        values.push_back(count == 1 ? first : first + index * ((last - first) / (count - 1)));
    return values;
}

void shift_all(std::vector<double>& sigmas, double shift)
{
    for (double& sigma : sigmas)
        sigma = shifted(sigma, shift);
}

/// Makes the time steps whole numbers.
NoiseSchedule truncated(NoiseSchedule schedule, const std::vector<double>& sigmas)
{
    std::transform(sigmas.begin(), sigmas.end(), schedule.timesteps.begin(),
                   [](double sigma) { return static_cast<float>(std::trunc(sigma * k_train_timesteps)); });
    return schedule;
}

}  // namespace

double shifted(double sigma, double shift)
{
    return shift * sigma / (1 + (shift - 1) * sigma);
}

NoiseSchedule unipc_schedule(int steps, double shift)
{
    auto sigmas = even(1.0, 1.0 / k_train_timesteps, steps + 1);
    sigmas.pop_back();
    shift_all(sigmas, shift);
    constexpr double below_one = 1e-6;
    if (std::abs(sigmas.front() - 1) < below_one) sigmas.front() -= below_one;
    return truncated(from_sigmas(sigmas), sigmas);
}

NoiseSchedule dpm_schedule(int steps, double shift)
{
    // The reference spaces 1 − σ evenly and turns the row around.
    auto sigmas = even(1.0, 1.0 / k_train_timesteps, steps + 1);
    for (double& sigma : sigmas)
        sigma = 1.0 - sigma;
    shift_all(sigmas, shift);
    std::reverse(sigmas.begin(), sigmas.end());
    sigmas.pop_back();
    return truncated(from_sigmas(sigmas), sigmas);
}

NoiseSchedule flow_schedule(int steps, double shift)
{
    auto sigmas = even(1.0, 0.0, steps + 1);
    sigmas.pop_back();
    shift_all(sigmas, shift);
    return from_sigmas(sigmas);
}

NoiseSchedule flow_match_euler_schedule(int steps, double shift)
{
    auto sigmas = even(1.0, shifted(1.0 / k_train_timesteps, shift), steps);
    shift_all(sigmas, shift);
    return from_sigmas(sigmas);
}

NoiseSchedule custom_schedule(const std::vector<double>& sigmas)
{
    return from_sigmas(sigmas);
}

NoiseSchedule lightx2v_schedule()
{
    return flow_schedule(4, 5.0);
}

NoiseSchedule fastwan_schedule()
{
    return from_sigmas({1.0, 0.757, 0.522});
}

}  // namespace kinora::inference
