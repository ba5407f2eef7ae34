#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/player/filmstrip.h"
#include "ui/player/thumbnail_store.h"
#include "ui/player/time_text.h"
#include "ui/storyboard/corner_cover.h"
#include "ui/storyboard/storyboard_painter.h"
#include "ui/storyboard/text_cache.h"
#include "ui/theme/theme.h"

// Shots as blocks and as cards.
namespace kinora::ui {

namespace {

constexpr double k_band = 20;  // the title above the pictures
constexpr double k_radius = 6;
constexpr double k_narrow = 30;
constexpr double k_sliver = 5;         // narrower blocks are only colour
constexpr double k_pictures_from = 9;  // narrower ones ask for no pictures: a glance at a long film decodes nothing

QPainterPath rounded(const QRectF& area)
{
    const double radius = std::min(k_radius, area.width() / 2);
    QPainterPath path;
    path.addRoundedRect(area, radius, radius);
    return path;
}

}  // namespace

QRectF StoryboardPainter::place_of(std::size_t shot) const
{
    return crisp(geometry_.block(shot).translated(scene_.overlay->shift, 0));
}

bool StoryboardPainter::is_held(std::size_t shot) const
{
    if (!scene_.overlay->drag) return false;
    const auto& shots = scene_.overlay->drag->shots;
    return std::binary_search(shots.begin(), shots.end(), shot);
}

const ShotProgress* StoryboardPainter::progress_of(std::size_t shot) const
{
    if (scene_.progress.isEmpty()) return nullptr;
    const auto found = scene_.progress.constFind(QString::fromStdString(scene_.project->shots[shot]->id));
    return found == scene_.progress.constEnd() ? nullptr : &*found;
}

QColor StoryboardPainter::ground_of(const core::Shot& shot) const
{
    if (shot.kind == core::ShotKind::gap) return roles().panel;
    return core::selected_take(shot) != nullptr ? roles().video : roles().raised;
}

void StoryboardPainter::paint_shots()
{
    const auto [first, end] = geometry_.visible();
    if (geometry_.mode == StoryboardMode::timeline && end - first > 400) return paint_slivers(first, end);
    for (std::size_t shot = first; shot < end && shot < scene_.project->shots.size(); ++shot) {
        const QRectF area = place_of(shot);
        if (!area.intersects(dirty_)) continue;
        const QRectF extent = geometry_.extent(shot).translated(scene_.overlay->shift, 0);
        if (!is_held(shot)) {
            paint_shot(shot, area, extent);
            continue;
        }
        painter_.setOpacity(0.3);
        paint_floating(shot, area, extent);
        painter_.setOpacity(1);
    }
}

void StoryboardPainter::paint_slivers(std::size_t first, std::size_t end)
{
    // Thousands of shots at a glance: colour only, without curves, and one rectangle for neighbours within a pixel.
    double drawn = -1e9;
    for (std::size_t shot = first; shot < end; ++shot) {
        const core::Shot& shown = *scene_.project->shots[shot];
        const QRectF area = place_of(shot);
        const bool marked = chosen(shown.id);
        if (area.width() >= k_sliver * 4) {
            paint_shot(shot, area, geometry_.extent(shot).translated(scene_.overlay->shift, 0));
            continue;
        }
        if (area.right() - drawn < 1 / ratio_ && !marked) continue;
        painter_.fillRect(area, marked ? roles().accent : ground_of(shown));
        drawn = area.right();
    }
}

void StoryboardPainter::paint_held()
{
    if (!scene_.overlay->drag) return;
    const ShotDrag& drag = *scene_.overlay->drag;
    if (drag.held >= scene_.layout->size()) return;
    const QPointF offset = geometry_.mode == StoryboardMode::timeline
                               ? QPointF(drag.offset.x(), std::clamp(drag.offset.y(), -8.0, 8.0) + 5)
                               : drag.offset;
    const QRectF area = place_of(drag.held).translated(offset);
    painter_.setOpacity(0.9);
    std::optional<SoftEdges> soft(std::in_place, painter_);
    if (drag.shots.size() > 1) {
        painter_.setPen(QPen(roles().accent_line, 1));
        painter_.setBrush(roles().raised);
        const double height =
            geometry_.mode == StoryboardMode::cards ? area.height() - StoryboardGeometry::k_card_text : area.height();
        for (const double step : {8.0, 4.0})
            painter_.drawRoundedRect(QRectF(area.left() + step, area.top() + step, area.width(), height), k_radius,
                                     k_radius);
    }
    soft.reset();
    paint_floating(drag.held, area, geometry_.extent(drag.held).translated(offset));
    painter_.setOpacity(1);
    if (drag.shots.size() < 2) return;
    painter_.setFont(font(TextRole::strong));
    const QString count = QString::number(drag.shots.size());
    const double width = QFontMetricsF(painter_.font()).horizontalAdvance(count) + 14;
    const QRectF badge(area.right() - width / 2 - 4, area.top() - 8, std::max(width, 22.0), 22);
    soft.emplace(painter_);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(roles().accent);
    painter_.drawRoundedRect(badge, 11, 11);
    painter_.setPen(roles().on_accent);
    painter_.drawText(badge, Qt::AlignCenter, count);
}

void StoryboardPainter::paint_floating(std::size_t shot, const QRectF& area, const QRectF& extent)
{
    const SoftEdges soft(painter_);
    floating_ = true;
    paint_shot(shot, area, extent);
    floating_ = false;
}

void StoryboardPainter::paint_shot(std::size_t shot, const QRectF& area, const QRectF& extent)
{
    const bool gap = scene_.project->shots[shot]->kind == core::ShotKind::gap;
    if (geometry_.mode == StoryboardMode::cards) return paint_card(shot, area);
    if (gap) return paint_gap(shot, area);
    paint_block(shot, area, extent);
}

void StoryboardPainter::paint_block(std::size_t shot, const QRectF& area, const QRectF& extent)
{
    const core::Shot& shown = *scene_.project->shots[shot];
    const bool has_clip = core::selected_take(shown) != nullptr;
    if (area.width() < k_sliver) {
        painter_.fillRect(area, chosen(shown.id) ? roles().accent : ground_of(shown));
        return;
    }
    painter_.save();
    clip_to(area);
    painter_.fillRect(area, ground_of(shown));
    if (area.width() >= k_pictures_from) paint_pictures(shot, extent.adjusted(0, k_band, 0, 0));
    const QRectF band(area.left(), area.top(), area.width(), k_band);
    if (has_clip) painter_.fillRect(band, roles().name_band);
    paint_title(shot, band, has_clip ? roles().on_picture : roles().text);
    if (const ShotProgress* progress = progress_of(shot)) paint_progress(*progress, area);
    painter_.restore();
    paint_outline(shot, area);
}

void StoryboardPainter::paint_gap(std::size_t shot, const QRectF& area)
{
    const core::Shot& shown = *scene_.project->shots[shot];
    if (area.width() > 6) {
        painter_.fillRect(area, roles().background);
        cover_corners(painter_, area, k_radius, roles().panel, ratio_);
    }
    if (area.width() > 32) {
        painter_.setFont(font(TextRole::small));
        painter_.setPen(roles().dim);
        const auto length = static_cast<int>(scene_.layout->range(shot).length());
        const QString words = area.width() > 90 ? tr("Gap · %1").arg(length_text(length, scene_.project->rate)) : tr("Gap");
        painter_.drawText(area, Qt::AlignCenter, words);
    }
    if (chosen(shown.id) || (scene_.hovered.on_shot() && scene_.hovered.shot == shot)) paint_outline(shot, area);
}

void StoryboardPainter::paint_card(std::size_t shot, const QRectF& area)
{
    const core::Shot& shown = *scene_.project->shots[shot];
    const bool gap = shown.kind == core::ShotKind::gap;
    const QRectF picture(area.left(), area.top(), area.width(), area.height() - StoryboardGeometry::k_card_text);
    painter_.save();
    clip_to(picture);
    painter_.fillRect(picture, gap ? roles().background : roles().raised);
    if (!gap) paint_pictures(shot, picture);
    if (const ShotProgress* progress = progress_of(shot)) paint_progress(*progress, picture);
    painter_.restore();
    paint_outline(shot, picture);
    paint_title(shot, QRectF(area.left() - 7, picture.bottom() + 4, area.width() + 14, 18),
                gap ? roles().dim : roles().text);
    paint_details(shot, QRectF(area.left(), picture.bottom() + 22, area.width(), 16));
}

void StoryboardPainter::paint_details(std::size_t shot, const QRectF& room)
{
    const auto& shown = scene_.project->shots[shot];
    const auto length = static_cast<int>(scene_.layout->range(shot).length());
    const auto words = [&] {
        QString text = length_text(length, scene_.project->rate);
        const bool several = shown->kind != core::ShotKind::gap && shown->takes.size() > 1;
        return several ? text + tr(" · %n takes", nullptr, static_cast<int>(shown->takes.size())) : text;
    };
    painter_.setPen(roles().dim);
    painter_.setFont(font(TextRole::small));
    draw_fitted(painter_, room,
                scene_.texts->fitted(TextCache::Kind::details, shown, length,
                                     static_cast<int>(std::lround(scene_.project->rate.as_double() * 1000)), painter_.font(),
                                     words));
}

void StoryboardPainter::clip_to(const QRectF& area)
{
    if (floating_)
        painter_.setClipPath(rounded(area), Qt::IntersectClip);
    else
        painter_.setClipRect(area, Qt::IntersectClip);
}

void StoryboardPainter::paint_pictures(std::size_t shot, const QRectF& area)
{
    const core::Shot& shown = *scene_.project->shots[shot];
    const ShotProgress* progress = progress_of(shot);
    const QString path = clip_path(*scene_.project, scene_.folder, shown);
    const bool preview = progress != nullptr && !progress->preview.isNull();
    using Trouble = ThumbnailStore::Trouble;
    const Trouble trouble = preview ? Trouble::none : scene_.thumbnails->trouble(path);
    if (trouble != Trouble::none) {
        if (area.width() < k_narrow) return;
        painter_.fillRect(area, roles().raised);
        painter_.setPen(roles().warn);
        painter_.setFont(font(TextRole::small));
        const QString words = trouble == Trouble::missing ? tr("File missing") : tr("Can't be read");
        const QFontMetricsF metrics(painter_.font());
        return painter_.drawText(area, Qt::AlignCenter, metrics.elidedText(words, Qt::ElideRight, area.width() - 12));
    }
    if (path.isEmpty() && !preview) {
        painter_.setPen(roles().dim);
        painter_.setFont(font(TextRole::small));
        const QString words = progress ? tr("Waiting for its first picture") : tr("No take yet");
        const QFontMetricsF metrics(painter_.font());
        const QString fitting = metrics.elidedText(words, Qt::ElideRight, area.width() - 12);
        return painter_.drawText(area, Qt::AlignCenter, fitting);
    }
    const double aspect = preview ? static_cast<double>(progress->preview.width()) / progress->preview.height()
                                  : scene_.thumbnails->aspect(path);
    // A card's picture is asked for so large that it covers the card without being enlarged.
    const bool card = geometry_.mode == StoryboardMode::cards;
    const double height = card ? std::max(area.height(), area.width() / aspect) : area.height();
    const int pixels = static_cast<int>(std::ceil(height * ratio_));
    const auto frames = static_cast<double>(shown.range.length());
    // No wider than the pictures are, to the device's pixel: then they are copied.
    const double cell = std::max(std::floor(area.height() * aspect * ratio_), 1.0) / ratio_;
    Filmstrip strip{area, static_cast<double>(shown.range.first), frames, cell};
    if (card) strip.cell_width = area.width();
    strip.visible_left = dirty_.left();
    strip.visible_right = dirty_.right();
    strip.divider = roles().name_band;
    const core::Take* take = core::selected_take(shown);
    const bool still = take != nullptr && take->still;
    paint_filmstrip(painter_, strip, [&](int frame) {
        return preview ? progress->preview : scene_.thumbnails->picture(path, still ? 0 : frame, pixels);
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
    const double margin = band.width() < k_narrow ? 3 : 7;  // a number finds room in narrow shots too
    QRectF room = band.adjusted(margin, 0, -margin, 0);
    if (geometry_.mode == StoryboardMode::timeline) room.setLeft(std::max(room.left(), StoryboardGeometry::k_left + margin));
    const double state_width = state.isEmpty() ? 0 : metrics.horizontalAdvance(state) + 6;
    if (room.width() < std::max(state_width, 1.0)) return;
    const double width = room.width() - state_width;
    const auto& shown = scene_.project->shots[shot];
    const auto words = [&] {
        const QString title = shot_title(*shown, shot);
        QString fitting = metrics.elidedText(title, Qt::ElideRight, std::max(width, 0.0));
        const QString number = QString::number(shot + 1);
        // A word that is cut off after a letter or two tells less than the number alone.
        if (fitting.size() < number.size() + 6 && fitting != title) fitting = state.isEmpty() ? number : QString();
        return metrics.horizontalAdvance(fitting) > width ? QString() : fitting;
    };
    const auto kind = state.isEmpty() ? TextCache::Kind::title : TextCache::Kind::title_beside_state;
    const TextCache::Fitted& title =
        scene_.texts->fitted(kind, shown, static_cast<int>(shot), static_cast<int>(width), painter_.font(), words);
    painter_.setPen(colour);
    draw_fitted(painter_, room, title);
    if (state.isEmpty()) return title.empty && band.width() < k_narrow ? paint_number(shot, band, colour) : void();
    painter_.setPen(roles().accent);
    const double after = title.empty ? 0 : title.width + 6;
    painter_.drawText(room.adjusted(after, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, state);
}

void StoryboardPainter::paint_number(std::size_t shot, const QRectF& band, const QColor& colour)
{
    QRectF room = band;
    if (geometry_.mode == StoryboardMode::timeline) room.setLeft(std::max(room.left(), StoryboardGeometry::k_left));
    const QString number = QString::number(shot + 1);
    const auto baseline = [](const QFontMetricsF& metrics) { return (metrics.ascent() - metrics.descent()) / 2; };
    const double usual = baseline(QFontMetricsF(font(TextRole::small)));
    for (const TextRole role : {TextRole::small, TextRole::ruler}) {
        painter_.setFont(font(role));
        const QFontMetricsF metrics(painter_.font());
        // A pixel at each side: the outline.
        const double left = (room.width() - metrics.horizontalAdvance(number)) / 2;
        if (left < 1) continue;
        painter_.setPen(colour);
        const double down = std::round(usual - baseline(metrics));
        return draw_fitted(painter_, room.adjusted(left, down, 0, down),
                           scene_.texts->fitted(TextCache::Kind::number, scene_.project->shots[shot], static_cast<int>(shot),
                                                static_cast<int>(role), painter_.font(), [&] { return number; }));
    }
}

void StoryboardPainter::paint_outline(std::size_t shot, const QRectF& area)
{
    const core::Shot& shown = *scene_.project->shots[shot];
    const bool has_clip = core::selected_take(shown) != nullptr;
    const bool current = scene_.selection->current() == shown.id;
    EdgeLine line{current ? roles().accent_line : (has_clip ? roles().name_band : roles().line), 1};
    if (chosen(shown.id)) line = {roles().accent, 2};
    if (floating_) {
        // It lies over others: its corners can't be covered with the ground.
        const SoftEdges soft(painter_);
        painter_.setBrush(Qt::NoBrush);
        painter_.setPen(QPen(line.colour, line.width));
        const double inset = line.width / 2;
        painter_.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), k_radius - inset, k_radius - inset);
    } else {
        cover_corners(painter_, area, k_radius, roles().panel, ratio_, line);
    }
    const StoryboardHit& hovered = scene_.hovered;
    const bool edge = hovered.zone == StoryboardZone::in_edge || hovered.zone == StoryboardZone::out_edge;
    const bool held = scene_.overlay->edge_of == shown.id;
    if (!edge || (hovered.shot != shot && !held) || (!held && !scene_.overlay->edge_of.empty())) return;
    const bool in = hovered.zone == StoryboardZone::in_edge;
    painter_.save();
    painter_.setClipPath(rounded(area), Qt::IntersectClip);
    painter_.fillRect(QRectF(in ? area.left() : area.right() - 5, area.top(), 5, area.height()), roles().accent);
    painter_.restore();
}

}  // namespace kinora::ui
