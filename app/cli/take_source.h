#pragma once

#ifdef KINORA_HAS_MEDIA

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/export/frame_source.h"
#include "core/project/project.h"

namespace kinora::cli {

/// Decodes a take's latents again.
using DecodeLatents =
    std::function<core::Result<core::FrameSequence>(const std::filesystem::path& latents, std::stop_token stop)>;

/// A take's frames for a master: in float from its latents, at the first request, let go after the last frame that the
/// export needs. Where the latents are missing or can't be decoded, the clip's own pictures serve, and `note` says why.
class TakeSource final : public media::FrameSource {
public:
    /// `end` is the frame after the last one needed.
    TakeSource(core::Take take, std::filesystem::path latents, std::filesystem::path clip, std::int64_t end,
               DecodeLatents decode);

    [[nodiscard]] media::SourceInfo info() const override;
    [[nodiscard]] core::Result<core::FrameSequence> frames(media::FrameRange range, std::stop_token stop) override;
    /// Empty as long as the latents serve.
    [[nodiscard]] const std::string& note() const { return note_; }

private:
    core::Result<void> open(const std::stop_token& stop);
    core::Result<core::FrameSequence> decode(const std::stop_token& stop);

    core::Take take_;
    std::filesystem::path latents_;
    std::filesystem::path clip_;
    std::int64_t end_;
    DecodeLatents decode_;
    std::optional<core::FrameSequence> decoded_;
    std::unique_ptr<media::FileSource> file_;
    std::string note_;
};

}  // namespace kinora::cli

#endif
