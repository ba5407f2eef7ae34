#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/generation/frames.h"
#include "core/media/clip_reader.h"
#include "core/time/rational_time.h"

namespace kinora::media {

using core::FrameRange;

/// What a master's pictures were made from; it is said in the master's metadata.
enum class FrameOrigin {
    floats,   ///< the engine's float frames, from memory or packed without loss at half precision
    latents,  ///< latents decoded again, in float
    preview,  ///< the 8-bit preview clip of a take, because there was nothing better
    media,    ///< an imported file
};
/// "float frames", "latents decoded again", "8-bit preview clip", "imported media".
[[nodiscard]] const char* origin_text(FrameOrigin origin);

struct SourceInfo {
    int width = 0;
    int height = 0;
    int frames = 0;
    core::FrameRate rate;
};

/// Where an export takes its float frames from: memory, a file, or latents decoded again (the app composes that one).
/// One thread at a time. An export asks for ranges in rising order, a few frames each.
class FrameSource {
public:
    FrameSource() = default;
    FrameSource(const FrameSource&) = delete;
    FrameSource& operator=(const FrameSource&) = delete;
    virtual ~FrameSource() = default;

    [[nodiscard]] virtual SourceInfo info() const = 0;

    /// What the frames are made from; before the first frame is taken what they are going to be made from.
    [[nodiscard]] virtual FrameOrigin origin() const { return FrameOrigin::media; }

    /// Why the frames aren't the best there could be, one sentence; empty: they are, as far as is known.
    [[nodiscard]] virtual std::string note() const { return {}; }

    /// Exactly `range.length()` frames. `range` lies within `info().frames`.
    [[nodiscard]] virtual core::Result<core::FrameSequence> frames(FrameRange range, std::stop_token stop) = 0;
};

/// Frames that are in memory already.
class MemorySource final : public FrameSource {
public:
    explicit MemorySource(std::shared_ptr<const core::FrameSequence> clip, FrameOrigin origin = FrameOrigin::floats)
        : clip_(std::move(clip)), origin_(origin)
    {
    }
    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] FrameOrigin origin() const override { return origin_; }
    [[nodiscard]] core::Result<core::FrameSequence> frames(FrameRange range, std::stop_token stop) override;

private:
    std::shared_ptr<const core::FrameSequence> clip_;
    FrameOrigin origin_;
};

/// A media file, decoded with all its bits. What a damaged file has lost is not among its frames.
class FileSource final : public FrameSource {
public:
    [[nodiscard]] static core::Result<std::unique_ptr<FileSource>> open(const std::filesystem::path& file);
    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] core::Result<core::FrameSequence> frames(FrameRange range, std::stop_token stop) override;

    /// "23 of 48 frames can be read" of a damaged file, else empty.
    [[nodiscard]] const std::string& damage() const { return reader_->info().damage; }

private:
    explicit FileSource(std::unique_ptr<ClipReader> reader) : reader_(std::move(reader)) {}
    std::unique_ptr<ClipReader> reader_;
};

}  // namespace kinora::media
