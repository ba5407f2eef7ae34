#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/export/frame_pack.h"
#include "core/export/frame_source.h"
#include "core/project/project_store.h"

namespace kinora::media {

/// Decodes a take's latents again, in float: the engine's part. Empty: there is no engine.
using DecodeLatents = std::function<core::Result<core::FrameSequence>(const std::filesystem::path& latents,
                                                                      const core::Take& take, std::stop_token stop)>;

/// A take's frames for a master, from the best there is: its float frames, kept with it; its latents, decoded again in float
/// at the first request and let go after the last frame that the export needs; else the clip's own 8-bit pictures, and
/// `note` says why.
class TakeSource final : public FrameSource {
public:
    /// Where a take's files are. Those that aren't there are passed over.
    struct Files {
        std::filesystem::path frames;
        std::filesystem::path latents;
        std::filesystem::path clip;
    };
    /// `end` is the frame after the last one needed.
    TakeSource(core::Take take, Files files, DecodeLatents decode, std::int64_t end);
    /// The take's files in a project. Errors: a path that leads out of it.
    [[nodiscard]] static core::Result<std::shared_ptr<TakeSource>> of(const core::ProjectStore& store,
                                                                      const core::Take& take, DecodeLatents decode,
                                                                      std::int64_t end);

    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] FrameOrigin origin() const override;
    [[nodiscard]] core::Result<core::FrameSequence> frames(FrameRange range, std::stop_token stop) override;
    /// Empty as long as there is something better than the clip.
    [[nodiscard]] std::string note() const override { return note_; }

private:
    [[nodiscard]] core::Result<void> open(const std::stop_token& stop);
    [[nodiscard]] core::Result<core::FrameSequence> decode(const std::stop_token& stop) const;
    [[nodiscard]] bool fits(int frames, int width, int height) const;

    core::Take take_;
    Files files_;
    DecodeLatents decode_;
    std::int64_t end_;
    std::unique_ptr<FramePack> pack_;
    std::optional<core::FrameSequence> decoded_;
    std::unique_ptr<FileSource> file_;
    bool opened_ = false;
    FrameOrigin origin_ = FrameOrigin::preview;
    std::string note_;
};

}  // namespace kinora::media
