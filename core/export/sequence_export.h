#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/export/clip_export.h"
#include "core/export/frame_source.h"

namespace kinora::media {

/// How a picture of another shape is put into the sequence's frame.
enum class FitMode {
    fit,    ///< whole picture, black bars
    cover,  ///< frame filled, overhang cut on both sides
};

/// One shot of a storyboard, or a gap.
struct Segment {
    std::shared_ptr<FrameSource> source;  ///< null: black (a gap, or a shot without a take)
    FrameRange range;                     ///< frames of the source; for a gap: frames of the sequence
    FitMode fit = FitMode::cover;
    /// Length in frames of the sequence, where the storyboard has decided it; unset: `core::conformed_length`. The last
    /// source frame is held if the range is too short for it.
    std::optional<std::int64_t> record_frames;
};

/// A whole storyboard at the project's rate and size, one file.
struct SequenceExport {
    std::vector<Segment> segments;
    core::FrameRate rate{24};
    int width = 1920;
    int height = 1080;
    ExportTarget target;
};

/// Exports a storyboard. Shots stream one after another, a few frames at a time; each keeps its own rate by repeating
/// frames. Blocks: call it from a worker. Errors as `export_clip`.
[[nodiscard]] core::Result<WrittenFile> export_sequence(const SequenceExport& job, const WriteProgress& progress = {},
                                                        std::stop_token stop = {});

/// Frames of the sequence that a segment takes.
[[nodiscard]] std::int64_t record_length(const Segment& segment, core::FrameRate rate);

/// One float frame put into another size. `[height, width, 3]` of the target. Shrinks by area, enlarges by Lanczos, clamped
/// to 0…1.
[[nodiscard]] core::Result<std::vector<float>> fit_frame(std::span<const float> rgb, int width, int height, int target_width,
                                                         int target_height, FitMode fit);

}  // namespace kinora::media
