#include "inference/training/starting_weights.h"

#include <ATen/core/Tensor.h>
#include <c10/core/GradMode.h>

#include "inference/weights/safetensors.h"

namespace kinora::training {

core::Result<void> start_from(const std::filesystem::path& part, const std::string& prefix,
                              const std::vector<NamedParameter>& parameters)
{
    auto weights = std::filesystem::is_directory(part) ? inference::load_part(part) : inference::load_safetensors(part);
    if (!weights) return weights.error();
    const c10::NoGradGuard no_grad;
    for (const auto& parameter : parameters) {
        if (!parameter.name.starts_with(prefix)) continue;
        auto stored = weights->take(parameter.name.substr(prefix.size()), parameter.tensor.sizes());
        if (!stored) return core::make_error(stored.error().kind, part.string() + ": " + stored.error().message);
        at::Tensor target = parameter.tensor;
        target.copy_(*stored);
    }
    return {};
}

}  // namespace kinora::training
