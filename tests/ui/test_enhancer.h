#pragma once

#include <atomic>
#include <memory>

#include "core/generation/enhance.h"

namespace kinora::tests {

/// An enhancer for window tests that needs no networks: points become blocks, and the nearer frame is shown twice.
class PlainEnhancer final : public core::Enhancer {
public:
    core::Result<std::unique_ptr<core::EnhanceRun>> start(const core::EnhanceRequest& request, const core::ClipShape& clip,
                                                          std::stop_token stop) override;
    core::Result<void> between(std::span<const float> before, std::span<const float> after, int width, int height,
                               double phase, std::span<float> out) override;

    /// While true, a run stops before its fifth frame, until it is cancelled.
    const std::shared_ptr<std::atomic<bool>> held = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace kinora::tests
