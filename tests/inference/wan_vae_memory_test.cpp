#include "inference/models/wan/vae_memory.h"

#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/randn.h>
#include <c10/core/Allocator.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/ThreadLocalDebugInfo.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <memory>

#include "inference/models/wan/vae.h"

using namespace kinora::inference;

namespace {

/// Bytes of all tensors that a thread has made, and the most there were, as libtorch's own allocator reports them.
struct TensorBytes : c10::MemoryReportingInfoBase {
    std::int64_t now = 0;
    std::int64_t most = 0;

    void reportMemoryUsage(void* /*place*/, std::int64_t size, std::size_t /*allocated*/, std::size_t /*reserved*/,
                           c10::Device /*device*/) override
    {
        now += size;
        most = std::max(most, now);
    }
    [[nodiscard]] bool memoryProfilingEnabled() const override { return true; }
};

VaeConfig config_of(bool residual, std::int64_t width)
{
    VaeConfig config;
    config.base_dim = 8;
    config.decoder_base_dim = width;
    config.z_dim = 8;
    config.is_residual = residual;
    config.patch_size = residual ? 2 : 1;
    config.in_channels = config.out_channels = residual ? 12 : 3;
    config.latents_mean.assign(8, 0.0);
    config.latents_std.assign(8, 1.0);
    return config;
}

/// The most that tensors take while latents are decoded.
std::int64_t measured(WanVae& vae, const at::Tensor& latents, bool frame_by_frame)
{
    const auto bytes = std::make_shared<TensorBytes>();
    const c10::DebugInfoGuard guard(c10::DebugInfoKind::PROFILER_STATE, bytes);
    static_cast<void>(vae.decode(latents, {frame_by_frame ? 1 : 0}));
    return bytes->most;
}

}  // namespace

TEST_CASE("What decoding takes is foretold within 15 percent of what libtorch's allocator counts", "[vae]")
{
    at::set_num_threads(1);
    const c10::InferenceMode inference;
    struct Size {
        std::int64_t frames, rows, columns;
    };
    for (const bool residual : {false, true}) {
        const auto config = config_of(residual, 16);
        for (const auto dtype : {at::kFloat, at::kBFloat16}) {
            auto vae = WanVae::create_random(config, 3);
            vae.to(dtype, at::kCPU);
            for (const auto& [frames, rows, columns] : {Size{4, 6, 10}, Size{2, 16, 20}, Size{9, 4, 4}, Size{2, 32, 34}}) {
                if (residual && rows > 20) continue;  // slow, and every level has its split in the other kind
                for (const bool frame_by_frame : {true, false}) {
                    INFO((residual ? "2.2 kind, " : "2.1 kind, ")
                         << dtype << ", " << frames << " x " << rows << " x " << columns
                         << (frame_by_frame ? " frame by frame" : " at once"));
                    const auto latents = at::randn({1, 8, frames, rows, columns});
                    const auto stride = config.spatial_stride();
                    const auto pictures = (1 + 4 * (frames - 1)) * rows * columns * stride * stride * 3 * 4;
                    const auto features =
                        decoder_memory(config, {frames, rows, columns, frame_by_frame}, dtype == at::kFloat ? 4 : 2);
                    const auto foretold = static_cast<double>(features + (frame_by_frame ? pictures : 0));
                    const auto found = static_cast<double>(measured(vae, latents, frame_by_frame));
                    CHECK(foretold / found == Approx(1.0).margin(0.15));
                }
            }
        }
    }
}
