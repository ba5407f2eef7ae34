#pragma once

#include <filesystem>
#include <optional>

#include "core/export/frame_source.h"
#include "core/project/project.h"
#include "ui/session/engine.h"

namespace kinora::ui {

/// A take's frames for a master: its latents decoded again, in float, at the first request, and let go after the last frame
/// that the export needs. If the latents can't be read or decoded the clip's own pictures serve, and `note` says why.
class LatentSource final : public media::FrameSource {
public:
    /// `end` is the frame after the last one needed. The engine outlives the source.
    LatentSource(JobEngine& engine, core::Take take, std::filesystem::path latents, std::filesystem::path clip, int end);

    [[nodiscard]] media::SourceInfo info() const override;
    [[nodiscard]] core::Result<core::FrameSequence> frames(media::FrameRange range, std::stop_token stop) override;
    /// Empty as long as the latents serve.
    [[nodiscard]] const std::string& note() const { return note_; }

private:
    core::Result<core::FrameSequence> decode(std::stop_token stop);

    JobEngine& engine_;
    core::Take take_;
    std::filesystem::path latents_;
    std::filesystem::path clip_;
    int end_;
    std::optional<core::FrameSequence> decoded_;
    std::unique_ptr<media::FileSource> file_;
    std::string note_;
};

}  // namespace kinora::ui
