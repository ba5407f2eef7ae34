#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "inference/training/muon_adam.h"

namespace kinora::training {

/// Exponential moving average of the parameters: what is evaluated and published. In the first steps it follows faster,
/// with decay min(decay, (step + 1) / (step + 10)).
class Ema {
public:
    Ema(const std::vector<NamedParameter>& parameters, double decay);

    void update(const std::vector<NamedParameter>& parameters, std::int64_t step);

    /// The averages, in the parameters' order and under their names.
    [[nodiscard]] const std::vector<NamedParameter>& averages() const { return averages_; }

private:
    std::vector<NamedParameter> averages_;
    double decay_;
};

/// Exchanges the values of parameters and averages while it lives: for evaluating the averages with the same module.
class SwappedWithEma {
public:
    SwappedWithEma(std::vector<NamedParameter> parameters, const Ema& ema);
    ~SwappedWithEma();
    SwappedWithEma(const SwappedWithEma&) = delete;
    SwappedWithEma& operator=(const SwappedWithEma&) = delete;

private:
    std::vector<NamedParameter> parameters_;
    std::vector<at::Tensor> saved_;
};

}  // namespace kinora::training
