#pragma once

#include <QPointF>
#include <QRectF>
#include <QSize>

namespace kinora::ui {

/// Where the picture lies on the canvas: fitted, zoomed, panned, in one pane or in two beside each other that move
/// together. All coordinates are the widget's, in device-independent pixels.
class CanvasView {
public:
    static constexpr double k_smallest_zoom = 0.1;
    static constexpr double k_largest_zoom = 16;

    void set_canvas(QSizeF size, double device_ratio);
    void set_natural_size(QSize size);
    /// 1, or 2 beside each other.
    void set_panes(int panes) { panes_ = panes; }
    /// Room kept free around a fitted picture: the row of the timecode, and as much below for it to sit in the middle.
    void set_margins(double side, double text);

    /// Picture points per device pixel; 0 fits the picture into its pane. The picture is centred.
    void set_zoom(double zoom);
    /// Zooms so that the point of the picture under `anchor` stays there.
    void zoom_at(double zoom, QPointF anchor);
    void pan_by(QPointF distance);

    /// As it was set; 0: fitted.
    [[nodiscard]] double zoom() const { return zoom_; }
    /// As it is on the screen.
    [[nodiscard]] double shown_zoom() const;
    [[nodiscard]] double device_ratio() const { return ratio_; }
    [[nodiscard]] QSizeF canvas() const { return canvas_; }
    [[nodiscard]] int panes() const { return panes_; }
    [[nodiscard]] QRectF pane(int index) const;
    /// Where the whole picture lies, on whole device pixels; empty without a picture. May reach out of its pane.
    [[nodiscard]] QRectF area(int index = 0) const;
    /// The part of it that is seen.
    [[nodiscard]] QRectF seen(int index = 0) const { return area(index).intersected(pane(index)); }

private:
    [[nodiscard]] int pane_at(QPointF point) const;
    void keep_in_reach();

    QSizeF canvas_;
    QSize natural_;
    double ratio_ = 1;
    int panes_ = 1;
    double side_margin_ = 16;
    double text_margin_ = 36;
    double zoom_ = 0;
    QPointF pan_;  // of the picture's middle from the pane's
};

}  // namespace kinora::ui
