#include <QImage>
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/ui/storyboard_table.h"
#include "ui/theme/theme.h"

using namespace kinora;
using kinora::tests::Table;

namespace {

/// The lightness of the lightest pixel in a shot's title, its outline left out.
int lightest_in_title(const QImage& picture, const QRectF& block)
{
    const QRect title = block.toRect().adjusted(2, 3, -2, 0);
    int lightest = 0;
    for (int y = title.top(); y < title.top() + 15; ++y)
        for (int x = title.left(); x <= title.right(); ++x)
            lightest = std::max(lightest, qGray(picture.pixel(x, y)));
    return lightest;
}

/// Blocks of so many points, the gap to the next left out.
void zoom_to(Table& table, double width)
{
    const auto frames = static_cast<double>(table.layout().range(0).length());
    table.view->set_zoom((width + ui::StoryboardGeometry::k_gap) / frames);
    QApplication::processEvents();
}

}  // namespace

TEST_CASE("Narrow shots of a long film still show their numbers", "[window]")
{
    Table table(24, {1200, 300});
    const int ground = qGray(ui::roles().raised.rgb());
    const int text = qGray(ui::roles().text.rgb());
    for (const double width : {15.0, 17.0, 20.0, 26.0, 34.0}) {
        zoom_to(table, width);
        const QImage picture = table.view->viewport()->grab().toImage();
        const ui::StoryboardGeometry geometry = table.geometry();
        for (std::size_t shot = 0; shot < 24; ++shot) {
            const QRectF block = geometry.block(shot);
            if (block.left() < ui::StoryboardGeometry::k_left || block.right() > picture.width()) continue;
            INFO("shot " << shot + 1 << ", " << width << " wide");
            CHECK(lightest_in_title(picture, block) > (ground + text) / 2);
        }
    }
}

TEST_CASE("The mark of a narrow transition is no higher than wide, and its place takes the mouse as before")
{
    Table table(3);
    REQUIRE(table.document.edit("Dissolve", [](core::Project& project) -> core::Result<void> {
        project.shots[1].update([](core::Shot& shot) { shot.transition = {core::TransitionKind::dip_to_white, 12}; });
        return {};
    }));
    table.view->refresh();
    for (const double zoom : {0.3, 0.6, 1.0, 1.5, 4.0}) {
        table.view->set_zoom(zoom);
        const auto place = table.geometry().transition(1);
        const auto mark = table.geometry().transition_mark(1);
        REQUIRE(place);
        REQUIRE(mark);
        INFO(zoom);
        CHECK(place->contains(*mark));
        CHECK(mark->height() <= std::max(mark->width(), 8.0));
        CHECK(mark->width() == place->width());
        CHECK(mark->bottom() == place->bottom());
        if (place->width() >= place->height()) CHECK(*mark == *place);
    }
    CHECK_FALSE(table.geometry().transition_mark(2));
}
