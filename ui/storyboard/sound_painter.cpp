#include <algorithm>
#include <cmath>

#include "ui/storyboard/corner_cover.h"
#include "ui/storyboard/storyboard_painter.h"
#include "ui/storyboard/storyboard_text.h"
#include "ui/storyboard/waveform_store.h"
#include "ui/theme/small_parts.h"
#include "ui/theme/theme.h"

// Sound tracks: clips with their waveform, fades and gain.
namespace kinora::ui {

namespace {

constexpr double k_radius = 5;
constexpr double k_name_height = 14;
constexpr double k_handles_from = 36;
constexpr double k_wave_from = 8;

float amplitude(float gain_db)
{
    return std::pow(10.0F, gain_db / 20);
}

}  // namespace

void StoryboardPainter::paint_lanes()
{
    if (geometry_.lanes() == 0) return;
    const double top = geometry_.block_top() + geometry_.block_height() + 2;
    painter_.save();
    painter_.setClipRect(QRectF(0, top, geometry_.view.width(), geometry_.view.height() - top), Qt::IntersectClip);
    for (std::size_t track = 0; track < geometry_.lanes(); ++track) {
        const QRectF row = geometry_.lane(track);
        if (!row.intersects(dirty_)) continue;
        painter_.fillRect(QRectF(0, row.bottom() + StoryboardGeometry::k_lane_gap / 2, geometry_.view.width(), 1),
                          roles().line);
        const auto [first, end] = geometry_.sounds_between(track, dirty_.left(), dirty_.right());
        for (std::size_t clip = first; clip < end; ++clip)
            paint_sound(track, clip);
    }
    painter_.restore();
}

void StoryboardPainter::paint_sound(std::size_t track, std::size_t index)
{
    const core::SoundTrack& lane = *scene_.project->sound_tracks[track];
    const core::SoundClip& clip = lane.clips[index];
    const QRectF area = crisp(geometry_.sound(track, index));
    const bool mute = lane.mute || clip.mute;
    const bool held = chosen(clip.id);
    if (area.width() < 4) return painter_.fillRect(area, held ? roles().accent : roles().audio);
    painter_.save();
    painter_.setClipRect(area, Qt::IntersectClip);
    painter_.fillRect(area, mute ? roles().raised : roles().audio);
    if (area.width() >= k_wave_from) paint_wave(clip, area, mute ? roles().dashed : roles().wave);
    const bool hovered = scene_.hovered.on_sound() && scene_.hovered.track == track && scene_.hovered.item == index;
    const bool handles = (hovered || held) && area.width() >= k_handles_from;
    paint_fades(clip, area, handles);
    if (area.width() > 40 && area.height() >= k_name_height * 2) {
        painter_.setFont(font(TextRole::ruler));
        const QFontMetricsF metrics(painter_.font());
        QString name = sound_name(*scene_.project, clip);
        if (clip.mute) name = tr("%1 · muted").arg(name);
        if (std::abs(clip.gain_db) > 0.049F) name += QStringLiteral(" · ") + gain_text(clip.gain_db);
        QRectF room = area.adjusted(8, 2, -8, 0);
        room.setLeft(std::max(room.left(), StoryboardGeometry::k_left + 8));
        room.setHeight(k_name_height);
        painter_.setPen(mute ? roles().dim : roles().text);
        if (room.width() > 16)
            painter_.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                              metrics.elidedText(name, Qt::ElideRight, room.width()));
    }
    if (handles) {
        const double y = crisp(StoryboardGeometry::gain_y(area, clip.gain_db));
        const bool line = hovered && scene_.hovered.zone == StoryboardZone::sound_gain;
        QColor colour = roles().text;
        if (!line) colour.setAlphaF(0.55F);
        painter_.fillRect(QRectF(area.left(), y, area.width(), 1), colour);
    }
    cover_corners(painter_, area, k_radius, roles().panel, ratio_, held ? EdgeLine{roles().accent, 2} : EdgeLine{});
    painter_.restore();
}

void StoryboardPainter::paint_wave(const core::SoundClip& clip, const QRectF& area, const QColor& colour)
{
    const auto wave = scene_.waveforms->waveform(asset_path(*scene_.project, scene_.folder, clip.asset));
    if (!wave || wave->empty()) return;
    // One bar each few pixels, as broad as its gap: calmer than a solid block, and half as much to draw.
    constexpr double k_step = 3;
    const double left = std::max(area.left(), std::floor((dirty_.left() - area.left()) / k_step) * k_step + area.left());
    const double right = std::min(area.right(), dirty_.right());
    const int bars = static_cast<int>(std::ceil((right - left) / k_step));
    if (bars <= 0) return;
    const double per_pixel = core::k_sample_rate.as_double() / scene_.project->rate.as_double() / geometry_.pixels_per_frame;
    const auto first = clip.source.first + static_cast<std::int64_t>((left - area.left()) * per_pixel);
    const auto peaks = wave->columns(first, per_pixel * k_step, bars);
    const double height = area.height() - (area.height() >= 2 * k_name_height ? k_name_height : 4) - 2;
    const double middle = area.bottom() - 2 - height / 2;
    const float gain = amplitude(clip.gain_db) / 127;
    const double length = area.width() / geometry_.pixels_per_frame;
    const auto in = static_cast<double>(clip.fade_in);
    const auto out = static_cast<double>(clip.fade_out);
    for (int bar = 0; bar < bars; ++bar) {
        const double x = left + bar * k_step;
        const double frame = (x - area.left()) / geometry_.pixels_per_frame;
        double scale = gain;
        if (in > 0 && frame < in) scale *= frame / in;
        if (out > 0 && frame > length - out) scale *= std::max(0.0, (length - frame) / out);
        const auto& peak = peaks[static_cast<std::size_t>(bar)];
        const double above = std::min(1.0, std::max(0.02, peak.high * scale)) * height / 2;
        const double below = std::min(1.0, std::max(0.02, -peak.low * scale)) * height / 2;
        painter_.fillRect(QRectF(x, middle - above, k_step - 1, above + below), colour);
    }
}

void StoryboardPainter::paint_fades(const core::SoundClip& clip, const QRectF& area, bool handles)
{
    const double in = area.left() + static_cast<double>(clip.fade_in) * geometry_.pixels_per_frame;
    const double out = area.right() - static_cast<double>(clip.fade_out) * geometry_.pixels_per_frame;
    if (clip.fade_in <= 0 && clip.fade_out <= 0 && !handles) return;
    const SoftEdges soft(painter_);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(roles().shade);
    if (clip.fade_in > 0) draw_in_parts(painter_, {{area.topLeft(), {in, area.top()}, area.bottomLeft()}}, area);
    if (clip.fade_out > 0) draw_in_parts(painter_, {{area.topRight(), {out, area.top()}, area.bottomRight()}}, area);
    if (!handles) return;
    painter_.setBrush(roles().text);
    for (const double x : {std::max(in, area.left() + 4), std::min(out, area.right() - 4)})
        painter_.drawEllipse(QPointF(x, area.top() + 4), 3.5, 3.5);
}

}  // namespace kinora::ui
