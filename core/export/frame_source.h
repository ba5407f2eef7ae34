#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>

#include "core/base/result.h"
#include "core/generation/frames.h"
#include "core/media/clip_reader.h"
#include "core/time/rational_time.h"

namespace kinora::media {

using core::FrameRange;

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

    /// Exactly `range.length()` frames. `range` lies within `info().frames`.
    [[nodiscard]] virtual core::Result<core::FrameSequence> frames(FrameRange range, std::stop_token stop) = 0;
};

/// Frames that are in memory already.
class MemorySource final : public FrameSource {
public:
    explicit MemorySource(std::shared_ptr<const core::FrameSequence> clip) : clip_(std::move(clip)) {}
    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] core::Result<core::FrameSequence> frames(FrameRange range, std::stop_token stop) override;

private:
    std::shared_ptr<const core::FrameSequence> clip_;
};

/// A media file, decoded with all its bits.
class FileSource final : public FrameSource {
public:
    [[nodiscard]] static core::Result<std::unique_ptr<FileSource>> open(const std::filesystem::path& file);
    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] core::Result<core::FrameSequence> frames(FrameRange range, std::stop_token stop) override;

private:
    explicit FileSource(std::unique_ptr<ClipReader> reader) : reader_(std::move(reader)) {}
    std::unique_ptr<ClipReader> reader_;
};

}  // namespace kinora::media
