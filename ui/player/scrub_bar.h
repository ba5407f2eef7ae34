#pragma once

#include <QPointer>
#include <QWidget>

#include "ui/player/picture_source.h"

namespace kinora::ui {

/// The clip as a filmstrip: a playhead to scrub with, and two handles that trim it. Frames outside the trim are dimmed.
class ScrubBar : public QWidget {
    Q_OBJECT

public:
    explicit ScrubBar(QWidget* parent = nullptr);

    /// May be null: an empty track. Not owned.
    void set_source(PictureSource* source);
    /// Length of the clip in frames; 0 shows an empty track without handles.
    void set_length(int frames);
    /// Half-open, clamped to the clip.
    void set_range(int first, int end);
    void set_frame(int frame);
    /// Without handles, for clips that can't be trimmed here (previews, the whole storyboard).
    void set_trimmable(bool trimmable);
    /// Puts a handle that is being dragged back where it was (Esc). False if none is.
    bool cancel_drag();
    /// Lets a handle that is being dragged go where it is, for when the button's release went to somebody else.
    void finish_drag();
    [[nodiscard]] int range_first() const { return first_; }
    [[nodiscard]] int range_end() const { return end_; }

    /// Position of a frame's left boundary, in widget coordinates; `frame` may be the length.
    [[nodiscard]] double x_of(double frame) const;
    [[nodiscard]] int frame_at(double x) const;
    /// Where a handle is drawn, in widget coordinates.
    [[nodiscard]] QRectF in_handle() const;
    [[nodiscard]] QRectF out_handle() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The playhead was dragged or clicked to `frame`.
    void scrubbed(int frame);
    /// A handle was dragged; `frame` is the one at the handle, to be shown. `finished` when the button was let go.
    void trimmed(int first, int end, int frame, bool finished);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    enum class Grip { none, playhead, in, out };
    [[nodiscard]] Grip grip_at(const QPointF& point) const;
    [[nodiscard]] QRectF film() const;
    void drag_to(double x, bool finished);
    void paint_film(QPainter& painter, const QRectF& area);
    void paint_trim(QPainter& painter, const QRectF& area);

    QPointer<PictureSource> source_;
    int length_ = 0;
    int first_ = 0;
    int end_ = 0;
    int frame_ = 0;
    bool trimmable_ = true;
    Grip grip_ = Grip::none;
    Grip hovered_ = Grip::none;
    double grip_offset_ = 0;
    int first_before_ = 0;
    int end_before_ = 0;
    bool moved_ = false;  ///< the trim that is dragged was told of
};

}  // namespace kinora::ui
