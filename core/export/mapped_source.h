#pragma once

#include <memory>

#include "core/export/frame_source.h"
#include "core/interchange/cut.h"

namespace kinora::media {

/// The frames of a media file for an editing suite: another source's, repeated and dropped as the storyboard does.
class MappedSource final : public FrameSource {
public:
    MappedSource(std::shared_ptr<FrameSource> source, const core::SourceMap& map) : source_(std::move(source)), map_(map) {}

    [[nodiscard]] SourceInfo info() const override;
    [[nodiscard]] FrameOrigin origin() const override { return source_->origin(); }
    [[nodiscard]] core::Result<core::FrameSequence> frames(FrameRange range, std::stop_token stop) override;

private:
    std::shared_ptr<FrameSource> source_;
    core::SourceMap map_;
};

}  // namespace kinora::media
