#include "inference/training/ema.h"

#include <c10/core/GradMode.h>

#include <algorithm>

namespace kinora::training {

Ema::Ema(const std::vector<NamedParameter>& parameters, double decay) : decay_(decay)
{
    for (const auto& parameter : parameters)
        averages_.push_back({parameter.name, parameter.tensor.detach().clone()});
}

void Ema::update(const std::vector<NamedParameter>& parameters, std::int64_t step)
{
    const c10::NoGradGuard no_grad;
    const double early = static_cast<double>(step + 1) / static_cast<double>(step + 10);
    const double decay = std::min(decay_, early);
    for (std::size_t i = 0; i < averages_.size(); ++i)
        averages_[i].tensor.lerp_(parameters[i].tensor, 1.0 - decay);
}

SwappedWithEma::SwappedWithEma(std::vector<NamedParameter> parameters, const Ema& ema) : parameters_(std::move(parameters))
{
    const c10::NoGradGuard no_grad;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        saved_.push_back(parameters_[i].tensor.detach().clone());
        parameters_[i].tensor.copy_(ema.averages()[i].tensor);
    }
}

SwappedWithEma::~SwappedWithEma()
{
    const c10::NoGradGuard no_grad;
    for (std::size_t i = 0; i < parameters_.size(); ++i)
        parameters_[i].tensor.copy_(saved_[i]);
}

}  // namespace kinora::training
