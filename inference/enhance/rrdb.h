#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "inference/models/layers.h"

namespace kinora::inference {

/// The shape of an RRDBNet.
struct RrdbConfig {
    std::int64_t channels = 3;  ///< of the pictures
    std::int64_t features = 64;
    std::int64_t growth = 32;  ///< channels that each dense convolution adds
    std::int64_t blocks = 23;
    std::int64_t doublings = 2;  ///< layers that double the size
    std::int64_t unshuffle = 1;  ///< the pictures' cells become channels first: 1, 2 or 4

    friend bool operator==(const RrdbConfig&, const RrdbConfig&) = default;

    [[nodiscard]] std::int64_t scale() const { return (std::int64_t{1} << doublings) / unshuffle; }

    /// What the tensors' shapes say, by the names of `rrdb_names`. Errors: `corrupt`, `unsupported` (ESRGAN+).
    [[nodiscard]] static core::Result<RrdbConfig> detect(const WeightMap& weights);
};

/// The network of ESRGAN (Wang et al., arXiv:1809.00219) and Real-ESRGAN (arXiv:2107.10833).
class RrdbNet {
public:
    /// Takes the weights by Real-ESRGAN's names (`body.0.rdb1.conv1.weight` …). Errors name the tensor.
    [[nodiscard]] static core::Result<RrdbNet> create(const RrdbConfig& config, WeightMap& weights);

    [[nodiscard]] const RrdbConfig& config() const { return config_; }

    /// [batch, channels, height, width] in 0…1 → the same, `config().scale()` times as large, in the pictures' type.
    /// Height and width of any size: edges are mirrored where cells want more.
    [[nodiscard]] at::Tensor upscale(const at::Tensor& pictures) const;

    void to(at::ScalarType dtype, const at::Device& device);
    void for_each_parameter(const ParameterVisitor& visitor);

private:
    struct DenseBlock {
        Convolution convolutions[5];
    };
    explicit RrdbNet(const RrdbConfig& config);
    [[nodiscard]] at::Tensor dense(const DenseBlock& block, const at::Tensor& x) const;

    RrdbConfig config_;
    Convolution first_;
    std::vector<DenseBlock> blocks_;  ///< three a block
    Convolution after_blocks_;
    std::vector<Convolution> doublings_;
    Convolution large_;
    Convolution last_;
};

/// The weights under Real-ESRGAN's names, whichever of the three conventions they follow: ESRGAN's first one
/// (`model.1.sub.0.RDB1.conv1.0.weight`), BSRGAN's and RealSR's (`RRDB_trunk.0.RDB1.conv1.weight`), or that one itself.
/// Other names stay.
[[nodiscard]] WeightMap with_rrdb_names(const WeightMap& weights);

}  // namespace kinora::inference
