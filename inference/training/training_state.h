#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "inference/training/ema.h"
#include "inference/training/muon_adam.h"

namespace kinora::training {

/// All that a run needs to go on as if it had never stopped: parameters, their moving averages, the optimiser's moments and
/// the step. Written as one safetensors file, atomically.
struct TrainingState {
    std::vector<NamedParameter> parameters;
    Ema& ema;
    MuonAdam& optimiser;
};

[[nodiscard]] core::Result<void> save_state(const std::filesystem::path& file, const TrainingState& state);

/// Copies the file's tensors into `state`. Errors: `not_found`, `corrupt` (another model's state, with the tensor's name).
[[nodiscard]] core::Result<void> load_state(const std::filesystem::path& file, TrainingState& state);

/// The parameters of a module that walks its tensors by visitor, in visiting order, with `prefix` before each name.
template <typename Module>
std::vector<NamedParameter> parameters_of(Module& module, const std::string& prefix = {})
{
    std::vector<NamedParameter> found;
    module.for_each_parameter([&](const std::string& name, at::Tensor& tensor) {
        found.push_back({prefix + name, tensor});
    });
    return found;
}

/// Marks all parameters as wanting gradients (or not).
void require_gradients(const std::vector<NamedParameter>& parameters, bool wanted);

}  // namespace kinora::training
