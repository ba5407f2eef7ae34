#include "ui/storyboard/storyboard_painter.h"

#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/player/filmstrip.h"
#include "ui/player/time_text.h"
#include "ui/theme/theme.h"

namespace kinora::ui {

namespace {

constexpr double k_band = 20;  // the title above the pictures
constexpr double k_radius = 6;

QPainterPath rounded(const QRectF& area)
{
    QPainterPath path;
    path.addRoundedRect(area, k_radius, k_radius);
    return path;
}

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
    painter_.setRenderHint(QPainter::Antialiasing);
    painter_.setRenderHint(QPainter::SmoothPixmapTransform);
    const bool timeline = geometry_.mode == StoryboardMode::timeline;
    if (timeline) paint_ruler();
    paint_shots();
    paint_add_block();
    if (timeline) {
        paint_markers();
        paint_playhead();
    }
    paint_guides();
    if (timeline) paint_track_name();
    if (!scene_.ring) return;
    painter_.setBrush(Qt::NoBrush);
    painter_.setPen(roles().accent);
    painter_.drawRect(QRectF(QPointF(), geometry_.view).adjusted(0.5, 0.5, -0.5, -0.5));
}

double StoryboardPainter::crisp(double x) const
{
    return std::round(x * ratio_) / ratio_;
}

QRectF StoryboardPainter::place_of(std::size_t shot) const
{
    const QRectF area = geometry_.block(shot).translated(scene_.shift, 0);
    const double left = crisp(area.left());
    return {left, area.top(), std::max(crisp(area.right()) - left, 1.0), area.height()};
}

const ShotProgress* StoryboardPainter::progress_of(std::size_t shot) const
{
    const auto found = scene_.progress.constFind(QString::fromStdString(scene_.project->shots[shot]->id));
    return found == scene_.progress.constEnd() ? nullptr : &*found;
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
        painter_.drawText(QRectF(x, 3, 80, 15), Qt::AlignLeft | Qt::AlignVCenter, ruler_label(frame, step, rate));
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
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(roles().warn);
    for (const core::Marker& marker : scene_.project->markers) {
        const double x = crisp(geometry_.x_of(static_cast<double>(marker.frame)));
        if (x < dirty_.left() - 6 || x > dirty_.right() + 6) continue;
        const double y = StoryboardGeometry::k_ruler_height - 5;
        painter_.drawPolygon(QPolygonF({{x - 4, y - 4}, {x + 4, y - 4}, {x + 4, y}, {x, y + 4}, {x - 4, y}}));
    }
}

void StoryboardPainter::paint_shots()
{
    const auto [first, end] = geometry_.visible();
    for (std::size_t shot = first; shot < end && shot < scene_.project->shots.size(); ++shot) {
        if (scene_.drag && scene_.drag->shot == shot) continue;
        const QRectF area = place_of(shot);
        if (!area.intersects(dirty_)) continue;
        geometry_.mode == StoryboardMode::timeline ? paint_block(shot, area) : paint_card(shot, area);
    }
    if (!scene_.drag) return;
    painter_.setOpacity(0.85);
    const QRectF area = place_of(scene_.drag->shot).translated(scene_.drag->offset, 5);
    geometry_.mode == StoryboardMode::timeline ? paint_block(scene_.drag->shot, area) : paint_card(scene_.drag->shot, area);
    painter_.setOpacity(1);
}

void StoryboardPainter::paint_block(std::size_t shot, const QRectF& area)
{
    painter_.save();
    painter_.setClipPath(rounded(area), Qt::IntersectClip);
    const bool has_clip = core::selected_take(*scene_.project->shots[shot]) != nullptr;
    painter_.fillRect(area, has_clip ? roles().video : roles().raised);
    paint_pictures(shot, area.adjusted(0, k_band, 0, 0));
    const QRectF band(area.left(), area.top(), area.width(), k_band);
    if (has_clip) painter_.fillRect(band, roles().name_band);
    paint_title(shot, band, has_clip ? roles().on_picture : roles().text);
    if (const ShotProgress* progress = progress_of(shot)) paint_progress(*progress, area);
    painter_.restore();
    paint_outline(shot, area);
}

void StoryboardPainter::paint_card(std::size_t shot, const QRectF& area)
{
    const QRectF picture(area.left(), area.top(), area.width(), area.height() - 44);
    painter_.save();
    painter_.setClipPath(rounded(picture), Qt::IntersectClip);
    painter_.fillRect(picture, roles().raised);
    paint_pictures(shot, picture);
    if (const ShotProgress* progress = progress_of(shot)) paint_progress(*progress, picture);
    painter_.restore();
    paint_outline(shot, picture);
    paint_title(shot, QRectF(area.left() - 7, picture.bottom() + 4, area.width() + 14, 18), roles().text);
    painter_.setPen(roles().dim);
    painter_.setFont(font(TextRole::small));
    const auto length = static_cast<int>(scene_.layout->range(shot).length());
    painter_.drawText(QRectF(area.left(), picture.bottom() + 22, area.width(), 16), Qt::AlignLeft | Qt::AlignVCenter,
                      length_text(length, scene_.project->rate));
}

void StoryboardPainter::paint_pictures(std::size_t shot, const QRectF& area)
{
    const core::Shot& shown = *scene_.project->shots[shot];
    const ShotProgress* progress = progress_of(shot);
    const QString path = clip_path(scene_.folder, shown);
    const bool preview = progress != nullptr && !progress->preview.isNull();
    if (path.isEmpty() && !preview) {
        painter_.setPen(roles().dim);
        painter_.setFont(font(TextRole::small));
        const QString words = progress ? tr("Waiting for its first picture") : tr("No take yet");
        const QFontMetricsF metrics(painter_.font());
        const QString fitting = metrics.elidedText(words, Qt::ElideRight, area.width() - 12);
        return painter_.drawText(area, Qt::AlignCenter, fitting);
    }
    const int pixels = static_cast<int>(std::ceil(area.height() * ratio_));
    const double aspect = preview ? static_cast<double>(progress->preview.width()) / progress->preview.height()
                                  : scene_.thumbnails->aspect(path);
    const auto frames = static_cast<double>(shown.range.length());
    Filmstrip strip{area, static_cast<double>(shown.range.first), frames, std::round(area.height() * aspect)};
    if (geometry_.mode == StoryboardMode::cards) strip.cell_width = area.width();
    strip.visible_left = dirty_.left();
    strip.visible_right = dirty_.right();
    strip.divider = roles().name_band;
    paint_filmstrip(painter_, strip, [&](int frame) {
        return preview ? progress->preview : scene_.thumbnails->picture(path, frame, pixels);
    });
}

void StoryboardPainter::paint_progress(const ShotProgress& progress, const QRectF& area)
{
    const QRectF groove(area.left(), area.bottom() - 3, area.width(), 3);
    painter_.fillRect(groove, roles().track);
    if (progress.fraction <= 0) return;
    painter_.fillRect(QRectF(groove.topLeft(), QSizeF(groove.width() * std::min(progress.fraction, 1.0), 3)),
                      roles().accent);
}

void StoryboardPainter::paint_title(std::size_t shot, const QRectF& band, const QColor& colour)
{
    painter_.setFont(font(TextRole::small));
    const QFontMetricsF metrics(painter_.font());
    QString state;
    if (const ShotProgress* progress = progress_of(shot)) {
        state = progress->fraction < 0 ? tr("waiting") : tr("%1 %").arg(std::lround(progress->fraction * 100));
    }
    // The title of a shot that reaches out of sight stays in sight.
    QRectF room = band.adjusted(7, 0, -7, 0);
    if (geometry_.mode == StoryboardMode::timeline) room.setLeft(std::max(room.left(), StoryboardGeometry::k_left + 7));
    const double state_width = state.isEmpty() ? 0 : metrics.horizontalAdvance(state) + 6;
    if (room.width() < std::max(state_width, 8.0)) return;
    const QString title = shot_title(*scene_.project->shots[shot], shot);
    QString fitting = metrics.elidedText(title, Qt::ElideRight, std::max(room.width() - state_width, 0.0));
    if (fitting.size() < 6 && fitting != title) fitting = state.isEmpty() ? QString::number(shot + 1) : QString();
    painter_.setPen(colour);
    painter_.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, fitting);
    if (state.isEmpty()) return;
    painter_.setPen(roles().accent);
    const double after = metrics.horizontalAdvance(fitting) + (fitting.isEmpty() ? 0 : 6);
    painter_.drawText(room.adjusted(after, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, state);
}

void StoryboardPainter::paint_outline(std::size_t shot, const QRectF& area)
{
    painter_.setBrush(Qt::NoBrush);
    if (scene_.project->shots[shot]->id == scene_.selected) {
        painter_.setPen(QPen(roles().accent, 2));
        painter_.drawRoundedRect(area.adjusted(1, 1, -1, -1), k_radius - 1, k_radius - 1);
    } else {
        const bool has_clip = core::selected_take(*scene_.project->shots[shot]) != nullptr;
        painter_.setPen(QPen(has_clip ? roles().name_band : roles().line, 1));
        painter_.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), k_radius, k_radius);
    }
    const StoryboardHit& hovered = scene_.hovered;
    const bool edge = hovered.zone == StoryboardZone::in_edge || hovered.zone == StoryboardZone::out_edge;
    if (!edge || hovered.shot != shot) return;
    const bool in = hovered.zone == StoryboardZone::in_edge;
    painter_.save();
    painter_.setClipPath(rounded(area), Qt::IntersectClip);
    painter_.fillRect(QRectF(in ? area.left() : area.right() - 5, area.top(), 5, area.height()), roles().accent);
    painter_.restore();
}

