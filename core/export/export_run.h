#pragma once

#include <functional>
#include <memory>
#include <span>

#include "core/base/result.h"
#include "core/export/clip_export.h"

namespace kinora::media {

/// One export being written: the file, its sidecar, progress and cancelling. Shared by clip and sequence export.
class ExportRun {
public:
    [[nodiscard]] static core::Result<std::unique_ptr<ExportRun>> start(const ExportTarget& target, int width, int height,
                                                                        core::FrameRate rate, int frames,
                                                                        WriteProgress progress, std::stop_token stop,
                                                                        SoundFeed sound = {});

    /// Writes one frame `times` times. `cancelled` between two of them if asked to stop.
    [[nodiscard]] core::Result<void> write(std::span<const float> rgb, int times = 1);

    /// Completes file and sidecar.
    [[nodiscard]] core::Result<WrittenFile> finish();

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

/// Takes a source's frames in turn, a few at a time, and hands over each that shows with the number of target frames it
/// shows for: the first `length` frames of the target. The last frame of the range is held where the range is too short.
using ShowFrame = std::function<core::Result<void>(std::span<const float> rgb, int times)>;
[[nodiscard]] core::Result<void> for_each_conformed(FrameSource& source, FrameRange range, core::FrameRate rate, int length,
                                                    const std::stop_token& stop, const ShowFrame& show);

}  // namespace kinora::media
