#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "inference/models/layers.h"

namespace kinora::inference {

/// The shape of an SRVGGNetCompact network.
struct SrvggConfig {
    std::int64_t channels = 3;  ///< of the pictures, in and out
    std::int64_t features = 64;
    std::int64_t convolutions = 16;  ///< between the first and the last one
    std::int64_t scale = 4;          ///< 1…8

    friend bool operator==(const SrvggConfig&, const SrvggConfig&) = default;

    /// What the tensors' shapes say. Errors: `corrupt` (shapes that fit no such network), `unsupported` (activation without
    /// weights).
    [[nodiscard]] static core::Result<SrvggConfig> detect(const WeightMap& weights);
};

/// The compact upscaler of Real-ESRGAN (Wang et al., arXiv:2107.10833; "SRVGGNetCompact" in its code): convolutions at the
/// small size with PReLU between them, one pixel shuffle at the end, and the enlarged picture itself added.
class SrvggNet {
public:
    /// Takes the weights by the published names (`body.0.weight` …). Errors name the tensor.
    [[nodiscard]] static core::Result<SrvggNet> create(const SrvggConfig& config, WeightMap& weights);

    /// For training: default initialisation, slopes 0.2, the last convolution nearly zero.
    [[nodiscard]] static SrvggNet create_random(const SrvggConfig& config, std::uint64_t seed);

    [[nodiscard]] const SrvggConfig& config() const { return config_; }

    /// [batch, channels, height, width] in 0…1 → [batch, channels, height·scale, width·scale] in the pictures' type; the
    /// convolutions run in the weights' type. Differentiable; without gradients the fast kernels are used.
    [[nodiscard]] at::Tensor upscale(const at::Tensor& pictures) const;

    void to(at::ScalarType dtype, const at::Device& device);
    void for_each_parameter(const ParameterVisitor& visitor);

private:
    explicit SrvggNet(const SrvggConfig& config);

    SrvggConfig config_;
    std::vector<Convolution> convolutions_;
    std::vector<at::Tensor> slopes_;  ///< [features], one for each convolution but the last
};

}  // namespace kinora::inference