void StoryboardPainter::paint_add_block()
{
    const QRectF area = geometry_.add_block().translated(scene_.shift, 0);
    if (!area.intersects(dirty_)) return;
    const bool hovered = scene_.hovered.zone == StoryboardZone::add;
    QPen pen(hovered ? roles().dim : roles().dashed, 1);
    pen.setDashPattern({3, 3});
    painter_.setPen(pen);
    painter_.setBrush(Qt::NoBrush);
    const QRectF line(std::floor(area.left()) + 0.5, area.top() + 0.5, area.width() - 1, area.height() - 1);
    painter_.drawRoundedRect(line, k_radius, k_radius);
    painter_.setPen(hovered ? roles().text : roles().dim);
    painter_.setFont(font(TextRole::body));
    painter_.drawText(line, Qt::AlignCenter, tr("+ Shot"));
    if (scene_.layout->size() > 0) return;
    painter_.setPen(roles().dim);
    const QRectF beside(area.right() + 20, area.top(), geometry_.view.width() - area.right() - 36, area.height());
    painter_.drawText(beside, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap,
                      tr("A film starts with one shot. Type a prompt, press Generate, and it lies here."));
}

void StoryboardPainter::paint_guides()
{
    const double top = geometry_.block_top() - 6;
    const double bottom = geometry_.block_top() + geometry_.block_height() + 6;
    if (scene_.drag) {
        const double x = crisp(geometry_.insertion_x(scene_.drag->index));
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(roles().accent);
        painter_.drawRoundedRect(QRectF(x - 1.5, top, 3, bottom - top), 1.5, 1.5);
    }
    if (!scene_.snapped) return;
    const double x = crisp(geometry_.x_of(static_cast<double>(*scene_.snapped)));
    QPen pen(roles().warn, 1);
    pen.setDashPattern({3, 3});
    painter_.setPen(pen);
    painter_.drawLine(QPointF(x + 0.5, StoryboardGeometry::k_ruler_height), QPointF(x + 0.5, bottom + 4));
}

