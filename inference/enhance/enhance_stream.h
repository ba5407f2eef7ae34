#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

#include "core/generation/enhance.h"
#include "inference/enhance/cuts.h"
#include "inference/enhance/interpolator.h"
#include "inference/enhance/upscaler.h"

namespace kinora::inference {

/// A clip on its way through the networks, frame by frame: two source frames and one finished frame are kept.
class EnhanceStream final : public core::EnhanceRun {
public:
    struct Parts {
        core::EnhancePlan plan;
        core::ClipShape clip;
        std::vector<std::shared_ptr<const Upscaler>> passes;
        std::shared_ptr<const Interpolator> interpolator;  ///< null: frames stay as many as they are
        int tile = 0;
        std::stop_token stop;
    };
    explicit EnhanceStream(Parts parts) : parts_(std::move(parts)) {}

    [[nodiscard]] const core::EnhancePlan& plan() const override { return parts_.plan; }
    [[nodiscard]] core::Result<void> push(std::span<const float> rgb, const core::FrameSink& sink) override;
    [[nodiscard]] core::Result<void> finish(const core::FrameSink& sink) override;

private:
    struct Kept {
        at::Tensor planes;
        FrameGist gist;
    };
    [[nodiscard]] core::Result<void> show_until(std::int64_t last_source, const core::FrameSink& sink);
    [[nodiscard]] core::Result<void> show(const core::PlaceBetween& place, const core::FrameSink& sink);
    [[nodiscard]] at::Tensor picture_at(double phase) const;
    [[nodiscard]] core::Result<std::vector<float>> enlarged(at::Tensor picture) const;

    Parts parts_;
    std::int64_t pushed_ = 0;
    std::int64_t shown_ = 0;
    Kept before_;  ///< source frame `pushed_ - 2`
    Kept after_;   ///< source frame `pushed_ - 1`
    bool cut_ = false;
    bool still_ = false;
    core::PlaceBetween last_place_{-1, 0};
    std::vector<float> last_;  ///< the frame at `last_place_`
};

}  // namespace kinora::inference
