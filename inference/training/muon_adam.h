#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <string>
#include <vector>

namespace kinora::training {

/// A trained tensor under the name it has in the checkpoint.
struct NamedParameter {
    std::string name;
    at::Tensor tensor;
};

/// Muon (momentum, Newton-Schulz orthogonalised) for matrices and flattened convolution kernels, AdamW for the rest, in one
/// optimiser. Muon's update is scaled by 0.2 sqrt(max(rows, columns)), so that AdamW's learning rates and decay carry over.
/// After Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024), and Liu et al., "Muon is scalable
/// for LLM training", arXiv:2502.16982.
class MuonAdam {
public:
    struct Options {
        double muon_rate = 2e-3;
        double adam_rate = 1e-3;
        double weight_decay = 0.01;  ///< of the matrices only
        double momentum = 0.95;
        double beta1 = 0.9;
        double beta2 = 0.95;
        double epsilon = 1e-8;
    };

    MuonAdam(std::vector<NamedParameter> matrices, std::vector<NamedParameter> others, Options options);

    /// Forgets all gradients.
    void zero_gradients();

    /// Scales all gradients so that their common L2 norm is at most `max_norm`; returns the norm before.
    double clip_gradients(double max_norm);

    /// One update with both learning rates multiplied by `factor`. Parameters without a gradient stay as they are.
    void step(double factor);

    /// The optimiser's own tensors (momentum, second moments) under stable names, and the step count, for checkpoints.
    void for_each_state(const std::function<void(const std::string&, at::Tensor&)>& visit);
    [[nodiscard]] std::int64_t steps() const { return steps_; }
    void set_steps(std::int64_t steps) { steps_ = steps; }

private:
    void step_muon(double rate);
    void step_adam(double rate);

    std::vector<NamedParameter> matrices_;
    std::vector<NamedParameter> others_;
    std::vector<at::Tensor> momenta_;
    std::vector<at::Tensor> first_;
    std::vector<at::Tensor> second_;
    Options options_;
    std::int64_t steps_ = 0;
};

/// The orthogonal factor of a matrix, nearly (singular values within about 0.7…1.2): five Newton-Schulz steps in bfloat16.
[[nodiscard]] at::Tensor orthogonalised(const at::Tensor& matrix);

}  // namespace kinora::training
