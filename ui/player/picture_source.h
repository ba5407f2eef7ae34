#pragma once

#include <QImage>
#include <QObject>
#include <QString>

#include "core/time/frame_rate.h"

namespace kinora::ui {

/// Pictures by frame number, for the player. Lives on the UI thread and never blocks it: what isn't decoded yet is asked
/// for in the background.
class PictureSource : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// 0 until `opened` was emitted.
    [[nodiscard]] virtual int frame_count() const = 0;
    [[nodiscard]] virtual core::FrameRate rate() const = 0;
    /// The picture of `frame`, or a null image while it isn't decoded; then `picture_ready(frame)` follows.
    [[nodiscard]] virtual QImage picture(int frame) = 0;
    /// The playhead is at `frame` and moves at `speed` (0: it rests), so that the right pictures are decoded next.
    virtual void look_ahead(int frame, double speed)
    {
        static_cast<void>(frame);
        static_cast<void>(speed);
    }
    /// A small picture for a filmstrip, `height` device pixels high or near it; null until `thumbnails_changed`.
    [[nodiscard]] virtual QImage thumbnail(int frame, int height) = 0;

Q_SIGNALS:
    void opened();
    void picture_ready(int frame);
    void thumbnails_changed();
    /// One sentence for people: the file and the reason.
    void failed(const QString& reason);
};

}  // namespace kinora::ui
