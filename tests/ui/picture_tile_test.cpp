#include "ui/player/picture_tile.h"

#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/ui/test_clips.h"
#include "ui/player/filmstrip.h"

using namespace kinora;

namespace {

constexpr int k_width = 120;
constexpr int k_height = 80;

QImage sheet(double ratio)
{
    QImage image(QSize(k_width, k_height) * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::blue);
    return image;
}

QImage tile_on_sheet(ui::PictureTile& tile, const QRect& area, double ratio = 1)
{
    QImage image = sheet(ratio);
    QPainter painter(&image);
    tile.paint(painter, area, Qt::red);
    return image;
}

/// The same drawn without keeping anything.
QImage drawn_directly(const QImage& picture, const QRect& area, double ratio)
{
    QImage image = sheet(ratio);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath shape;
    shape.addRoundedRect(area, 5, 5);
    painter.setClipPath(shape);
    ui::paint_covering(painter, area, picture);
    return image;
}

int largest_difference(const QImage& one, const QImage& other)
{
    REQUIRE(one.size() == other.size());
    int largest = 0;
    for (int y = 0; y < one.height(); ++y)
        for (int x = 0; x < one.width(); ++x) {
            const QColor a = one.pixelColor(x, y);
            const QColor b = other.pixelColor(x, y);
            largest = std::max(
                {largest, std::abs(a.red() - b.red()), std::abs(a.green() - b.green()), std::abs(a.blue() - b.blue())});
        }
    return largest;
}

}  // namespace

TEST_CASE("A picture tile looks as if it were fitted each time it is painted, at every pixel ratio")
{
    const QImage picture = tests::draw_test_frame(7, 33, QColor(200, 120, 40), QSize(320, 192));
    const QRect area(10, 12, 90, 54);
    for (const double ratio : {1.0, 2.0}) {
        ui::PictureTile tile;
        tile.set(picture);
        const QImage first = tile_on_sheet(tile, area, ratio);
        CHECK(largest_difference(first, drawn_directly(picture, area, ratio)) <= 3);
        CHECK(tile_on_sheet(tile, area, ratio) == first);
        CHECK(first.pixelColor(first.width() / 2 - 1, 0) == QColor(Qt::blue));
        const QPoint corner = (QPointF(area.topLeft()) * ratio).toPoint();
        CHECK(first.pixelColor(corner) == QColor(Qt::blue));  // round
    }
}

TEST_CASE("A picture tile follows its picture, its size and its place, and shows its ground without a picture")
{
    ui::PictureTile tile;
    const QRect area(10, 10, 60, 40);
    CHECK(tile_on_sheet(tile, area).pixelColor(40, 30) == QColor(Qt::red));
    QImage green(60, 40, QImage::Format_RGB32);
    green.fill(Qt::green);
    tile.set(green);
    CHECK(tile_on_sheet(tile, area).pixelColor(40, 30) == QColor(Qt::green));
    const QImage wider = tile_on_sheet(tile, QRect(10, 10, 100, 40));
    CHECK(wider.pixelColor(100, 30) == QColor(Qt::green));
    CHECK(wider.pixelColor(113, 30) == QColor(Qt::blue));
    const QImage moved = tile_on_sheet(tile, QRect(50, 30, 60, 40));
    CHECK(moved.pixelColor(20, 20) == QColor(Qt::blue));
    CHECK(moved.pixelColor(80, 50) == QColor(Qt::green));
    tile.set({});
    CHECK(tile_on_sheet(tile, area).pixelColor(40, 30) == QColor(Qt::red));
}