void StoryboardPainter::paint_playhead()
{
    const double x = crisp(geometry_.x_of(static_cast<double>(scene_.playhead)));
    if (x < StoryboardGeometry::k_left - 8 || x > geometry_.view.width() + 8) return;
    const double top = StoryboardGeometry::k_ruler_height;
    painter_.fillRect(QRectF(x, top, 1, geometry_.view.height() - top), roles().accent);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(roles().accent);
    const double middle = x + 0.5;
    painter_.drawPolygon(QPolygonF({{middle - 6, top - 1}, {middle + 6, top - 1}, {middle, top + 6}}));
}

void StoryboardPainter::paint_track_name()
{
    // What scrolls out to the left disappears behind the column of names, but the playhead's head stays whole at 0.
    const double top = geometry_.block_top() - 2;
    const QRectF column(0, top, StoryboardGeometry::k_left - 2, geometry_.view.height() - top);
    painter_.fillRect(column.intersected(dirty_), roles().panel);
    painter_.fillRect(QRectF(0, 0, StoryboardGeometry::k_left - 8, StoryboardGeometry::k_ruler_height - 1), roles().panel);
    painter_.setPen(roles().dim);
    painter_.setFont(font(TextRole::small));
    const QRectF name(14, geometry_.block_top(), StoryboardGeometry::k_left - 16, geometry_.block_height());
    painter_.drawText(name, Qt::AlignLeft | Qt::AlignVCenter, tr("Shots"));
}

}  // namespace kinora::ui
