#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "core/export/frame_source.h"
#include "core/export/take_source.h"
#include "core/generation/enhance.h"

namespace kinora::media {

/// Another source's frames, enlarged and interpolated on the way, a few in memory at a time. Frames are made from the first
/// on, so a jump back begins anew. Where that fails, `fallback` (of the same shape) is shown instead, and `note` says why.
class EnhancedSource final : public FrameSource {
public:
    /// Errors: those of `core::plan_enhance`.
    [[nodiscard]] static core::Result<std::shared_ptr<EnhancedSource>> create(std::shared_ptr<FrameSource> inner,
                                                                              core::EnhanceRequest request,
                                                                              std::shared_ptr<core::Enhancer> enhancer,
                                                                              std::shared_ptr<FrameSource> fallback);

    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] FrameOrigin origin() const override;
    [[nodiscard]] core::Result<core::FrameSequence> frames(FrameRange range, std::stop_token stop) override;
    [[nodiscard]] std::string note() const override;

private:
    EnhancedSource() = default;
    [[nodiscard]] core::Result<core::FrameSequence> made(FrameRange range, const std::stop_token& stop);
    [[nodiscard]] core::Result<void> begin(const std::stop_token& stop);
    [[nodiscard]] core::Result<void> make_next(const std::stop_token& stop);

    std::shared_ptr<FrameSource> inner_;
    std::shared_ptr<FrameSource> fallback_;
    core::EnhanceRequest request_;
    std::shared_ptr<core::Enhancer> enhancer_;
    core::EnhancePlan plan_;
    std::unique_ptr<core::EnhanceRun> run_;
    std::deque<std::vector<float>> ready_;  ///< frames from `first_ready_` on
    std::int64_t first_ready_ = 0;
    std::int64_t pushed_ = 0;  ///< frames of the inner source
    std::int64_t needed_ = 0;  ///< frames before this one aren't asked for any more
    bool finished_ = false;
    bool failed_ = false;
    std::string note_;
};

/// A take's frames for a master, from the best there is: of a take that was enhanced those of the clip before it, enhanced
/// once more in float (with its latents and an enhancer; null: none), else as `TakeSource` has them. `end` is the frame
/// after the last one needed. Errors: those of `TakeSource::of`.
[[nodiscard]] core::Result<std::shared_ptr<FrameSource>> frames_of_take(const core::ProjectStore& store,
                                                                        const core::Take& take, const DecodeLatents& decode,
                                                                        const std::shared_ptr<core::Enhancer>& enhancer,
                                                                        std::int64_t end);

/// A take's frames as they were before it was enhanced, by its recipe: its latents decoded. Nothing if it isn't enhanced or
/// its latents aren't there.
[[nodiscard]] std::shared_ptr<FrameSource> frames_before_enhancing(const core::ProjectStore& store, const core::Take& take,
                                                                   const DecodeLatents& decode);

}  // namespace kinora::media
