#pragma once

#include <QImage>
#include <QTimer>
#include <QWidget>

namespace kinora::ui {

/// Shows one picture on the neutral surround, fitted or zoomed, with a timecode at the left and a label at the right above
/// it; or a sentence where there is no picture.
class PictureCanvas : public QWidget {
    Q_OBJECT

public:
    explicit PictureCanvas(QWidget* parent = nullptr);

    /// A null picture leaves the surround.
    void set_picture(const QImage& picture);
    void set_timecode(const QString& text);
    void set_label(const QString& text);
    /// Shown in the middle instead of a picture; empty text removes it.
    void set_message(const QString& text);
    /// Picture points per device-independent pixel; 0 fits the picture into the widget.
    void set_zoom(double zoom);
    /// While it plays, and for a moment after each new picture, only filters that keep up with a hand are used.
    void set_moving(bool moving);

    /// The keyboard's focus is here.
    void set_ring(bool ring);

    /// The finest filter is on screen.
    [[nodiscard]] bool at_rest() const { return !moving_ && !rest_.isActive(); }

    [[nodiscard]] double zoom() const { return zoom_; }
    [[nodiscard]] const QImage& picture() const { return picture_; }
    [[nodiscard]] QString message() const { return message_; }
    [[nodiscard]] QString label() const { return label_; }
    [[nodiscard]] QString timecode_text() const { return timecode_; }
    /// Where the picture is drawn, in widget coordinates; empty without a picture.
    [[nodiscard]] QRectF picture_area() const;
    [[nodiscard]] QSize sizeHint() const override { return {640, 400}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 140}; }

Q_SIGNALS:
    void zoom_changed(double zoom);
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void zoom_at(double zoom, const QPointF& anchor);
    void paint_picture(QPainter& painter);
    [[nodiscard]] bool fit_to(QSize pixels);
    void paint_texts(QPainter& painter);

    QImage picture_;
    QImage fitted_;  // the picture at the very size it is shown, in device pixels
    qint64 fitted_key_ = 0;
    QString timecode_;
    QString label_;
    QString message_;
    double zoom_ = 0;
    QPointF pan_;  // of the picture's middle from the widget's
    QPointF pressed_at_;
    bool dragged_ = false;
    bool moving_ = false;
    QTimer rest_;  // runs while pictures follow each other, by playback or by a scrubbing hand
    bool ring_ = false;
};

}  // namespace kinora::ui
