#pragma once

#include <QImage>
#include <QObject>
#include <QSize>
#include <QString>
#include <optional>
#include <vector>

#include "core/time/frame_rate.h"
#include "ui/player/canvas_scene.h"

namespace kinora::ui {

/// Where one picture of a frame comes from: a frame of a file and how much of it is seen; without a path white.
struct PictureLayer {
    QString path;
    int frame = 0;
    float weight = 1;
};

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
    /// The same as it is seen, transitions included; nothing while a part of it isn't decoded; then `picture_ready` follows.
    [[nodiscard]] virtual std::optional<MixedPicture> mix(int frame)
    {
        const QImage plain = picture(frame);
        if (plain.isNull()) return std::nullopt;
        return MixedPicture{plain, {}};
    }
    /// Shape of the frame that pictures are fitted into; empty: the pictures' own.
    [[nodiscard]] virtual QSize stage() const { return {}; }
    /// A sentence to be shown instead of a picture; empty: none.
    [[nodiscard]] virtual QString note(int frame) const
    {
        static_cast<void>(frame);
        return {};
    }
    /// The files behind a frame, for a picture with all their bits; empty where there are none.
    [[nodiscard]] virtual std::vector<PictureLayer> layers(int frame) const
    {
        static_cast<void>(frame);
        return {};
    }
    /// The nearest cut after and before a frame; the ends where there is none.
    [[nodiscard]] virtual int next_edit(int frame) const
    {
        static_cast<void>(frame);
        return frame_count();
    }
    [[nodiscard]] virtual int previous_edit(int frame) const
    {
        static_cast<void>(frame);
        return 0;
    }
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
