#include <QOpenGLWidget>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/ui/player_fixture.h"
#include "ui/player/renderer.h"

using namespace kinora;
using tests::k_patience;
using ui::CompareMode;
using ui::PictureCanvas;
using ui::Renderer;

namespace {

/// The same scene painted by both renderers, in windows of one size.
struct Pair {
    Pair()
    {
        for (PictureCanvas* canvas : {&opengl, &raster}) {
            canvas->resize(700, 500);
            canvas->show();
        }
        REQUIRE(QTest::qWaitForWindowExposed(&opengl));
        QApplication::processEvents();
    }

    template <typename Change>
    void each(Change change)
    {
        for (PictureCanvas* canvas : {&opengl, &raster})
            change(*canvas);
    }

    /// Mean and worst distance of a channel between the two.
    std::pair<double, int> distance()
    {
        REQUIRE(QTest::qWaitFor([&] { return raster.at_rest() && opengl.at_rest(); }, k_patience));
        // The widget's own grab() would send what QPainter adds to another device.
        auto* surface = opengl.findChild<QOpenGLWidget*>();
        REQUIRE(surface);
        const QImage one = surface->grabFramebuffer().convertToFormat(QImage::Format_RGB888);
        const QImage two = raster.grab().toImage().convertToFormat(QImage::Format_RGB888);
        REQUIRE(one.size() == two.size());
        double sum = 0;
        int worst = 0;
        for (int y = 0; y < one.height(); ++y) {
            const uchar* a = one.constScanLine(y);
            const uchar* b = two.constScanLine(y);
            for (int value = 0; value < one.width() * 3; ++value) {
                sum += std::abs(a[value] - b[value]);
                worst = std::max(worst, std::abs(a[value] - b[value]));
            }
        }
        return {sum / (one.width() * one.height() * 3.0), worst};
    }

    PictureCanvas opengl{Renderer::opengl, nullptr};
    PictureCanvas raster{Renderer::raster, nullptr};
};

QImage film(int frame, QColor sky)
{
    return tests::draw_test_frame(frame, 24, sky);
}

}  // namespace

TEST_CASE("OpenGL and the software renderer paint the same picture", "[opengl][.]")
{
    Pair pair;
    REQUIRE(pair.opengl.renderer() == Renderer::opengl);
    const QImage a = film(3, QColor(200, 40, 40));
    const QImage b = film(9, QColor(40, 60, 200));
    pair.each([&](PictureCanvas& canvas) { canvas.set_picture(a); });
    SECTION("point by point")
    {
        pair.each([](PictureCanvas& canvas) { canvas.set_zoom(1); });
        CHECK(pair.distance().second <= 1);
    }
    SECTION("enlarged to fit")
    {
        CHECK(pair.distance().first <= 1);
    }
    SECTION("so large that its points are seen")
    {
        pair.each([](PictureCanvas& canvas) { canvas.set_zoom(8); });
        CHECK(pair.distance().first <= 0.5);
    }
    SECTION("reduced")
    {
        pair.each([](PictureCanvas& canvas) { canvas.set_zoom(0.5); });
        CHECK(pair.distance().first <= 1);
    }
    SECTION("in a dissolve and in a dip to white")
    {
        pair.each([&](PictureCanvas& canvas) { canvas.set_mix({a, b, 0.3F, 0.5F, 0.2F}, {320, 192}); });
        CHECK(pair.distance().first <= 1);
    }
    SECTION("filling a frame of another shape")
    {
        pair.each([&](PictureCanvas& canvas) { canvas.set_mix({a, {}}, {320, 320}); });
        CHECK(pair.distance().first <= 1);
    }
    for (const CompareMode mode : {CompareMode::wipe, CompareMode::side_by_side, CompareMode::difference}) {
        DYNAMIC_SECTION("compared in way " << static_cast<int>(mode))
        {
            pair.each([&](PictureCanvas& canvas) {
                canvas.set_other(b);
                canvas.set_names("A", "B");
                canvas.set_compare(mode);
                canvas.set_divider(0.3);
                canvas.set_safe_areas(true);
            });
            CHECK(pair.distance().first <= 1.5);
        }
    }
}

TEST_CASE("the player plays with OpenGL", "[opengl][.]")
{
    tests::ShownPlayer shown;
    REQUIRE(shown.canvas->renderer() == Renderer::opengl);
    shown.open(24, {0, 24});
    shown.key(Qt::Key_Space);
    CHECK(QTest::qWaitFor([&] { return shown.player.frame() > 4; }, k_patience));
    shown.player.pause();
    CHECK(QTest::qWaitFor([&] { return shown.canvas->up_to_date(); }, k_patience));
    CHECK(tests::frame_number_of(shown.canvas->grab().toImage().copy(shown.canvas->picture_area().toRect())) ==
          shown.player.frame());
    shown.key(Qt::Key_F);
    REQUIRE(shown.player.full_screen());
    shown.key(Qt::Key_F);
    CHECK(shown.canvas->renderer() == Renderer::opengl);
}

TEST_CASE("where OpenGL can't be had after all, the canvas paints by itself")
{
    PictureCanvas canvas(Renderer::opengl, nullptr);
    canvas.resize(400, 300);
    canvas.show();
    if (QGuiApplication::platformName() != "offscreen") return;  // elsewhere there may be one
    CHECK(canvas.renderer() == Renderer::raster);
    canvas.set_picture(film(3, QColor(200, 40, 40)));
    REQUIRE(QTest::qWaitFor([&] { return canvas.at_rest(); }, k_patience));
    const QImage screen = canvas.grab().toImage();
    CHECK(tests::frame_number_of(screen.copy(canvas.picture_area().toRect())) == 3);
}
