#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <variant>

#include "core/base/result.h"
#include "inference/enhance/rrdb.h"
#include "inference/enhance/srvgg.h"

namespace kinora::inference {

/// A network that enlarges single pictures by a whole factor, of whichever family its file is. A picture is enlarged in
/// pieces that overlap, so that memory doesn't grow with its size.
class Upscaler {
public:
    /// Reads a file of any format and finds out what it is: an SRVGGNetCompact or an RRDBNet for colour pictures. Errors
    /// name the file: `not_found`, `corrupt`, `unsupported` (another kind of network).
    [[nodiscard]] static core::Result<Upscaler> load(const std::filesystem::path& file);

    explicit Upscaler(std::variant<SrvggNet, RrdbNet> net);

    [[nodiscard]] int scale() const { return scale_; }

    /// "SRVGGNetCompact x4, 64 features, 16 convolutions".
    [[nodiscard]] std::string description() const;

    void to(at::ScalarType dtype, const at::Device& device);

    /// [1, 3, height, width] in 0…1, float32 on the CPU → `scale()` times as large. `tile`: side of the pieces in pixels of
    /// the small picture, 0 for what suits; pieces see as far beyond their border as the network looks (an RRDBNet, which
    /// looks farther than matters: 24 pixels). `cancelled` between pieces.
    [[nodiscard]] core::Result<at::Tensor> upscale(const at::Tensor& picture, int tile, const std::stop_token& stop) const;

private:
    [[nodiscard]] at::Tensor run(const at::Tensor& picture) const;

    std::variant<SrvggNet, RrdbNet> net_;
    int scale_ = 1;
    int reach_ = 0;    ///< pixels beyond a piece that it has to see
    int usual_ = 256;  ///< side of a piece, unless told
    at::Device device_ = at::kCPU;
};

}  // namespace kinora::inference
