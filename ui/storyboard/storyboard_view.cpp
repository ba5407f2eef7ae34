#include "ui/storyboard/storyboard_view.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "ui/storyboard/note_editor.h"
#include "ui/storyboard/storyboard_gesture.h"
#include "ui/storyboard/storyboard_painter.h"
#include "ui/storyboard/text_cache.h"
#include "ui/storyboard/waveform_store.h"

// What is shown and where; the mouse is in storyboard_mouse.cpp, what is chosen in storyboard_choice.cpp.
namespace kinora::ui {

StoryboardView::StoryboardView(std::shared_ptr<ThumbnailStore> thumbnails, QWidget* parent)
    : QAbstractScrollArea(parent),
      thumbnails_(std::move(thumbnails)),
      waveforms_(std::make_unique<WaveformStore>()),
      texts_(std::make_unique<TextCache>()),
      layout_(std::make_unique<core::Layout>(core::Project{}))
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Storyboard"));
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    edge_scroll_.setInterval(16);
    connect(&edge_scroll_, &QTimer::timeout, this, &StoryboardView::scroll_while_dragging);
    connect(thumbnails_.get(), &ThumbnailStore::changed, this, &StoryboardView::update_pictures_of);
    connect(waveforms_.get(), &WaveformStore::changed, viewport(), qOverload<>(&QWidget::update));
    note_editor_ = new NoteEditor(*this);
}

StoryboardView::~StoryboardView() = default;

void StoryboardView::set_project(const core::Project* project, const QString& folder)
{
    const bool another = project != project_ || folder != folder_;
    project_ = project;
    folder_ = folder;
    if (!another) return refresh();
    progress_.clear();
    selection_.reset();
    end_gesture();
    playhead_ = 0;
    refresh();
    zoomed_ = false;
    zoom_at_first();
    Q_EMIT selection_changed();
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
    // What the hand holds may be gone: undo, or another view, can remove it at any time.
    if (gesture_ && (!project_ || !gesture_->holds(*project_))) cancel();
    rebuild();
    const std::size_t chosen = selection_.size();
    forget_what_is_gone();
    if (shows_all_ && !gesture_ && horizontalScrollBar()->maximum() > 0) zoom_to_fit();
    if (selection_.size() != chosen) Q_EMIT selection_changed();
}

void StoryboardView::rebuild()
{
    layout_ = std::make_unique<core::Layout>(project_ ? shown() : core::Project{});
    update_scroll_range();
    viewport()->update();
}

void StoryboardView::preview(const core::Document::Edit& edit)
{
    auto next = std::make_unique<core::Project>(*project_);
    if (edit(*next)) show_preview(std::move(next));
}

void StoryboardView::show_preview(std::unique_ptr<core::Project> project)
{
    preview_ = std::move(project);
    rebuild();
}

void StoryboardView::end_preview()
{
    if (!preview_) return;
    preview_.reset();
    rebuild();
}

void StoryboardView::request(const QString& name, const core::Document::Edit& edit)
{
    Q_EMIT edit_requested(name, edit);
}

StoryboardGeometry StoryboardView::geometry_now() const
{
    static const core::Project k_none;
    StoryboardGeometry geometry;
    geometry.project = project_ ? &shown() : &k_none;
    geometry.layout = layout_.get();
    geometry.mode = mode_;
    geometry.view = viewport()->size();
    geometry.room = height() - horizontalScrollBar()->sizeHint().height();
    geometry.pixels_per_frame = pixels_per_frame_;
    geometry.scroll = mode_ == StoryboardMode::timeline ? horizontalScrollBar()->value() : 0;
    geometry.scroll_down = verticalScrollBar()->value();
    geometry.playhead = static_cast<double>(playhead_);
    return geometry;
}

