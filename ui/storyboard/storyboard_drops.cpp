#include "ui/storyboard/storyboard_drops.h"

#include <QDrag>
#include <QDragMoveEvent>
#include <QMimeData>
#include <QMimeDatabase>
#include <QPainter>
#include <QPixmap>
#include <algorithm>
#include <cmath>

#include "core/storyboard/edits.h"
#include "ui/storyboard/storyboard_commands.h"
#include "ui/storyboard/storyboard_mime.h"
#include "ui/storyboard/storyboard_view.h"

namespace kinora::ui {

namespace {

/// By the name alone: the file itself is looked at when it is dropped, on another thread.
bool is_sound(const QString& file)
{
    static const QMimeDatabase database;
    return database.mimeTypeForFile(file, QMimeDatabase::MatchExtension).name().startsWith(QStringLiteral("audio/"));
}

bool all_sound(const QMimeData& data)
{
    const QStringList files = files_of(&data);
    return !files.isEmpty() && std::all_of(files.begin(), files.end(), is_sound);
}

bool is_welcome(const QMimeData* data)
{
    return data != nullptr && (data->hasFormat(QLatin1String(k_storyboard_mime)) || !files_of(data).isEmpty());
}

/// The frame that something dropped at a place begins at: never before the film.
std::int64_t frame_for(const StoryboardView& view, double x)
{
    return std::max<std::int64_t>(0, std::lround(view.geometry_now().frame_at(x)));
}

}  // namespace

StoryboardDrops::StoryboardDrops(StoryboardView& view, StoryboardCommands& commands)
    : QObject(&view), view_(view), commands_(commands)
{
    view.viewport()->setAcceptDrops(true);
    view.viewport()->installEventFilter(this);
}

bool StoryboardDrops::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
        case QEvent::DragEnter:
        case QEvent::DragMove: {
            auto* drag = static_cast<QDragMoveEvent*>(event);
            if (!view_.project() || !is_welcome(drag->mimeData())) return false;
            drag->acceptProposedAction();
            show_place(*drag->mimeData(), drag->position());
            return true;
        }
        case QEvent::DragLeave:
            view_.overlay() = {};
            view_.show_overlay();
            return true;
        case QEvent::Drop: {
            auto* drop = static_cast<QDropEvent*>(event);
            view_.overlay() = {};
            view_.show_overlay();
            if (!view_.project() || !is_welcome(drop->mimeData())) return false;
            drop->acceptProposedAction();
            take(*drop);
            return true;
        }
        default:
            return QObject::eventFilter(watched, event);
    }
}

void StoryboardDrops::show_place(const QMimeData& data, const QPointF& point)
{
    StoryboardOverlay& overlay = view_.overlay();
    overlay = {};
    const StoryboardGeometry geometry = view_.geometry_now();
    if (all_sound(data) && geometry.mode == StoryboardMode::timeline) {
        const auto frame = view_.snapped_frame(frame_for(view_, point.x()), view_.snap_points(-1));
        const double x = geometry.x_of(static_cast<double>(frame));
        const auto lane = geometry.lane_at(point.y());
        const double top = lane ? geometry.lane(*lane).top() : geometry.block_top() + geometry.block_height() - 34;
        overlay.lane_drop = QRectF(x, top, 160, lane ? geometry.lane_height() : 30);
    } else {
        overlay.insertion = geometry.insertion_index(point);
    }
    view_.show_overlay();
}

void StoryboardDrops::take(const QDropEvent& event)
{
    const StoryboardGeometry geometry = view_.geometry_now();
    const QPointF point = event.position();
    const std::size_t index = geometry.insertion_index(point);
    // Shots that come back to where they were taken from are moved, not copied.
    if (event.source() == &view_ && event.mimeData()->hasFormat(QLatin1String(k_storyboard_mime))) {
        const auto ids = view_.selection().shots(*view_.project());
        view_.request(StoryboardView::tr("Move shots"),
                      [ids, index](core::Project& project) { return core::move_shots(project, ids, index); });
        return;
    }
    const std::int64_t frame = view_.snapped_frame(frame_for(view_, point.x()), view_.snap_points(-1));
    view_.overlay() = {};
    commands_.take_in(*event.mimeData(), index, frame, geometry.lane_at(point.y()).value_or(0));
}

void StoryboardView::drag_out_later(const std::vector<std::string>& shot_ids)
{
    QMetaObject::invokeMethod(
        this,
        [this, shot_ids] {
            cancel();
            drag_out(shot_ids);
        },
        Qt::QueuedConnection);
}

void StoryboardView::drag_out(const std::vector<std::string>& shot_ids)
{
    if (!project_ || shot_ids.empty()) return;
    auto handed = storyboard_mime(*project_, folder_, shot_ids, {});
    const auto index = index_of(shot_ids.front());
    if (!handed || !index) return;
    QPixmap picture(QSize(160, 90) * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(Qt::transparent);
    const QString path = clip_path(*project_, folder_, *project_->shots[*index]);
    const QImage thumbnail =
        thumbnails_->picture(path, static_cast<int>(project_->shots[*index]->range.first), picture.height());
    QPainter painter(&picture);
    if (!thumbnail.isNull()) painter.drawImage(QRectF(0, 0, 160, 90), thumbnail);
    painter.end();
    if (drag_starter_) return drag_starter_(std::move(*handed), picture);
    auto* drag = new QDrag(this);
    drag->setMimeData(handed->release());
    drag->setPixmap(picture);
    drag->exec(Qt::CopyAction | Qt::MoveAction, Qt::CopyAction);
}

}  // namespace kinora::ui
