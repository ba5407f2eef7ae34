#include "ui/storyboard/storyboard_view.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/storyboard/storyboard_painter.h"

namespace kinora::ui {

StoryboardView::StoryboardView(std::shared_ptr<ThumbnailStore> thumbnails, QWidget* parent)
    : QAbstractScrollArea(parent),
      thumbnails_(std::move(thumbnails)),
      layout_(std::make_unique<core::Layout>(core::Project{}))
{
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Storyboard"));
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    edge_scroll_.setInterval(16);
    connect(&edge_scroll_, &QTimer::timeout, this, &StoryboardView::scroll_while_dragging);
    connect(thumbnails_.get(), &ThumbnailStore::changed, viewport(), qOverload<>(&QWidget::update));
}

StoryboardView::~StoryboardView() = default;

void StoryboardView::set_project(const core::Project* project, const QString& folder)
{
    const bool another = project != project_ || folder != folder_;
    project_ = project;
    folder_ = folder;
    if (!another) return refresh();
    progress_.clear();
    selected_.clear();
    gesture_ = Gesture::none;
    trimmed_.reset();
    drag_.reset();
    playhead_ = 0;
    refresh();
    zoomed_ = false;
    zoom_at_first();
}

void StoryboardView::zoom_at_first()
{
    if (zoomed_ || !project_ || !isVisible()) return;
    // About as wide as a hand for two seconds, or the whole film where that isn't too small to work on.
    const double usual = 95 / project_->rate.as_double();
    const double room = viewport()->width() - StoryboardGeometry::k_left - StoryboardGeometry::k_add_width - 24;
    const double whole = room / std::max<double>(static_cast<double>(layout_->total()), 1);
    set_zoom(std::clamp(whole, usual / 4, usual));
    horizontalScrollBar()->setValue(0);
    shows_all_ = true;
}

void StoryboardView::refresh()
{
    if (trimmed_ && !(gesture_ == Gesture::trim && index_of(dragged_id_))) trimmed_.reset();
    rebuild();
    // The shot under the hand may be gone: undo, or another view, can remove it at any time.
    if (gesture_ != Gesture::none && gesture_ != Gesture::playhead && !index_of(dragged_id_)) cancel();
    if (!selected_.empty() && !index_of(selected_)) selected_.clear();
    if (shows_all_ && gesture_ == Gesture::none && horizontalScrollBar()->maximum() > 0) zoom_to_fit();
}

void StoryboardView::rebuild()
{
    layout_ = std::make_unique<core::Layout>(project_ ? shown() : core::Project{});
    update_scroll_range();
    viewport()->update();
}

std::optional<std::size_t> StoryboardView::index_of(const std::string& shot_id) const
{
    return project_ ? core::find_shot(*project_, shot_id) : std::nullopt;
}

StoryboardGeometry StoryboardView::geometry_now() const
{
    StoryboardGeometry geometry;
    geometry.layout = layout_.get();
    geometry.mode = mode_;
    geometry.view = viewport()->size();
    geometry.room = height() - horizontalScrollBar()->sizeHint().height();
    geometry.pixels_per_frame = pixels_per_frame_;
    geometry.scroll = horizontalScrollBar()->value();
    geometry.playhead = static_cast<double>(playhead_);
    return geometry;
}

void StoryboardView::update_scroll_range()
{
    const int width = viewport()->width();
    const int overflow = static_cast<int>(std::ceil(geometry_now().content_width())) - width;
    horizontalScrollBar()->setPageStep(width);
    horizontalScrollBar()->setSingleStep(40);
    horizontalScrollBar()->setRange(0, std::max(overflow, 0));
}

void StoryboardView::set_playhead(std::int64_t frame)
{
    if (frame == playhead_) return;
    const auto column = [this] {
        const double x = geometry_now().x_of(static_cast<double>(playhead_));
        return QRectF(x - 8, 0, 17, viewport()->height()).toAlignedRect();
    };
    viewport()->update(column());
    playhead_ = frame;
    viewport()->update(column());
    // It turns the page when it runs out of sight, but never under a hand that is at work.
    if (gesture_ != Gesture::none || mode_ != StoryboardMode::timeline) return;
    const StoryboardGeometry geometry = geometry_now();
    const double x = geometry.x_of(static_cast<double>(frame));
    if (x >= StoryboardGeometry::k_left - 1 && x < viewport()->width() - 8) return;
    const double wanted = static_cast<double>(frame) * pixels_per_frame_ - (viewport()->width() - geometry.k_left) * 0.1;
    horizontalScrollBar()->setValue(static_cast<int>(wanted));
}

void StoryboardView::select(const std::string& shot_id)
{
    if (selected_ == shot_id) return;
    selected_ = shot_id;
    const auto index = index_of(shot_id);
    viewport()->update();
    if (!index) return;
    const QString title = shot_title(*project_->shots[*index], *index);
    setAccessibleDescription(tr("%n shots; chosen: %1", nullptr, static_cast<int>(project_->shots.size())).arg(title));
    if (gesture_ != Gesture::none) return;
    const QRectF area = geometry_now().block(*index);
    const double left = mode_ == StoryboardMode::timeline ? StoryboardGeometry::k_left : 0;
    QScrollBar* bar = horizontalScrollBar();
    if (area.right() <= left + 24) bar->setValue(bar->value() + static_cast<int>(area.left() - left - 16));
    if (area.left() >= viewport()->width() - 24) {
        const double room = std::min(area.width() + 16, viewport()->width() - left);
        bar->setValue(bar->value() + static_cast<int>(area.left() + room - viewport()->width()));
    }
}

void StoryboardView::set_progress(const std::string& shot_id, const ShotProgress& progress)
{
    progress_[QString::fromStdString(shot_id)] = progress;
    update_block(shot_id);
}

void StoryboardView::clear_progress(const std::string& shot_id)
{
    if (progress_.remove(QString::fromStdString(shot_id)) > 0) update_block(shot_id);
}

void StoryboardView::update_block(const std::string& shot_id)
{
    if (const auto index = index_of(shot_id)) viewport()->update(geometry_now().block(*index).toAlignedRect());
}

void StoryboardView::set_mode(StoryboardMode mode)
{
    if (mode_ == mode) return;
    cancel();
    mode_ = mode;
    horizontalScrollBar()->setValue(0);
    update_scroll_range();
    viewport()->update();
}

void StoryboardView::set_zoom(double pixels_per_frame, double anchor_x)
{
    const double wanted = std::clamp(pixels_per_frame, k_smallest_zoom, k_largest_zoom);
    const StoryboardGeometry before = geometry_now();
    double anchor = anchor_x;
    if (anchor < 0) {
        const double playhead = before.x_of(static_cast<double>(playhead_));
        const bool in_view = playhead >= before.k_left && playhead <= viewport()->width();
        anchor = in_view ? playhead : (before.k_left + viewport()->width()) / 2;
    }
    zoomed_ = true;
    shows_all_ = false;
    const double frame = before.frame_at(std::max(anchor, before.k_left));
    pixels_per_frame_ = wanted;
    update_scroll_range();
    const double scroll = frame * wanted + before.k_left - std::max(anchor, before.k_left);
    horizontalScrollBar()->setValue(static_cast<int>(std::lround(scroll)));
    viewport()->update();
    Q_EMIT zoom_changed(wanted);
}

void StoryboardView::zoom_to_fit()
{
    const auto total = static_cast<double>(layout_->total());
    if (total < 1) return;
    const double room = viewport()->width() - StoryboardGeometry::k_left - StoryboardGeometry::k_add_width - 24;
    // One short shot alone needn't fill the whole window.
    set_zoom(std::min(std::max(room, 100.0) / total, 190 / project_->rate.as_double()));
    horizontalScrollBar()->setValue(0);
    shows_all_ = true;
}

void StoryboardView::paintEvent(QPaintEvent* event)
{
    static const core::Project k_none;
    StoryboardScene scene;
    scene.project = project_ ? &shown() : &k_none;
    scene.layout = layout_.get();
    scene.geometry = geometry_now();
    scene.thumbnails = thumbnails_.get();
    scene.folder = folder_;
    scene.selected = selected_;
    scene.hovered = gesture_ == Gesture::trim ? grip_ : hovered_;
    scene.progress = progress_;
    scene.playhead = playhead_;
    scene.drag = drag_;
    scene.snapped = snapped_;
    scene.shift = shift_;
    scene.ring = ring_;
    QPainter painter(viewport());
    StoryboardPainter(painter, scene, event->rect(), devicePixelRatioF()).paint();
}

void StoryboardView::showEvent(QShowEvent* event)
{
    QAbstractScrollArea::showEvent(event);
    zoom_at_first();
}

void StoryboardView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    update_scroll_range();
    zoom_at_first();
}

