#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "inference/enhance/ifnet.h"

namespace kinora::inference {

/// A network that makes the picture between two. Pictures of any size: they are padded to what the network wants.
class Interpolator {
public:
    /// Reads a RIFE 4 file of any format. Errors name the file: `not_found`, `corrupt`, `unsupported`.
    [[nodiscard]] static core::Result<Interpolator> load(const std::filesystem::path& file);

    explicit Interpolator(Ifnet net) : net_(std::move(net)) {}

    /// "RIFE 4.6".
    [[nodiscard]] std::string description() const { return net_.config().version(); }

    void to(at::ScalarType dtype, const at::Device& device);

    /// Both [1, 3, height, width] in 0…1, float32 on the CPU. Pictures of more than 1080 lines are moved at half their
    /// size, as the network's authors advise.
    [[nodiscard]] at::Tensor between(const at::Tensor& before, const at::Tensor& after, double phase) const;

private:
    Ifnet net_;
    at::Device device_ = at::kCPU;
};

}  // namespace kinora::inference
