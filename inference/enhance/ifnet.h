#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "inference/enhance/ifnet_config.h"
#include "inference/models/layers.h"

namespace kinora::inference {

/// One block of an IFNet: sees everything at a smaller size and gives a change of the flow.
struct IfnetBlock {
    struct Step {
        Convolution convolution;
        at::Tensor factor;  ///< [1, width, 1, 1], or [width] slopes of a PReLU; undefined for plain steps
    };
    Step shrink[2];
    std::vector<Step> steps;
    Convolution last;  ///< transposed
};

/// The network of RIFE 4.x (Huang et al., "Real-Time Intermediate Flow Estimation for Video Frame Interpolation", ECCV 2022,
/// arXiv:2011.06294, and Practical-RIFE): from coarse to fine, blocks find how both pictures move to the moment between.
class Ifnet {
public:
    /// Takes the weights by the published names. Errors name the tensor.
    [[nodiscard]] static core::Result<Ifnet> create(const IfnetConfig& config, WeightMap& weights);

    /// For training: default initialisation, factors one, last layers nearly zero.
    [[nodiscard]] static Ifnet create_random(const IfnetConfig& config, std::uint64_t seed);

    [[nodiscard]] const IfnetConfig& config() const { return config_; }

    /// The picture at `moment` (0…1, [batch, 1, 1, 1]) between two, [batch, 3, height, width] in 0…1 and float32, of sizes
    /// that are multiples of `config().size_multiple()` times `coarser`, by which the blocks see everything smaller than
    /// usual. Differentiable.
    [[nodiscard]] at::Tensor between(const at::Tensor& first, const at::Tensor& second, const at::Tensor& moment,
                                     double coarser = 1.0) const;

    /// The same with what each block reached, coarsest first: for training.
    [[nodiscard]] std::vector<at::Tensor> all_between(const at::Tensor& first, const at::Tensor& second,
                                                      const at::Tensor& moment, double coarser = 1.0) const;

    void to(at::ScalarType dtype, const at::Device& device);
    void for_each_parameter(const ParameterVisitor& visitor);

private:
    explicit Ifnet(const IfnetConfig& config);

    struct Pass;
    [[nodiscard]] Pass begin(const at::Tensor& first, const at::Tensor& second, const at::Tensor& moment,
                             double coarser) const;
    [[nodiscard]] at::Tensor encode(const at::Tensor& picture) const;
    [[nodiscard]] at::Tensor run_block(std::size_t block, const at::Tensor& input, const at::Tensor& flow,
                                       double scale) const;
    void refine(Pass& pass, std::size_t block) const;

    IfnetConfig config_;
    std::vector<IfnetBlock> blocks_;
    std::vector<Convolution> encoder_;
};

/// The picture as seen where `flow` [batch, 2, height, width] points, in pixels; bilinear, edges repeated.
[[nodiscard]] at::Tensor warp(const at::Tensor& picture, const at::Tensor& flow);

}  // namespace kinora::inference
