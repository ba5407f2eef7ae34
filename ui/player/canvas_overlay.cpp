#include "ui/player/canvas_overlay.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace kinora::ui {

namespace {

constexpr double k_side_margin = 16;
constexpr double k_band_padding = 6;
constexpr double k_grip_radius = 14;

QString words(const char* text)
{
    return QCoreApplication::translate("kinora::ui::CanvasOverlay", text);
}

/// Dark in every theme: for the edges of what lies on pictures.
QColor edge(float opacity)
{
    QColor colour = roles_of(ThemeKind::dark).surround;
    colour.setAlphaF(opacity);
    return colour;
}

/// A short text on a dark band, for places where a picture may lie behind it.
void paint_band(QPainter& painter, const QRectF& text_box, const QString& text)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(edge(0.7F));  // dark enough for white on white
    painter.drawRoundedRect(text_box.adjusted(-k_band_padding, -2, k_band_padding, 2), 4, 4);
    painter.setPen(roles().on_picture);
    painter.drawText(text_box, Qt::AlignCenter | Qt::TextSingleLine, text);
}

void paint_message(QPainter& painter, const QString& message, QSizeF canvas)
{
    painter.setPen(roles().dim);
    painter.setFont(ui::font(TextRole::body));
    const QRectF column = QRectF(QPointF(), canvas).adjusted(48, 36, -48, -36);
    painter.drawText(column, Qt::AlignCenter | Qt::TextWordWrap, message);
}

/// Lines as filled bars on whole points: sharp, and the same with every renderer.
void fill_frame(QPainter& painter, const QRect& frame, int width, const QColor& colour)
{
    const int out = width / 2;
    const QRect outer = frame.adjusted(-out, -out, out, out);
    painter.fillRect(QRect(outer.left(), outer.top(), outer.width(), width), colour);
    painter.fillRect(QRect(outer.left(), outer.bottom() - width + 1, outer.width(), width), colour);
    painter.fillRect(QRect(outer.left(), outer.top() + width, width, outer.height() - 2 * width), colour);
    painter.fillRect(QRect(outer.right() - width + 1, outer.top() + width, width, outer.height() - 2 * width), colour);
}

/// A light line with a dark one around it is seen on every picture.
void paint_guide(QPainter& painter, const QRectF& guide)
{
    const QColor dark = edge(0.45F);
    QColor light = roles().on_picture;
    light.setAlphaF(0.75F);
    fill_frame(painter, guide.toRect(), 3, dark);
    fill_frame(painter, guide.toRect(), 1, light);
}

void paint_cross(QPainter& painter, const QPoint& middle)
{
    constexpr int arm = 12;
    const QColor dark = edge(0.45F);
    painter.fillRect(QRect(middle - QPoint(arm + 1, 1), QSize(2 * arm + 3, 3)), dark);
    painter.fillRect(QRect(middle - QPoint(1, arm + 1), QSize(3, 2 * arm + 3)), dark);
    painter.fillRect(QRect(middle - QPoint(arm, 0), QSize(2 * arm + 1, 1)), roles().on_picture);
    painter.fillRect(QRect(middle - QPoint(0, arm), QSize(1, 2 * arm + 1)), roles().on_picture);
}

void paint_safe_areas(QPainter& painter, const QRectF& picture)
{
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QRectF action = safe_area(picture, k_action_safe);
    const QRectF title = safe_area(picture, k_title_safe);
    paint_guide(painter, action);
    paint_guide(painter, title);
    paint_cross(painter, picture.center().toPoint());
    painter.setRenderHint(QPainter::Antialiasing);
    if (picture.width() < 480) return;
    painter.setFont(ui::font(TextRole::ruler));
    const QFontMetrics metrics(painter.font());
    const auto name = [&](const QString& text, const QPointF& at) {
        paint_band(painter, QRectF(at, QSizeF(metrics.horizontalAdvance(text), metrics.height())), text);
    };
    name(words("Title 90 %"), title.topLeft() + QPointF(12, 8));
    const QString action_name = words("Action 93 %");
    name(action_name, title.topRight() + QPointF(-12 - metrics.horizontalAdvance(action_name), 8));
}

