#include "ui/theme/small_parts.h"

#include <QApplication>
#include <QImage>
#include <QSemaphore>
#include <QThreadPool>
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/ui/storyboard_table.h"
#include "ui/player/filmstrip.h"
#include "ui/storyboard/corner_cover.h"

using namespace kinora;

namespace {

/// Whether `paint` comes to its end while Qt's pool does something else. A painter that waits for the pool is let go after
/// some seconds.
template <typename Paint>
bool paints_alone(const Paint& paint)
{
    auto* pool = QThreadPool::globalInstance();
    const int threads = pool->maxThreadCount();
    QSemaphore busy;
    QSemaphore go_on;
    for (int thread = 0; thread < threads; ++thread)
        pool->start([&] {
            busy.release();
            go_on.acquire();
        });
    busy.acquire(threads);
    QSemaphore painted;
    std::atomic<bool> alone = false;
    std::thread watch([&] {
        alone = painted.tryAcquire(1, 5000);
        go_on.release(threads);
    });
    paint();
    painted.release();
    watch.join();
    pool->waitForDone();
    return alone;
}

QImage sheet(double ratio)
{
    QImage image(QSize(200, 300) * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::white);
    return image;
}

}  // namespace

TEST_CASE("Fills and polygons in small parts look like whole ones and are painted without Qt's pool")
{
    const QColor shade(0, 0, 0, 0xaa);
    const QRectF area(10, 20, 120, 250);
    const QPolygonF triangle({area.topLeft(), {70, area.top()}, area.bottomLeft()});
    for (const double ratio : {1.0, 2.0}) {
        QImage whole = sheet(ratio);
        {
            QPainter painter(&whole);
            painter.fillRect(QRectF(150, 15, 2, 270), shade);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(shade);
            painter.drawPolygon(triangle);
        }
        QImage parts = sheet(ratio);
        CHECK(paints_alone([&] {
            QPainter painter(&parts);
            ui::fill_in_parts(painter, QRectF(150, 15, 2, 270), shade);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(shade);
            ui::draw_in_parts(painter, triangle, area);
        }));
        CHECK(parts == whole);
    }
}

TEST_CASE("A scaled picture in small parts looks like a whole one and is painted without Qt's pool")
{
    QImage picture(320, 192, QImage::Format_RGB32);
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            picture.setPixelColor(x, y, QColor::fromHsv((x * 3 + y) % 360, 200, (y * 7 + x) % 256));
    const QRectF source(20.25, 0, 260, 192);
    const QRectF target(11, 23.5, 150, 230);
    for (const double ratio : {1.0, 1.5, 2.0}) {
        QImage whole = sheet(ratio);
        {
            QPainter painter(&whole);
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.drawImage(target, picture, source);
        }
        QImage parts = sheet(ratio);
        CHECK(paints_alone([&] {
            QPainter painter(&parts);
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            ui::draw_image_in_parts(painter, target, picture, source);
        }));
        CHECK(parts == whole);
    }
}

TEST_CASE("A picture that covers its place is painted without Qt's pool, scaled or as it is")
{
    QImage picture(240, 220, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    for (const double ratio : {1.0, 2.0}) {
        QImage image = sheet(ratio);
        for (const QSizeF size : {QSizeF(180, 280), QSizeF(240, 220) / ratio, QSizeF(236, 218.5) / ratio})
            CHECK(paints_alone([&] {
                QPainter painter(&image);
                painter.setRenderHint(QPainter::SmoothPixmapTransform);
                ui::paint_covering(painter, QRectF(QPointF(4, 6), size), picture);
            }));
    }
}

TEST_CASE("The storyboard paints outlines and fades without waiting for Qt's pool", "[window]")
{
    QImage image = sheet(1);
    CHECK(paints_alone([&] {
        QPainter painter(&image);
        ui::cover_corners(painter, QRectF(5, 5, 150, 280), 6, Qt::gray, 1, {QColor(0, 0, 0, 0x77), 1});
    }));
    tests::Table table(3, {1000, 500});
    table.add_sound(0, 4);
    REQUIRE(table.document.edit("Fade", [](core::Project& project) -> core::Result<void> {
        project.sound_tracks[0].update(
            [](core::SoundTrack& track) { track.clips[0].fade_in = track.clips[0].fade_out = 20; });
        return {};
    }));
    table.view->refresh();
    QApplication::processEvents();
    CHECK(paints_alone([&] { table.view->viewport()->repaint(); }));
}