void StoryboardView::scrollContentsBy(int, int)
{
    viewport()->update();
}

void StoryboardView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool by_key = event->reason() == QContextMenuEvent::Keyboard;
    if (!by_key) {
        const StoryboardHit hit = geometry_now().hit(event->pos());
        const bool on_shot =
            hit.zone == StoryboardZone::body || hit.zone == StoryboardZone::in_edge || hit.zone == StoryboardZone::out_edge;
        if (on_shot && hit.shot < layout_->size()) choose(project_->shots[hit.shot]->id);
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (index_of(selected_)) {
        const auto entry = [this, menu](const QString& text, int key, Qt::KeyboardModifiers modifiers) {
            QAction* action = menu->addAction(text, this, [this, key, modifiers] { handle_key(key, modifiers); });
            action->setShortcut(QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(key))));
        };
        entry(tr("Split at the playhead"), Qt::Key_S, Qt::NoModifier);
        entry(tr("Duplicate"), Qt::Key_D, Qt::ControlModifier);
        entry(tr("Delete"), Qt::Key_Delete, Qt::NoModifier);
        menu->addSeparator();
    }
    menu->addAction(tr("Add a shot"), this, &StoryboardView::shot_add_requested);
    menu->addAction(tr("Show all"), this, &StoryboardView::zoom_to_fit);
    const QPoint at = by_key ? mapToGlobal(rect().center()) : event->globalPos();
    menu->popup(at);
}

bool StoryboardView::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
    // A title that didn't fit its block can be read here in full.
    const auto* help = static_cast<QHelpEvent*>(event);
    const StoryboardHit hit = geometry_now().hit(help->pos());
    const bool on_shot = hit.zone == StoryboardZone::body && hit.shot < layout_->size();
    if (on_shot) {
        QToolTip::showText(help->globalPos(), shot_title(*project_->shots[hit.shot], hit.shot), viewport());
    } else {
        QToolTip::hideText();
    }
    return true;
}

}  // namespace kinora::ui
