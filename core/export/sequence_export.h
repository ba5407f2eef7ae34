#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/export/clip_export.h"
#include "core/export/frame_source.h"
#include "core/media/loudness.h"
#include "core/media/sound_mixer.h"
#include "core/project/project.h"

namespace kinora::media {

/// How a picture of another shape is put into the sequence's frame.
enum class FitMode {
    fit,    ///< whole picture, black bars
    cover,  ///< frame filled, overhang cut on both sides
};

/// A whole storyboard, or a part of it, in the project's size, one file: shots, gaps, transitions, still pictures,
/// imported videos and sound.
struct SequenceExport {
    /// Pictures of a take that the engine made. Called when the shot's first frame is due; the source is let go after its
    /// last.
    using SourceFor =
        std::function<core::Result<std::shared_ptr<FrameSource>>(const core::Shot& shot, const core::Take& take)>;

    core::Project project;
    std::optional<FrameRange> range;  ///< project frames; unset: all. The sound of the same time goes with it.
    SourceFor source;
    SoundMixer::Locate locate;  ///< where assets' files are
    FitMode fit = FitMode::cover;
    std::optional<core::FrameRate> rate;  ///< unset: the project's; otherwise conformed
    Conform conform;
    std::optional<double> loudness;                    ///< LUFS to normalise the sound to; unset: as it is mixed
    std::function<void(const LoudnessReport&)> heard;  ///< told how loud the sound is, before the pictures begin
    ExportTarget target;
};

/// Exports a storyboard. Pictures and sound stream, a few frames at a time. A shot without a take is black; where the preset
/// has an alpha plane, gaps are transparent. What is heard
/// after the last picture isn't written; where the preset's files have no sound, none is. Blocks: call it from a worker.
/// Errors as `export_clip`; those of assets and sounds whose file can't be read name it.
[[nodiscard]] core::Result<WrittenFile> export_sequence(const SequenceExport& job, const WriteProgress& progress = {},
                                                        std::stop_token stop = {});

/// One float frame put into another size. `[height, width, 3]` of the target. Shrinks by area, enlarges by Lanczos, clamped
/// to 0…1.
[[nodiscard]] core::Result<std::vector<float>> fit_frame(std::span<const float> rgb, int width, int height, int target_width,
                                                         int target_height, FitMode fit);

}  // namespace kinora::media
