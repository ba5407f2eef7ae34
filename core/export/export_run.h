#pragma once

#include <functional>
#include <memory>
#include <set>
#include <span>

#include "core/base/result.h"
#include "core/export/clip_export.h"

namespace kinora::media {

/// One export being written: the file, its sidecar, progress and cancelling. Shared by clip and sequence export.
class ExportRun {
public:
    /// `origins`: what the pictures are going to be made from, as far as is known before the first.
    [[nodiscard]] static core::Result<std::unique_ptr<ExportRun>> start(const ExportTarget& target, int width, int height,
                                                                        core::FrameRate rate, int frames,
                                                                        WriteProgress progress, std::stop_token stop,
                                                                        const std::set<FrameOrigin>& origins,
                                                                        SoundFeed sound = {});

    /// Writes one picture `times` times. `cancelled` between two of them if asked to stop.
    [[nodiscard]] core::Result<void> write(const ShownPicture& picture, int times = 1);

    /// Says what the pictures were made from and completes file and sidecar.
    [[nodiscard]] core::Result<WrittenFile> finish(const std::set<FrameOrigin>& origins);

private:
    ExportRun(ExportTarget target, int frames, WriteProgress progress, std::stop_token stop)
        : target_(std::move(target)), frames_(frames), progress_(std::move(progress)), stop_(std::move(stop))
    {
    }

    ExportTarget target_;
    int frames_;
    WriteProgress progress_;
    std::stop_token stop_;
    std::unique_ptr<VideoWriter> writer_;
    int done_ = 0;
};

/// Pictures of a source by number from `first` on, taken a few at a time. The source and the function outlive the result.
[[nodiscard]] PictureAt pictures_of(FrameSource& source, FrameRange range, std::stop_token stop);

}  // namespace kinora::media
