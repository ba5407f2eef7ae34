#pragma once

#include <QImage>
#include <QSize>
#include <QString>
#include <vector>

#include "core/base/result.h"
#include "ui/player/picture_source.h"

namespace kinora::ui {

/// A frame as it is to be saved: where its pictures come from, and what is on the screen.
struct FrameToSave {
    std::vector<PictureLayer> layers;  ///< empty: only what is shown is there
    QSize stage;                       ///< of a storyboard; empty: the picture's own size
    QImage shown;
};

/// Reads the frame anew with all bits of its files: 16 bit a channel (RGBX64) where one has more than 8, else 8 (RGB888).
/// Errors: what the files say. Not for the UI thread.
[[nodiscard]] core::Result<QImage> render_frame(const FrameToSave& frame);

/// The same as a PNG file, its folder made if missing; what is on the screen where the files can't be read any more.
/// Errors: `io`.
[[nodiscard]] core::Result<void> save_frame_png(const FrameToSave& frame, const QString& file);

}  // namespace kinora::ui
