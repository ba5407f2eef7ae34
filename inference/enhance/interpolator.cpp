#include "inference/enhance/interpolator.h"

#include <ATen/ops/full.h>
#include <ATen/ops/replication_pad2d.h>

#include <algorithm>

#include "inference/enhance/enhance_models.h"

namespace kinora::inference {
namespace {

/// Above so many pixels, motion is looked for at half the size.
constexpr std::int64_t k_many_pixels = 1920 * 1200;

std::int64_t missing(std::int64_t length, std::int64_t multiple)
{
    return (multiple - length % multiple) % multiple;
}

}  // namespace

core::Result<Interpolator> Interpolator::load(const std::filesystem::path& file)
{
    auto net = load_ifnet(file);
    if (!net) return net.error();
    return Interpolator(*std::move(net));
}

void Interpolator::to(at::ScalarType dtype, const at::Device& device)
{
    device_ = device;
    net_.to(dtype, device);
}

at::Tensor Interpolator::between(const at::Tensor& before, const at::Tensor& after, double phase) const
{
    const std::int64_t height = before.size(2);
    const std::int64_t width = before.size(3);
    const double coarser = height * width > k_many_pixels ? 2.0 : 1.0;
    const auto multiple = net_.config().size_multiple() * static_cast<std::int64_t>(coarser);
    const std::int64_t right = missing(width, multiple);
    const std::int64_t below = missing(height, multiple);
    const auto fitted = [&](const at::Tensor& picture) {
        const at::Tensor there = picture.to(device_);
        return right > 0 || below > 0 ? at::replication_pad2d(there, {0, right, 0, below}) : there;
    };
    const at::Tensor moment = at::full({1, 1, 1, 1}, phase, before.options().device(device_));
    const at::Tensor made = net_.between(fitted(before), fitted(after), moment, coarser);
    return made.narrow(2, 0, height).narrow(3, 0, width).to(at::kCPU).contiguous();
}

}  // namespace kinora::inference
