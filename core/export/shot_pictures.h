#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/export/sequence_export.h"
#include "core/storyboard/layout.h"

namespace kinora::media {

/// Pictures of an imported file: a video's frames, or a picture as one frame.
[[nodiscard]] core::Result<std::shared_ptr<FrameSource>> source_of_asset(const core::Asset& asset,
                                                                         const SoundMixer::Locate& locate);

/// What the shots between these project frames are going to be made from, as their sources say before any picture is taken.
[[nodiscard]] std::set<FrameOrigin> expected_origins(const SequenceExport& job, const core::Layout& layout,
                                                     FrameRange range);

/// Pictures of a storyboard's shots in the sequence's size, asked for in rising order. Holds the sources of the shots that
/// are on screen, and a few frames of each.
class ShotPictures {
public:
    ShotPictures(const SequenceExport& job, std::stop_token stop) : job_(job), stop_(std::move(stop)) {}

    /// One frame of a shot, `[height, width, 3]` of the project's size; valid until the shot is asked again. Black where the
    /// shot has no take.
    [[nodiscard]] core::Result<std::span<const float>> picture(std::size_t shot, std::int64_t source_frame);

    /// Lets go of every shot before this one.
    void forget_before(std::size_t shot);

    /// What the pictures so far were made from.
    [[nodiscard]] const std::set<FrameOrigin>& origins() const { return origins_; }

private:
    struct Reel {
        std::shared_ptr<FrameSource> source;
        SourceInfo info;
        core::FrameSequence taken;  ///< frames `held` of the source
        FrameRange held{0, 0};
        std::vector<float> fitted;
        std::int64_t fitted_frame = -1;
    };
    [[nodiscard]] core::Result<Reel*> reel(std::size_t shot);
    [[nodiscard]] core::Result<std::span<const float>> raw(Reel& reel, std::size_t shot, std::int64_t frame);

    const SequenceExport& job_;
    std::stop_token stop_;
    std::map<std::size_t, Reel> reels_;
    std::vector<float> black_;
    std::set<FrameOrigin> origins_;
};

}  // namespace kinora::media
