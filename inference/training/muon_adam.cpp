#include "inference/training/muon_adam.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>

#include "inference/training/orthogonalise.h"

namespace kinora::training {

at::Tensor orthogonalised(const at::Tensor& matrix)
{
    if (has_orthogonalise_tiles(matrix)) return orthogonalise_tiles(matrix);
    at::Tensor x = matrix.to(at::kBFloat16);
    const bool tall = x.size(0) > x.size(1);
    if (tall) x = x.t();
    x = x / (at::linalg_vector_norm(x) + NewtonSchulz::smallest_norm);
    for (int i = 0; i < NewtonSchulz::steps; ++i) {
        const at::Tensor gram = at::matmul(x, x.t());
        const at::Tensor polynomial = gram * NewtonSchulz::b + at::matmul(gram, gram) * NewtonSchulz::c;
        x = x * NewtonSchulz::a + at::matmul(polynomial, x);
    }
    return tall ? x.t() : x;
}

MuonAdam::MuonAdam(std::vector<NamedParameter> matrices, std::vector<NamedParameter> others, Options options)
    : matrices_(std::move(matrices)), others_(std::move(others)), options_(options)
{
    const c10::NoGradGuard no_grad;
    for (const auto& parameter : matrices_)
        momenta_.push_back(at::zeros_like(parameter.tensor).detach());
    for (const auto& parameter : others_) {
        first_.push_back(at::zeros_like(parameter.tensor).detach());
        second_.push_back(at::zeros_like(parameter.tensor).detach());
    }
}

void MuonAdam::zero_gradients()
{
    for (auto& parameter : matrices_)
        parameter.tensor.mutable_grad() = at::Tensor();
    for (auto& parameter : others_)
        parameter.tensor.mutable_grad() = at::Tensor();
}

double MuonAdam::clip_gradients(double max_norm)
{
    const c10::NoGradGuard no_grad;
    double square_sum = 0;
    const auto add = [&](const NamedParameter& parameter) {
        if (!parameter.tensor.grad().defined()) return;
        const double norm = at::linalg_vector_norm(parameter.tensor.grad()).item<double>();
        square_sum += norm * norm;
    };
    std::for_each(matrices_.begin(), matrices_.end(), add);
    std::for_each(others_.begin(), others_.end(), add);
    const double norm = std::sqrt(square_sum);
    if (norm > max_norm) {
        const double scale = max_norm / (norm + 1e-6);
        for (auto& parameter : matrices_)
            if (parameter.tensor.grad().defined()) parameter.tensor.mutable_grad().mul_(scale);
        for (auto& parameter : others_)
            if (parameter.tensor.grad().defined()) parameter.tensor.mutable_grad().mul_(scale);
    }
    return norm;
}

void MuonAdam::step(double factor)
{
    const c10::NoGradGuard no_grad;
    ++steps_;
    step_muon(options_.muon_rate * factor);
    step_adam(options_.adam_rate * factor);
}

void MuonAdam::step_muon(double rate)
{
    for (std::size_t i = 0; i < matrices_.size(); ++i) {
        at::Tensor& value = matrices_[i].tensor;
        const at::Tensor gradient = value.grad();
        if (!gradient.defined()) continue;
        momenta_[i].mul_(options_.momentum).add_(gradient);
        const at::Tensor nesterov = gradient.add(momenta_[i], options_.momentum);
        const at::Tensor flat = nesterov.reshape({nesterov.size(0), -1});
        const at::Tensor update = orthogonalised(flat).to(value.scalar_type()).reshape(nesterov.sizes());
        const double scale = 0.2 * std::sqrt(static_cast<double>(std::max(flat.size(0), flat.size(1))));
        value.mul_(1.0 - rate * options_.weight_decay).add_(update, -rate * scale);
    }
}

void MuonAdam::step_adam(double rate)
{
    const double correction1 = 1.0 - std::pow(options_.beta1, static_cast<double>(steps_));
    const double correction2 = 1.0 - std::pow(options_.beta2, static_cast<double>(steps_));
    for (std::size_t i = 0; i < others_.size(); ++i) {
        at::Tensor& value = others_[i].tensor;
        const at::Tensor gradient = value.grad();
        if (!gradient.defined()) continue;
        first_[i].mul_(options_.beta1).add_(gradient, 1.0 - options_.beta1);
        second_[i].mul_(options_.beta2).addcmul_(gradient, gradient, 1.0 - options_.beta2);
        const at::Tensor denominator = (second_[i] / correction2).sqrt_().add_(options_.epsilon);
        value.addcdiv_(first_[i], denominator, -rate / correction1);
    }
}

void MuonAdam::for_each_state(const std::function<void(const std::string&, at::Tensor&)>& visit)
{
    for (std::size_t i = 0; i < matrices_.size(); ++i)
        visit("momentum." + matrices_[i].name, momenta_[i]);
    for (std::size_t i = 0; i < others_.size(); ++i) {
        visit("first." + others_[i].name, first_[i]);
        visit("second." + others_[i].name, second_[i]);
    }
}

}  // namespace kinora::training
