#pragma once

#include <QImage>
#include <QTimer>
#include <QWidget>

#include "ui/player/canvas_overlay.h"
#include "ui/player/canvas_scene.h"
#include "ui/player/canvas_view.h"
#include "ui/player/picture_fitter.h"
#include "ui/player/renderer.h"

namespace kinora::ui {

class GlSurface;

/// Shows one picture (or two that are compared) on the neutral surround, fitted or zoomed, with a timecode at the left and
/// a label at the right above it; or a sentence where there is no picture. Draws with OpenGL where the machine's own is
/// fast, else fits pictures on a thread of its own and only copies them here.
class PictureCanvas : public QWidget {
    Q_OBJECT

public:
    explicit PictureCanvas(QWidget* parent = nullptr);
    PictureCanvas(Renderer renderer, QWidget* parent);
    ~PictureCanvas() override;

    /// A null picture leaves the surround.
    void set_picture(const QImage& picture) { set_mix({picture, {}}, {}); }
    /// `stage`: shape of the frame that pictures are fitted into; empty: the picture's own.
    void set_mix(const MixedPicture& picture, QSize stage);
    /// B of a comparison; null: none yet.
    void set_other(const QImage& picture);
    void set_compare(CompareMode mode);
    void set_names(const QString& first, const QString& second);
    void set_divider(double part);
    void set_timecode(const QString& text);
    void set_label(const QString& text);
    /// Shown in the middle instead of a picture; empty text removes it.
    void set_message(const QString& text);
    void set_safe_areas(bool shown);
    /// Picture points per device pixel; 0 fits the picture into the widget.
    void set_zoom(double zoom);
    /// Zooms in or out by a factor about the middle.
    void zoom_by(double factor);
    /// While it plays, and for a moment after each new picture, only filters that keep up with a hand are used.
    void set_moving(bool moving);
    /// A whole screen: no margins; texts only when asked for.
    void set_bare(bool bare);
    void set_texts(bool shown);
    /// The keyboard's focus is here.
    void set_ring(bool ring);

    /// What was painted last is the picture that was set last.
    [[nodiscard]] bool up_to_date() const;
    /// The finest filter is on screen.
    [[nodiscard]] bool at_rest() const;
    [[nodiscard]] Renderer renderer() const { return surface_ ? Renderer::opengl : Renderer::raster; }

    [[nodiscard]] double zoom() const { return view_.zoom(); }
    [[nodiscard]] const CanvasScene& scene() const { return scene_; }
    [[nodiscard]] const CanvasView& view() const { return view_; }
    [[nodiscard]] const CanvasOverlay& overlay() const { return overlay_; }
    /// A as one picture of its own size.
    [[nodiscard]] QImage picture() const;
    [[nodiscard]] QString message() const { return overlay_.message; }
    [[nodiscard]] QString label() const { return overlay_.label; }
    [[nodiscard]] QString timecode_text() const { return overlay_.timecode; }
    /// Where the picture is drawn, in widget coordinates; empty without a picture.
    [[nodiscard]] QRectF picture_area() const { return scene_.picture.is_null() ? QRectF() : view_.area(0); }
    [[nodiscard]] QSize sizeHint() const override { return {640, 400}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 140}; }

Q_SIGNALS:
    void zoom_changed(double zoom);
    void clicked();
    void double_clicked();
    void timecode_clicked();
    /// The divider was dragged.
    void divider_changed(double part);
    void hand_moved();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    enum class Grip { none, picture, divider, timecode };
    void refresh();
    void fit_view();
    void use_raster();
    [[nodiscard]] FitJob fit_job() const;
    friend class GlSurface;
    void paint_fitted(QPainter& painter);
    [[nodiscard]] Grip grip_at(const QPointF& point) const;

    CanvasScene scene_;
    CanvasView view_;
    CanvasOverlay overlay_;
    PictureFitter* fitter_ = nullptr;  // of the raster renderer
    GlSurface* surface_ = nullptr;     // of the other one
    FitJob asked_;                     // of it
    FittedScene fitted_;               // its last answer
    MixedPicture painted_;
    QPointF pressed_at_;
    Grip grip_ = Grip::none;
    bool dragged_ = false;
    bool moving_ = false;
    QTimer rest_;  // runs while pictures follow each other, by playback or by a scrubbing hand
};

}  // namespace kinora::ui
