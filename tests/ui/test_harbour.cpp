#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>
#include <cmath>

#include "tests/ui/test_engine.h"

namespace kinora::tests {
namespace {

struct Light {
    QColor zenith, middle, horizon, sun, hills, sea, deep;
};

Light light(int index)
{
    static const Light lights[] = {
        {"#2b2d63", "#8c4a72", "#ffd08a", "#fff0c2", "#402a4c", "#2b4a5e", "#16303f"},  // evening
        {"#7d8ea6", "#a9b4bf", "#dfe0da", "#ffffff", "#6f8290", "#7f95a3", "#5c7280"},  // fog
        {"#070b1f", "#14204a", "#31508a", "#e9eefc", "#0c142c", "#10233f", "#060e1e"},  // night
        {"#3f78b5", "#86b6dc", "#e6efe8", "#fffbe8", "#4d7a5a", "#2f7f96", "#1c5266"},  // day
        {"#4a2f6b", "#c05a7a", "#ffb46b", "#ffe2b0", "#5a2f4f", "#6b4466", "#2f2440"},  // violet
    };
    return lights[index % 5];
}

}  // namespace

QImage draw_harbour(QSize size, double time, int index)
{
    const Light l = light(index);
    const double w = size.width();
    const double h = size.height();
    QImage image(size, QImage::Format_RGB32);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QLinearGradient sky(0, 0, 0, h * 0.66);
    sky.setColorAt(0, l.zenith);
    sky.setColorAt(0.55, l.middle);
    sky.setColorAt(1, l.horizon);
    painter.fillRect(QRectF(0, 0, w, h * 0.66), sky);
    const QPointF sun(w * (0.60 + 0.08 * time), h * (0.50 + 0.07 * time));
    QRadialGradient glow(sun, h * 0.45);
    QColor warm = l.sun;
    warm.setAlpha(150);
    glow.setColorAt(0, warm);
    warm.setAlpha(0);
    glow.setColorAt(1, warm);
    painter.fillRect(QRectF(0, 0, w, h * 0.66), glow);
    painter.setBrush(l.sun);
    painter.drawEllipse(sun, h * 0.1, h * 0.1);
    QPainterPath hills(QPointF(0, h * 0.67));
    for (int x = 0; x <= 100; ++x)
        hills.lineTo(w * x / 100, h * (0.60 - 0.05 * std::sin(x * 0.09 + 0.6) - 0.035 * std::sin(x * 0.21)));
    hills.lineTo(w, h * 0.67);
    painter.setBrush(l.hills);
    painter.drawPath(hills);
    QLinearGradient sea(0, h * 0.66, 0, h);
    sea.setColorAt(0, l.sea);
    sea.setColorAt(1, l.deep);
    painter.fillRect(QRectF(0, h * 0.66, w, h * 0.34), sea);
    QColor shine = l.sun;
    shine.setAlpha(70);
    painter.setBrush(shine);
    for (int i = 0; i < 6; ++i)
        painter.drawRoundedRect(
            QRectF(sun.x() - w * (0.05 - 0.006 * i), h * (0.69 + 0.04 * i), w * (0.10 - 0.012 * i), h * 0.008), 1, 1);
    const QPointF boat(w * (0.26 + 0.16 * time), h * 0.74);
    QColor dark = l.deep.darker(180);
    painter.setBrush(dark);
    painter.drawPolygon(QPolygonF({boat + QPointF(-w * 0.04, 0), boat + QPointF(w * 0.05, 0),
                                   boat + QPointF(w * 0.035, h * 0.03), boat + QPointF(-w * 0.03, h * 0.03)}));
    painter.drawPolygon(
        QPolygonF({boat + QPointF(0, -h * 0.01), boat + QPointF(0, -h * 0.11), boat + QPointF(w * 0.03, -h * 0.015)}));
    return image;
}

}  // namespace kinora::tests
