#include "ui/storyboard/storyboard_painter.h"

#include <algorithm>
#include <cmath>

#include "ui/player/time_text.h"
#include "ui/storyboard/corner_cover.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

// Ground, ruler, names of the tracks, playhead.
namespace kinora::ui {

namespace {

constexpr double k_label_top = 3;  // the line of the ruler's labels and the markers' notes
constexpr double k_label_height = 15;

/// "00:02" for whole seconds, "02:12" (seconds and frames) between them.
QString ruler_label(std::int64_t frame, std::int64_t step, core::FrameRate rate)
{
    const auto second = static_cast<std::int64_t>(std::lround(rate.as_double()));
    if (step % second != 0) return short_timecode(static_cast<int>(frame), rate);
    const std::int64_t seconds = frame / second;
    const auto two = [](std::int64_t number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    const QString minutes = two(seconds / 60 % 60) + QLatin1Char(':') + two(seconds % 60);
    return seconds >= 3600 ? QString::number(seconds / 3600) + QLatin1Char(':') + minutes : minutes;
}

}  // namespace

StoryboardPainter::StoryboardPainter(QPainter& painter, const StoryboardScene& scene, const QRectF& dirty,
                                     double pixel_ratio)
    : painter_(painter), scene_(scene), geometry_(scene.geometry), dirty_(dirty), ratio_(pixel_ratio)
{
}

void StoryboardPainter::paint()
{
    painter_.fillRect(dirty_, roles().panel);
    // Hard edges: what is straight lies on whole device pixels and is filled, not rasterised as a curve would be.
    painter_.setRenderHint(QPainter::SmoothPixmapTransform);
    const bool timeline = geometry_.mode == StoryboardMode::timeline;
    if (timeline) paint_lanes();
    paint_shots();
    paint_add_block();
    if (timeline) {
        paint_transitions();
        paint_ruler();
        paint_markers();
        paint_playhead();
    }
    paint_guides();
    if (timeline) paint_track_names();
    paint_held();
    paint_badge();
    if (!scene_.ring) return;
    painter_.setBrush(Qt::NoBrush);
    const auto [width, height] = geometry_.view;
    for (const QRectF& side : {QRectF(0, 0, width, 1), QRectF(0, height - 1, width, 1), QRectF(0, 1, 1, height - 2),
                               QRectF(width - 1, 1, 1, height - 2)})
        painter_.fillRect(side, roles().accent);
}

double StoryboardPainter::crisp(double x) const
{
    return std::round(x * ratio_) / ratio_;
}

QRectF StoryboardPainter::crisp(const QRectF& area) const
{
    const double left = crisp(area.left());
    const double top = crisp(area.top());
    return {left, top, std::max(crisp(area.right()) - left, 1.0), std::max(crisp(area.bottom()) - top, 1.0)};
}

void StoryboardPainter::paint_ruler()
{
    const QRectF ruler(0, 0, geometry_.view.width(), StoryboardGeometry::k_ruler_height);
    painter_.fillRect(QRectF(0, ruler.bottom() - 1, ruler.width(), 1), roles().line);
    if (!ruler.intersects(dirty_)) return;
    painter_.setFont(font(TextRole::ruler));
    const core::FrameRate rate = scene_.project->rate;
    const std::int64_t step = ruler_step(rate, geometry_.pixels_per_frame, 130);
    const auto first = std::max<std::int64_t>(0, static_cast<std::int64_t>(geometry_.frame_at(dirty_.left() - 60))) / step;
    for (std::int64_t frame = first * step;; frame += step) {
        const double x = crisp(geometry_.x_of(static_cast<double>(frame)));
        if (x > dirty_.right()) break;
        painter_.setPen(roles().dim);
        painter_.drawText(QRectF(x, k_label_top, 80, k_label_height), Qt::AlignLeft | Qt::AlignVCenter,
                          ruler_label(frame, step, rate));
        for (int part = 0; part < 4; ++part) {
            const double tick = crisp(x + part * static_cast<double>(step) * geometry_.pixels_per_frame / 4);
            const double height = part == 0 ? 5 : 3;
            painter_.fillRect(QRectF(tick, ruler.bottom() - 1 - height, 1, height),
                              part == 0 ? roles().dashed : roles().line);
        }
    }
    const auto& range = scene_.project->settings.export_range;
    if (!range) return;
    const double left = std::max(geometry_.x_of(static_cast<double>(range->first)), StoryboardGeometry::k_left);
    const double right = geometry_.x_of(static_cast<double>(range->end));
    if (right > left) painter_.fillRect(QRectF(left, ruler.bottom() - 3, right - left, 3), roles().accent);
}

void StoryboardPainter::paint_markers()
{
    painter_.setFont(font(TextRole::ruler));
    const QFontMetricsF metrics(painter_.font());
    const auto& markers = scene_.project->markers;
    // A note may reach in from the left.
    const auto [first, end] = geometry_.markers_between(dirty_.left() - 200, dirty_.right() + 8);
    for (std::size_t index = first; index < end; ++index) {
        const core::Marker& marker = markers[index];
        const double x = crisp(geometry_.x_of(static_cast<double>(marker.frame))) + 0.5;
        const double y = StoryboardGeometry::k_ruler_height - 1;
        const bool held = chosen(marker.id);
        const bool hovered = scene_.hovered.zone == StoryboardZone::marker && scene_.hovered.item == index;
        if (!marker.note.empty()) {
            const bool last = index + 1 >= markers.size();
            const double next = last ? 1e9 : geometry_.x_of(static_cast<double>(markers[index + 1].frame)) - x - 14;
            // On the line of the ruler's labels, between the one before and the next.
            const std::int64_t step = ruler_step(scene_.project->rate, geometry_.pixels_per_frame, 130);
            const std::int64_t before = marker.frame / step * step;
            const double free = geometry_.x_of(static_cast<double>(before)) + 8 +
                                metrics.horizontalAdvance(ruler_label(before, step, scene_.project->rate));
            const double left = std::max(x + 8, free);
            const double label = geometry_.x_of(static_cast<double>(before + step)) - 8;
            const double right = std::min({left + 132, x + next, label});
            if (right - left > 16) {
                painter_.setPen(held ? roles().text : roles().dim);
                const QString note = QString::fromStdString(marker.note).simplified();
                painter_.drawText(QRectF(left, k_label_top, right - left, k_label_height), Qt::AlignLeft | Qt::AlignVCenter,
                                  metrics.elidedText(note, Qt::ElideRight, right - left));
            }
        }
        const SoftEdges soft(painter_);
        painter_.setPen(held || hovered ? QPen(roles().text, 1) : QPen(Qt::NoPen));
        painter_.setBrush(roles().warn);
        painter_.drawPolygon(QPolygonF({{x - 4, y - 9}, {x + 4, y - 9}, {x + 4, y - 4}, {x, y}, {x - 4, y - 4}}));
    }
}

void StoryboardPainter::paint_playhead()
{
    const double x = crisp(geometry_.x_of(static_cast<double>(scene_.playhead)));
    if (x < StoryboardGeometry::k_left - 8 || x > geometry_.view.width() + 8) return;
    const double top = StoryboardGeometry::k_ruler_height;
    painter_.fillRect(QRectF(x, top, 1, geometry_.view.height() - top), roles().accent);
    const SoftEdges soft(painter_);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(roles().accent);
    const double middle = x + 0.5;
    painter_.drawPolygon(QPolygonF({{middle - 6, top - 1}, {middle + 6, top - 1}, {middle, top + 6}}));
}

void StoryboardPainter::paint_add_block()
{
    const QRectF area = geometry_.add_block().translated(scene_.overlay->shift, 0);
    if (!area.intersects(dirty_)) return;
    const bool hovered = scene_.hovered.zone == StoryboardZone::add;
    QPen pen(hovered ? roles().dim : roles().dashed, 1);
    pen.setDashPattern({3, 3});
    painter_.setPen(pen);
    painter_.setBrush(Qt::NoBrush);
    const QRectF line(std::floor(area.left()) + 0.5, area.top() + 0.5, area.width() - 1, area.height() - 1);
    {
        const SoftEdges soft(painter_);
        painter_.drawRoundedRect(line, 6, 6);
    }
    painter_.setPen(hovered ? roles().text : roles().dim);
    painter_.setFont(font(TextRole::body));
    painter_.drawText(line, Qt::AlignCenter, tr("+ Shot"));
    if (scene_.layout->size() > 0) return;
    painter_.setPen(roles().dim);
    const QRectF beside(area.right() + 20, area.top(), geometry_.view.width() - area.right() - 36, area.height());
    painter_.drawText(beside, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap,
                      tr("A film starts with one shot. Type a prompt, press Generate, and it lies here. "
                         "Videos, pictures and sound can be dropped here too."));
}

void StoryboardPainter::paint_track_names()
{
    // What scrolls out to the left disappears behind the column of names, but the playhead's head stays whole at 0.
    const double top = geometry_.block_top() - 2;
    const QRectF column(0, top, StoryboardGeometry::k_left - 2, geometry_.view.height() - top);
    painter_.fillRect(column.intersected(dirty_), roles().panel);
    painter_.fillRect(QRectF(0, 0, StoryboardGeometry::k_left - 8, StoryboardGeometry::k_ruler_height - 1), roles().panel);
    painter_.setPen(roles().dim);
    painter_.setFont(font(TextRole::small));
    const QFontMetricsF metrics(painter_.font());
    const QRectF name(14, geometry_.block_top(), StoryboardGeometry::k_left - 16, geometry_.block_height());
    const double lanes_from = geometry_.block_top() + geometry_.block_height() + 2;
    painter_.save();
    painter_.setClipRect(QRectF(0, lanes_from, StoryboardGeometry::k_left, geometry_.view.height()), Qt::IntersectClip);
    for (std::size_t track = 0; track < geometry_.lanes(); ++track) {
        const core::SoundTrack& lane = *scene_.project->sound_tracks[track];
        const QRectF row = geometry_.lane(track);
        if (!row.adjusted(-StoryboardGeometry::k_left, 0, 0, 0).intersects(dirty_)) continue;
        const QRectF text(14, row.top(), StoryboardGeometry::k_left - 14 - 28, row.height());
        painter_.setPen(lane.mute ? roles().faint : roles().dim);
        painter_.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(QString::fromStdString(lane.name), Qt::ElideRight, text.width()));
        const QRectF button = geometry_.mute_button(track);
        const bool hovered = scene_.hovered.zone == StoryboardZone::lane_mute && scene_.hovered.track == track;
        if (hovered) {
            const SoftEdges soft(painter_);
            painter_.setPen(Qt::NoPen);
            painter_.setBrush(roles().hover);
            painter_.drawRoundedRect(button, 4, 4);
        }
        const QString icon = lane.mute ? QStringLiteral("speaker-off") : QStringLiteral("speaker");
        paint_icon(painter_, button.adjusted(3, 3, -3, -3), icon, lane.mute ? roles().accent : roles().dim);
    }
    painter_.restore();
    painter_.setPen(roles().dim);
    painter_.drawText(name, Qt::AlignLeft | Qt::AlignVCenter, tr("Shots"));
}

}  // namespace kinora::ui
