#include <QPainter>
#include <QTest>
#include <QWheelEvent>
#include <catch2/catch.hpp>

#include "tests/ui/test_clips.h"
#include "ui/player/picture_canvas.h"
#include "ui/player/resample.h"
#include "ui/theme/theme.h"

using namespace kinora;
using ui::PictureCanvas;

namespace {

QImage flat(QColor colour, QSize size)
{
    QImage image(size, QImage::Format_RGB888);
    image.fill(colour);
    return image;
}

int worst_difference(const QImage& image, QColor colour)
{
    int worst = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor at = image.pixelColor(x, y);
            worst = std::max({worst, std::abs(at.red() - colour.red()), std::abs(at.green() - colour.green()),
                              std::abs(at.blue() - colour.blue())});
        }
    }
    return worst;
}

}  // namespace

TEST_CASE("enlarging keeps a flat colour to the bit")
{
    QImage large(211, 97, QImage::Format_RGB32);
    ui::resample(flat(QColor(13, 200, 77), {64, 48}), QRectF(0, 0, 64, 48), large, ui::Filter::fine);
    CHECK(worst_difference(large, QColor(13, 200, 77)) == 0);
}

TEST_CASE("enlarging keeps an edge where it is and steeper than a linear filter does")
{
    QImage small = flat(Qt::black, {16, 4});
    QPainter(&small).fillRect(8, 0, 8, 4, Qt::white);
    QImage large(128, 32, QImage::Format_RGB32);
    ui::resample(small, QRectF(0, 0, 16, 4), large, ui::Filter::fine);
    const auto grey = [&](int x) { return qGray(large.pixel(x, 16)); };
    CHECK(grey(63) < 128);
    CHECK(grey(64) > 127);
    CHECK(grey(63) + grey(64) == Approx(255).margin(3));
    CHECK(grey(66) - grey(61) > 255 * 5 / 8 + 10);  // linear: 5 of the 8 pixels between two samples
}

TEST_CASE("a picture is fitted between the texts, in its own shape and its own colours")
{
    PictureCanvas canvas;
    canvas.resize(700, 500);
    canvas.set_picture(flat(QColor(190, 80, 110), {320, 192}));
    const QRectF area = canvas.picture_area();
    CHECK(area.width() / area.height() == Approx(320.0 / 192).epsilon(0.01));
    CHECK(area.top() >= 36);
    CHECK(area.center().x() == Approx(350).margin(1));
    canvas.show();
    REQUIRE(QTest::qWaitFor([&] { return canvas.at_rest(); }));
    const QImage screen = canvas.grab().toImage();
    CHECK(worst_difference(screen.copy(area.toRect().adjusted(1, 1, -1, -1)), QColor(190, 80, 110)) <= 1);
    CHECK(screen.pixelColor(4, 250) == ui::roles().surround);
}

TEST_CASE("The wheel zooms about the pointer, and a drag moves what is zoomed")
{
    PictureCanvas canvas;
    canvas.resize(700, 500);
    canvas.show();
    canvas.set_picture(flat(Qt::gray, {320, 192}));
    const QPointF at(200, 200);
    const auto place = [&] {
        const QRectF area = canvas.picture_area();
        return QPointF((at.x() - area.left()) / area.width(), (at.y() - area.top()) / area.height());
    };
    const QPointF before = place();
    QWheelEvent wheel(at, canvas.mapToGlobal(at), {}, QPoint(0, 240), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(&canvas, &wheel);
    CHECK(canvas.zoom() > 2);
    CHECK(place().x() == Approx(before.x()).margin(0.01));
    CHECK(place().y() == Approx(before.y()).margin(0.01));
    const double left = canvas.picture_area().left();
    QTest::mousePress(&canvas, Qt::LeftButton, {}, QPoint(300, 300));
    QTest::mouseMove(&canvas, QPoint(340, 300));
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, QPoint(340, 300));
    CHECK(canvas.picture_area().left() == Approx(left + 40).margin(1));
}

TEST_CASE("what is much too large for the screen is averaged, not sampled")
{
    QImage stripes(1600, 900, QImage::Format_RGB888);
    stripes.fill(Qt::black);
    QPainter painter(&stripes);
    for (int x = 0; x < 1600; x += 2)
        painter.fillRect(x, 0, 1, 900, Qt::white);
    painter.end();
    PictureCanvas canvas;
    canvas.resize(400, 320);
    canvas.show();
    canvas.set_picture(stripes);
    REQUIRE(QTest::qWaitFor([&] { return canvas.at_rest(); }));
    const QImage screen = canvas.grab().toImage();
    const QRect inside = canvas.picture_area().toRect().adjusted(4, 4, -4, -4);
    CHECK(worst_difference(screen.copy(inside), QColor(128, 128, 128)) < 24);
}