/// A line from top to bottom with a round grip that two arrows point away from.
void paint_divider(QPainter& painter, const QRectF& seen, double x)
{
    const QColor dark = edge(0.5F);
    painter.setPen(QPen(dark, 4));
    painter.drawLine(QPointF(x, seen.top()), QPointF(x, seen.bottom()));
    painter.setPen(QPen(roles().on_picture, 2));
    painter.drawLine(QPointF(x, seen.top()), QPointF(x, seen.bottom()));
    const QPointF middle(x, seen.center().y());
    painter.setPen(QPen(dark, 1));
    painter.setBrush(roles().on_picture);
    painter.drawEllipse(middle, k_grip_radius, k_grip_radius);
    painter.setPen(QPen(edge(1), 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    for (const int side : {-1, 1}) {
        const QPointF tip = middle + QPointF(side * 7.5, 0);
        painter.drawPolyline(QVector<QPointF>{tip - QPointF(side * 3.5, 3.5), tip, tip - QPointF(side * 3.5, -3.5)});
    }
}

/// The names of A and B, at the lower outer corners of what shows them.
void paint_names(QPainter& painter, const CanvasOverlay& overlay, const CanvasView& view, CompareMode compare)
{
    painter.setFont(ui::font(TextRole::secondary));
    const QFontMetrics metrics(painter.font());
    const auto box = [&](const QRectF& seen, const QString& text, bool left) {
        const double width = metrics.horizontalAdvance(text);
        const double x = left ? seen.left() + 16 : seen.right() - 16 - width;
        return QRectF(x, seen.bottom() - metrics.height() - 14, width, metrics.height());
    };
    const bool panes = compare == CompareMode::side_by_side;
    const QRectF first = box(view.seen(0), overlay.first_name, true);
    const QRectF second = box(view.seen(panes ? 1 : 0), overlay.second_name, panes);
    if (compare == CompareMode::difference) {
        const QString text = words("Difference, %1 times as bright").arg(k_difference_gain);
        return paint_band(painter, box(view.seen(0), text, true), text);
    }
    // A name whose side of the wipe is too narrow for it would stand on the other's picture.
    const double x = compare == CompareMode::wipe ? divider_x(view, overlay.divider) : 0;
    if (panes || first.right() + k_band_padding < x) paint_band(painter, first, overlay.first_name);
    if (panes || second.left() - k_band_padding > x) paint_band(painter, second, overlay.second_name);
}

void paint_texts(QPainter& painter, const CanvasOverlay& overlay, const CanvasView& view, bool any)
{
    painter.setFont(ui::font(TextRole::secondary));
    const QFontMetrics metrics(painter.font());
    const bool covered = any && view.area(0).top() < 28;
    const auto draw = [&](const QString& text, double left, const QColor& colour) {
        if (text.isEmpty()) return;
        const QRectF box(left, 10, metrics.horizontalAdvance(text), metrics.height());
        if (covered) return paint_band(painter, box, text);
        painter.setPen(overlay.bare ? roles().on_picture : colour);
        painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), text);
    };
    draw(overlay.timecode, k_side_margin, roles().text);
    draw(overlay.label, view.canvas().width() - k_side_margin - metrics.horizontalAdvance(overlay.label), roles().dim);
}

}  // namespace

QColor ground_of(const CanvasOverlay& overlay)
{
    return overlay.bare ? roles_of(ThemeKind::dark).surround : roles().surround;
}

QRectF timecode_box(const CanvasOverlay& overlay)
{
    if (overlay.timecode.isEmpty() || !overlay.texts) return {};
    const QFontMetrics metrics(ui::font(TextRole::secondary));
    return QRectF(k_side_margin, 10, metrics.horizontalAdvance(overlay.timecode), metrics.height())
        .adjusted(-k_band_padding, -4, k_band_padding, 4);
}

QRectF safe_area(const QRectF& picture, double part)
{
    const double x = picture.width() * (1 - part) / 2;
    const double y = picture.height() * (1 - part) / 2;
    return picture.adjusted(x, y, -x, -y);
}

double divider_x(const CanvasView& view, double divider)
{
    const QRectF seen = view.seen(0);
    const QRectF area = view.area(0);
    return std::clamp(std::round(area.left() + divider * area.width()), seen.left(), seen.right());
}

void paint_overlay(QPainter& painter, const CanvasOverlay& overlay, const CanvasView& view, CompareMode compare, bool any)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const bool picture = any && overlay.message.isEmpty();
    if (!overlay.message.isEmpty()) paint_message(painter, overlay.message, view.canvas());
    if (picture && overlay.safe_areas) {
        for (int pane = 0; pane < view.panes(); ++pane) {
            painter.setClipRect(view.pane(pane));
            paint_safe_areas(painter, view.area(pane));
        }
        painter.setClipping(false);
    }
    if (picture && compare == CompareMode::wipe) paint_divider(painter, view.seen(0), divider_x(view, overlay.divider));
    if (picture && compare != CompareMode::off) paint_names(painter, overlay, view, compare);
    if (overlay.texts) paint_texts(painter, overlay, view, picture);
    if (!overlay.ring) return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(roles().accent);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(QPointF(), view.canvas()).adjusted(0, 0, -1, -1));
}

}  // namespace kinora::ui