void StoryboardView::update_scroll_range()
{
    const auto set = [](QScrollBar* bar, double content, int view) {
        bar->setPageStep(view);
        bar->setSingleStep(40);
        bar->setRange(0, std::max(static_cast<int>(std::ceil(content)) - view, 0));
    };
    const StoryboardGeometry geometry = geometry_now();
    set(horizontalScrollBar(), geometry.content_width(), viewport()->width());
    set(verticalScrollBar(), geometry.content_height(), viewport()->height());
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
    if (gesture_ || mode_ != StoryboardMode::timeline) return;
    const StoryboardGeometry geometry = geometry_now();
    const double x = geometry.x_of(static_cast<double>(frame));
    if (x >= StoryboardGeometry::k_left - 1 && x < viewport()->width() - 8) return;
    const double wanted = static_cast<double>(frame) * pixels_per_frame_ - (viewport()->width() - geometry.k_left) * 0.1;
    horizontalScrollBar()->setValue(static_cast<int>(wanted));
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

void StoryboardView::update_pictures_of(const QString& clip)
{
    if (!project_) return;
    const StoryboardGeometry geometry = geometry_now();
    const auto [first, end] = geometry.visible();
    for (std::size_t shot = first; shot < std::min(end, layout_->size()); ++shot) {
        if (clip_path(shown(), folder_, *shown().shots[shot]) == clip)
            viewport()->update(geometry.block(shot).toAlignedRect());
    }
}

void StoryboardView::update_hit(const StoryboardHit& hit)
{
    const StoryboardGeometry geometry = geometry_now();
    const auto around = [this](const QRectF& area) { viewport()->update(area.toAlignedRect().adjusted(-8, -8, 8, 8)); };
    if (hit.on_shot() && hit.shot < layout_->size()) return around(geometry.block(hit.shot));
    if (hit.zone == StoryboardZone::none || hit.zone == StoryboardZone::ruler || hit.zone == StoryboardZone::playhead ||
        hit.zone == StoryboardZone::lane || hit.zone == StoryboardZone::lane_name)
        return;  // nothing of it is drawn otherwise under the pointer
    if (hit.zone == StoryboardZone::add) return around(geometry.add_block());
    if (hit.zone == StoryboardZone::lane_mute) return around(geometry.mute_button(hit.track));
    viewport()->update();
}

void StoryboardView::set_mode(StoryboardMode mode)
{
    if (mode_ == mode) return;
    cancel();
    note_editor_->close_note();
    mode_ = mode;
    hovered_ = {};
    horizontalScrollBar()->setValue(0);
    verticalScrollBar()->setValue(0);
    update_scroll_range();
    viewport()->update();
    const auto current = index_of(selection_.current());
    if (current && layout_->size() > 0) reveal_shot(*current);
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
    // Sound that goes on behind the last shot is seen to its end, so that it can be taken there and trimmed.
    double heard = 1;
    for (const auto& track : project_->sound_tracks)
        for (const core::SoundClip& clip : track->clips)
            heard = std::max(heard, static_cast<double>(clip.start) + sound_frames(clip, project_->rate));
    const double whole = std::max(room, 100.0) + StoryboardGeometry::k_add_width;
    // One short shot alone needn't fill the whole window.
    set_zoom(std::min({std::max(room, 100.0) / total, whole / heard, 190 / project_->rate.as_double()}));
    horizontalScrollBar()->setValue(0);
    shows_all_ = true;
}

void StoryboardView::paintEvent(QPaintEvent* event)
{
    StoryboardScene scene;
    scene.geometry = geometry_now();
    scene.project = scene.geometry.project;
    scene.layout = layout_.get();
    scene.thumbnails = thumbnails_.get();
    scene.waveforms = waveforms_.get();
    scene.texts = texts_.get();
    scene.folder = folder_;
    scene.selection = &selection_;
    scene.hovered = hovered_;
    scene.progress = progress_;
    scene.playhead = playhead_;
    scene.overlay = &overlay_;
    scene.ring = ring_;
    QPainter painter(viewport());
    // The playhead and a shot that renders lie far apart: what is between them isn't drawn.
    constexpr int k_most_parts = 6;
    const QRegion region = event->region().rectCount() <= k_most_parts ? event->region() : QRegion(event->rect());
    for (const QRect& part : region) {
        painter.setClipRect(part);
        StoryboardPainter(painter, scene, part, devicePixelRatioF()).paint();
    }
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
    note_editor_->follow();
    viewport()->update();
}

}  // namespace kinora::ui
