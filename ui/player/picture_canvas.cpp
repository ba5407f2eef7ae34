#include "ui/player/picture_canvas.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/player/gl_surface.h"

namespace kinora::ui {

namespace {
constexpr double k_side_margin = 16;
constexpr double k_text_margin = 36;
constexpr double k_points_zoom = 4;  // from here on one wants to see the points
constexpr qint64 k_quick_points = 2'500'000;
}  // namespace

PictureCanvas::PictureCanvas(QWidget* parent) : PictureCanvas(chosen_renderer(), parent) {}

PictureCanvas::PictureCanvas(Renderer renderer, QWidget* parent) : QWidget(parent)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMouseTracking(true);
    setAccessibleName(tr("Picture"));
    view_.set_margins(k_side_margin, k_text_margin);
    rest_.setSingleShot(true);
    rest_.setInterval(120);
    connect(&rest_, &QTimer::timeout, this, &PictureCanvas::refresh);
    if (renderer == Renderer::opengl && !opengl_name().isEmpty()) {
        surface_ = new GlSurface(*this);
        connect(surface_, &GlSurface::failed, this, &PictureCanvas::use_raster, Qt::QueuedConnection);
    } else {
        use_raster();
    }
}

PictureCanvas::~PictureCanvas() = default;

void PictureCanvas::use_raster()
{
    delete std::exchange(surface_, nullptr);
    if (fitter_) return;
    fitter_ = new PictureFitter(this);
    connect(fitter_, &PictureFitter::fitted, this, [this](const FittedScene& fitted) {
        fitted_ = fitted;
        update();
    });
    refresh();
}

void PictureCanvas::refresh()
{
    view_.set_canvas(size(), devicePixelRatioF());
    view_.set_natural_size(scene_.natural_size());
    view_.set_panes(scene_.shown_compare() == CompareMode::side_by_side ? 2 : 1);
    if (surface_) return surface_->update();
    const FitJob job = fit_job();
    if (!job.seen.isEmpty() && !job.seen[0].isEmpty() && !job.same_as(asked_)) {
        asked_ = job;
        fitter_->request(job);
    }
    update();
}

void PictureCanvas::set_mix(const MixedPicture& picture, QSize stage)
{
    if (scene_.picture.same_as(picture) && scene_.stage == stage) return;
    scene_.picture = picture;
    scene_.stage = stage;
    rest_.start();
    if (picture.is_null()) {
        fitted_ = {};
        asked_ = {};
    }
    refresh();
}

void PictureCanvas::set_other(const QImage& picture)
{
    if (scene_.other.cacheKey() == picture.cacheKey()) return;
    scene_.other = picture;
    if (scene_.compare == CompareMode::off) return;
    rest_.start();
    refresh();
}

void PictureCanvas::set_compare(CompareMode mode)
{
    if (scene_.compare == mode) return;
    scene_.compare = mode;
    refresh();
}

void PictureCanvas::set_names(const QString& first, const QString& second)
{
    overlay_.first_name = first;
    overlay_.second_name = second;
    update();
    if (surface_) surface_->update();
}

void PictureCanvas::set_divider(double part)
{
    overlay_.divider = std::clamp(part, 0.0, 1.0);
    surface_ ? surface_->update() : update();
}

void PictureCanvas::set_timecode(const QString& text)
{
    if (std::exchange(overlay_.timecode, text) == text) return;
    surface_ ? surface_->update() : update();
}

void PictureCanvas::set_label(const QString& text)
{
    if (std::exchange(overlay_.label, text) == text) return;
    surface_ ? surface_->update() : update();
}

void PictureCanvas::set_message(const QString& text)
{
    if (std::exchange(overlay_.message, text) == text) return;
    setAccessibleDescription(text);
    surface_ ? surface_->update() : update();
}

void PictureCanvas::set_safe_areas(bool shown)
{
    overlay_.safe_areas = shown;
    surface_ ? surface_->update() : update();
}

void PictureCanvas::set_moving(bool moving)
{
    if (std::exchange(moving_, moving) == moving) return;
    refresh();
}

void PictureCanvas::set_bare(bool bare)
{
    overlay_.bare = bare;
    bare ? view_.set_margins(0, 0) : view_.set_margins(k_side_margin, k_text_margin);
    refresh();
}

void PictureCanvas::set_texts(bool shown)
{
    if (std::exchange(overlay_.texts, shown) == shown) return;
    surface_ ? surface_->update() : update();
}

void PictureCanvas::set_ring(bool ring)
{
    overlay_.ring = ring;
    surface_ ? surface_->update() : update();
}

void PictureCanvas::set_zoom(double zoom)
{
    view_.set_zoom(zoom);
    refresh();
}

