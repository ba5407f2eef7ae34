#include "inference/enhance/slopes.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/leaky_relu.h>
#include <ATen/ops/prelu.h>
#include <c10/core/GradMode.h>

#include <cstdint>

#include "inference/models/lanes.h"
#include "inference/models/widest.h"

namespace kinora::inference {
namespace {

/// x where it is positive, x · slope elsewhere, over rows of channels; `channels` is a multiple of sixteen.
template <typename T>
struct BendRows {
    T* rows;
    std::int64_t count;
    std::int64_t channels;
    const float* slopes;

    KINORA_INLINE void run() const
    {
        for (std::int64_t row = 0; row < count; ++row) {
            T* values = rows + row * channels;
            for (std::int64_t c = 0; c < channels; c += k_lanes) {
                Lanes x;
                Lanes slope;
                load(values + c, x);
                load(slopes + c, slope);
                x = x > 0.0F ? x : x * slope;
                store(x, values + c);
            }
        }
    }
};

template <typename T>
void bend(const at::Tensor& x, const at::Tensor& slopes)
{
    const auto wide = slopes.to(at::kFloat).contiguous();
    const std::int64_t channels = x.size(1);
    auto* data = static_cast<T*>(x.mutable_data_ptr());
    const float* slope = wide.const_data_ptr<float>();
    in_parallel(x.numel() / channels, 4096, [&](std::int64_t begin, std::int64_t end) {
        run_widest(BendRows<T>{data + begin * channels, end - begin, channels, slope});
    });
}

bool wants_gradient(const at::Tensor& x, const at::Tensor& slopes)
{
    return c10::GradMode::is_enabled() && (x.requires_grad() || slopes.requires_grad());
}

bool has_kernel(const at::Tensor& x)
{
    const bool known = x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16;
    return known && x.is_cpu() && x.size(1) % k_lanes == 0 && x.is_contiguous(at::MemoryFormat::ChannelsLast);
}

}  // namespace

at::Tensor with_slopes(at::Tensor x, const at::Tensor& slopes)
{
    if (wants_gradient(x, slopes) || !has_kernel(x)) return at::prelu(x, slopes.to(x.scalar_type()));
    if (x.scalar_type() == at::kFloat)
        bend<float>(x, slopes);
    else
        bend<std::uint16_t>(x, slopes);
    return x;
}

at::Tensor leaky(at::Tensor x, double slope)
{
    if (c10::GradMode::is_enabled() && x.requires_grad()) return at::leaky_relu(x, slope);
    return at::leaky_relu_(x, slope);
}

}  // namespace kinora::inference
