#include <QPainterPath>
#include <algorithm>

#include "ui/storyboard/corner_cover.h"
#include "ui/storyboard/storyboard_painter.h"
#include "ui/storyboard/storyboard_text.h"
#include "ui/theme/theme.h"

// Transitions on the cuts, and what a drag shows while it goes on.
namespace kinora::ui {

void StoryboardPainter::paint_transitions()
{
    const auto [first, end] = geometry_.visible();
    if (end - first > 400) return;
    const SoftEdges soft(painter_);
    painter_.setFont(font(TextRole::ruler));
    const QFontMetricsF metrics(painter_.font());
    for (std::size_t shot = first; shot < std::min(end + 1, scene_.layout->size()); ++shot) {
        const auto place = geometry_.transition_mark(shot);
        if (!place || !place->adjusted(-4, -4, 4, 4).intersects(dirty_)) continue;
        const QRectF area = crisp(place->translated(scene_.overlay->shift, 0));
        const std::string& id = scene_.project->shots[shot]->id;
        const bool held = chosen(transition_id(id));
        const bool hovered = scene_.hovered.on_transition() && scene_.hovered.shot == shot;
        painter_.setPen(QPen(held ? roles().accent : (hovered ? roles().dim : roles().dashed), held ? 2 : 1));
        painter_.setBrush(hovered ? roles().hover : roles().raised);
        const double inset = held ? 1 : 0.5;
        const QRectF line = area.adjusted(inset, inset, -inset, -inset);
        const double radius = std::min(4.0, line.width() / 4);
        painter_.drawRoundedRect(line, radius, radius);
        // Two triangles that meet: what goes and what comes.
        painter_.save();
        QPainterPath shape;
        shape.addRoundedRect(line.adjusted(1, 1, -1, -1), radius - 1, radius - 1);
        painter_.setClipPath(shape, Qt::IntersectClip);
        painter_.setPen(Qt::NoPen);
        const core::TransitionKind kind = scene_.layout->transition(shot);
        QColor shade = roles().dim;
        shade.setAlphaF(0.4F);
        if (kind == core::TransitionKind::dip_to_white) shade = roles().on_picture;
        if (kind == core::TransitionKind::dip_to_black) shade = roles().name_band;
        painter_.setBrush(shade);
        // White on a light ground is told by its line.
        if (kind == core::TransitionKind::dip_to_white) painter_.setPen(QPen(roles().dim, 1));
        if (kind == core::TransitionKind::dissolve) {
            painter_.drawPolygon(QPolygonF({line.bottomLeft(), line.topRight(), line.bottomRight()}));
        } else {
            painter_.drawPolygon(QPolygonF({line.bottomLeft(), {line.center().x(), line.top()}, line.bottomRight()}));
        }
        painter_.restore();
        const QString name = transition_name(kind);
        if (kind != core::TransitionKind::dissolve || metrics.horizontalAdvance(name) + 12 > area.width()) continue;
        painter_.setPen(roles().text);
        painter_.drawText(area, Qt::AlignCenter, name);
    }
}

void StoryboardPainter::paint_guides()
{
    const StoryboardOverlay& overlay = *scene_.overlay;
    const SoftEdges soft(painter_);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(roles().accent);
    const auto insertion = overlay.drag ? std::optional(overlay.drag->index) : overlay.insertion;
    if (insertion) painter_.drawRoundedRect(crisp(geometry_.insertion_line(*insertion)), 1.5, 1.5);
    if (overlay.band) {
        QColor ground = roles().accent;
        ground.setAlphaF(0.12F);
        painter_.setBrush(ground);
        painter_.setPen(QPen(roles().accent, 1));
        painter_.drawRect(overlay.band->adjusted(0.5, 0.5, -0.5, -0.5));
    }
    if (overlay.lane_drop) {
        QPen pen(roles().accent, 1);
        pen.setDashPattern({3, 3});
        painter_.setPen(pen);
        painter_.setBrush(Qt::NoBrush);
        painter_.drawRoundedRect(overlay.lane_drop->adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    }
    if (!overlay.snapped) return;
    const double x = crisp(geometry_.x_of(static_cast<double>(*overlay.snapped)));
    QPen pen(roles().warn, 1);
    pen.setDashPattern({3, 3});
    painter_.setPen(pen);
    painter_.drawLine(QPointF(x + 0.5, StoryboardGeometry::k_ruler_height), QPointF(x + 0.5, geometry_.view.height()));
}

void StoryboardPainter::paint_badge()
{
    const StoryboardOverlay& overlay = *scene_.overlay;
    if (overlay.badge.isEmpty()) return;
    painter_.setFont(font(TextRole::small));
    const QFontMetricsF metrics(painter_.font());
    const double width = metrics.horizontalAdvance(overlay.badge) + 16;
    const double x = std::clamp(overlay.badge_at.x() + 14, 2.0, std::max(2.0, geometry_.view.width() - width - 2));
    const double y = std::clamp(overlay.badge_at.y() - 30, 2.0, std::max(2.0, geometry_.view.height() - 26));
    const QRectF area(x, y, width, 22);
    const SoftEdges soft(painter_);
    painter_.setPen(QPen(roles().line, 1));
    painter_.setBrush(roles().raised);
    painter_.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter_.setPen(roles().text);
    painter_.drawText(area, Qt::AlignCenter, overlay.badge);
}

}  // namespace kinora::ui