void PictureCanvas::zoom_by(double factor)
{
    if (scene_.picture.is_null()) return;
    view_.zoom_at(view_.shown_zoom() * factor, view_.pane(0).center());
    refresh();
    Q_EMIT zoom_changed(view_.zoom());
}

bool PictureCanvas::up_to_date() const
{
    return painted_.same_as(scene_.picture);
}

bool PictureCanvas::at_rest() const
{
    return !moving_ && !rest_.isActive() && !(fitter_ && fitter_->busy());
}

QImage PictureCanvas::picture() const
{
    return scene_.picture.plain() ? scene_.picture.first : flatten(scene_.picture, scene_.natural_size());
}

FitJob PictureCanvas::fit_job() const
{
    FitJob job;
    if (scene_.picture.is_null()) return job;
    job.scene = scene_;
    const double ratio = view_.device_ratio();
    const auto device = [ratio](const QRectF& place) { return QRectF(place.topLeft() * ratio, place.size() * ratio); };
    qint64 points = 0;
    for (int pane = 0; pane < view_.panes(); ++pane) {
        const QRectF area = device(view_.area(pane));
        job.areas.append(QRectF(area.toRect()));
        job.seen.append(area.toRect().intersected(device(view_.pane(pane)).toAlignedRect()));
        points += qint64{job.seen.last().width()} * job.seen.last().height();
    }
    const bool quick = (moving_ || rest_.isActive()) && points > k_quick_points;
    job.filter = view_.shown_zoom() >= k_points_zoom && view_.zoom() > 0 ? Filter::points
                 : quick                                                 ? Filter::quick
                                                                         : Filter::fine;
    return job;
}

void PictureCanvas::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit_view();
}

void PictureCanvas::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    fit_view();
}

void PictureCanvas::fit_view()
{
    if (surface_) surface_->setGeometry(rect());
    refresh();
}

void PictureCanvas::paintEvent(QPaintEvent*)
{
    if (surface_) return;  // it covers all of this
    QPainter painter(this);
    painter.fillRect(rect(), ground_of(overlay_));
    const bool any = !scene_.picture.is_null();
    if (any && overlay_.message.isEmpty()) paint_fitted(painter);
    paint_overlay(painter, overlay_, view_, scene_.shown_compare(), any);
}

void PictureCanvas::paint_fitted(QPainter& painter)
{
    const FitJob wanted = fit_job();
    const double ratio = view_.device_ratio();
    const auto logical = [ratio](const QRect& place) {
        return QRectF(QPointF(place.topLeft()) / ratio, QSizeF(place.size()) / ratio);
    };
    if (wanted.seen.isEmpty()) return;
    painted_ = fitted_.job.scene.picture;
    const bool usable = !fitted_.pictures.isEmpty() && fitted_.job.scene.shown_compare() == scene_.shown_compare() &&
                        fitted_.job.seen.size() == wanted.seen.size();
    if (!usable) {
        // The first picture of all: a rough one stands until the fine one comes, a few milliseconds later.
        constexpr int k_most = 1'000'000;
        if (wanted.seen[0].width() * wanted.seen[0].height() > k_most || !scene_.picture.plain()) return;
        painted_ = scene_.picture;
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        painter.setClipRect(logical(wanted.seen[0]));
        painter.drawImage(view_.area(0), scene_.picture.first);
        return painter.setClipping(false);
    }
    // While the window changes its size, the old picture is stretched to where the new one will be.
    const auto target = [&](int index) {
        if (fitted_.job.same_place_as(wanted)) return logical(wanted.seen[index]);
        const QRectF from = fitted_.job.areas[index];
        const QRectF to = view_.area(index);
        const double scale = to.width() / from.width();
        const QRect seen = fitted_.job.seen[index];
        return QRectF(to.topLeft() + (QPointF(seen.topLeft()) - from.topLeft()) * scale, QSizeF(seen.size()) * scale);
    };
    if (scene_.shown_compare() == CompareMode::wipe && fitted_.pictures.size() > 1) {
        const double x = divider_x(view_, overlay_.divider);
        const QRectF pane = view_.pane(0);
        painter.setClipRect(QRectF(pane.left(), 0, x - pane.left(), pane.height()));
        painter.drawImage(target(0), fitted_.pictures[0]);
        painter.setClipRect(QRectF(x, 0, pane.right() - x, pane.height()));
        painter.drawImage(target(0), fitted_.pictures[1]);
        return painter.setClipping(false);
    }
    for (int index = 0; index < fitted_.pictures.size(); ++index) {
        if (fitted_.pictures[index].isNull()) continue;
        painter.setClipRect(view_.pane(index));
        painter.drawImage(target(index), fitted_.pictures[index]);
    }
    painter.setClipping(false);
}

}  // namespace kinora::ui
