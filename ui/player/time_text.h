#pragma once

#include <QString>

#include "core/time/frame_rate.h"

namespace kinora::ui {

/// `00:00:05:12`: hours, minutes, seconds, frames.
[[nodiscard]] QString timecode(int frame, core::FrameRate rate);

/// `Frame 17`, counted from 0 as the timecode is.
[[nodiscard]] QString frame_text(int frame);

/// `33 frames`.
[[nodiscard]] QString frames_text(int frames);

/// `03:11`: seconds and frames; from a minute on `1:03:11`.
[[nodiscard]] QString short_timecode(int frame, core::FrameRate rate);

/// `3.08 s`, in the reader's own number format.
[[nodiscard]] QString length_text(int frames, core::FrameRate rate);

/// `24 fps`, `23.976 fps`.
[[nodiscard]] QString fps_text(core::FrameRate rate);

}  // namespace kinora::ui
