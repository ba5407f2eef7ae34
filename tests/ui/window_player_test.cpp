#include <QAbstractButton>
#include <QApplication>
#include <QMenu>
#include <algorithm>

#include "core/storyboard/edits.h"
#include "tests/ui/studio_fixture.h"
#include "ui/panels/takes_panel.h"
#include "ui/player/picture_canvas.h"
#include "ui/player/player_widget.h"
#include "ui/player/screen_window.h"
#include "ui/player/transport_bar.h"
#include "ui/shot/shot_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_bar.h"

using namespace kinora;
using kinora::tests::DrawnGenerator;
using kinora::tests::Studio;
using ui::PlayerAction;

namespace {

/// One shot with two takes in different lights; the player has the keys.
void make_two_takes(Studio& studio)
{
    auto& session = *studio.session;
    session.rename_project(QStringLiteral("Harbour at dusk"));
    session.set_prompt(QStringLiteral("A small sailing boat drifts across a calm harbour at sunset"));
    session.generate();
    studio.wait_for_takes(1);
    session.set_prompt(QStringLiteral("A small sailing boat drifts across a calm harbour at night"));
    session.generate();
    studio.wait_for_takes(2);
    Studio::wait_for([&] { return studio.window->player()->shown_frame() == 0; }, "the clip");
    studio.key(Qt::Key_Escape);
    REQUIRE(studio.window->player()->hasFocus());
}

void settle(Studio& studio)
{
    auto* canvas = studio.window->player()->canvas();
    for (int quiet = 0; quiet < 15 || !canvas->at_rest(); ++quiet) {
        REQUIRE(quiet < 500);
        QTest::qWait(20);
    }
}

QAbstractButton* button_named(QWidget* in, const QString& name)
{
    for (auto* button : in->findChildren<QAbstractButton*>())
        if (button->isVisible() && button->accessibleName() == name) return button;
    return nullptr;
}

}  // namespace

TEST_CASE("takes are compared in the studio: by a key, by the bar's menu, by a drag of the divider", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene);
    make_two_takes(studio);
    auto* player = studio.window->player();
    auto* canvas = player->canvas();
    studio.key(Qt::Key_A);
    Studio::wait_for([&] { return !canvas->scene().other.isNull(); }, "the other take's picture");
    REQUIRE(canvas->overlay().first_name.contains(QStringLiteral("Take 2")));
    REQUIRE(canvas->overlay().second_name.contains(QStringLiteral("Take 1")));
    player->seek(12);
    const QRectF area = canvas->view().area(0);
    const QPoint from = canvas->mapTo(studio.window.get(), area.center().toPoint());
    const QPoint to = from - QPoint(static_cast<int>(area.width() * 0.12), 0);
    auto* handle = studio.window->windowHandle();
    QTest::mouseMove(handle, from);
    QTest::mousePress(handle, Qt::LeftButton, {}, from);
    for (int step = 1; step <= 4; ++step)
        QTest::mouseMove(handle, from + (to - from) * step / 4);
    QTest::mouseRelease(handle, Qt::LeftButton, {}, to);
    REQUIRE(canvas->overlay().divider == Approx(0.38).margin(0.02));
    settle(studio);
    studio.screenshot(QStringLiteral("compare-wipe"));

    auto* compare = button_named(player, QStringLiteral("Compare takes"));
    REQUIRE(compare);
    studio.click(compare);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    REQUIRE(menu);
    Studio::screenshot(QStringLiteral("compare-menu"), menu);
    const auto actions = menu->actions();
    const auto side = std::find(actions.begin(), actions.end(), player->action(PlayerAction::compare_side_by_side));
    REQUIRE(side != actions.end());
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(*side).center());
    REQUIRE(canvas->scene().shown_compare() == ui::CompareMode::side_by_side);
    settle(studio);
    studio.screenshot(QStringLiteral("compare-side-by-side"));
    player->action(PlayerAction::compare_difference)->trigger();
    settle(studio);
    studio.screenshot(QStringLiteral("compare-difference"));
    ui::apply_theme(ui::ThemeKind::light);
    player->action(PlayerAction::compare_wipe)->trigger();
    settle(studio);
    studio.screenshot(QStringLiteral("compare-wipe-light"));
    ui::apply_theme(ui::ThemeKind::dark);
}

TEST_CASE("safe areas, frame numbers and the full screen look as they should", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene);
    make_two_takes(studio);
    auto* player = studio.window->player();
    player->seek(12);
    studio.key(Qt::Key_G);
    studio.key(Qt::Key_T);
    settle(studio);
    studio.screenshot(QStringLiteral("safe-areas"));
    studio.key(Qt::Key_T);
    studio.key(Qt::Key_F);
    auto* full = player->full_screen();
    REQUIRE(full);
    REQUIRE(QTest::qWaitForWindowExposed(full));
    QApplication::setActiveWindow(full);
    full->show_controls();
    Studio::wait_for([&] { return full->canvas()->at_rest() && full->canvas()->up_to_date(); }, "the picture on the screen");
    settle(studio);
    full->show_controls();
    Studio::screenshot(QStringLiteral("full-screen"), full);
    QTest::keyClick(full, Qt::Key_G);
    QTest::keyClick(full, Qt::Key_Escape);
    REQUIRE(player->full_screen() == nullptr);
    auto* more = button_named(player, QStringLiteral("More"));
    REQUIRE(more);
    studio.click(more);
    REQUIRE(QApplication::activePopupWidget());
    Studio::screenshot(QStringLiteral("player-more"), QApplication::activePopupWidget());
    QApplication::activePopupWidget()->close();
}

TEST_CASE("a frame is saved into the project's exports folder by a key, and the bar says so", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("a lighthouse"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    Studio::wait_for([&] { return studio.window->player()->shown_frame() == 0; }, "the clip");
    studio.key(Qt::Key_Escape);
    studio.window->player()->seek(5);
    Studio::wait_for([&] { return studio.window->player()->shown_frame() == 5; }, "frame 5");
    studio.key(Qt::Key_S, Qt::ShiftModifier);
    Studio::wait_for([&] { return studio.window->message_bar()->isVisible(); }, "a word about it");
    REQUIRE(studio.window->message_bar()->notice().text.contains(QStringLiteral("frame 0005.png")));
    int pictures = 0;
    for (const auto& entry : std::filesystem::directory_iterator(studio.session->folder() / "exports"))
        if (entry.path().extension() == ".png") ++pictures;
    REQUIRE(pictures == 1);
}

TEST_CASE("the storyboard plays in the player, and an edit doesn't stop it", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("a lighthouse"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    studio.session->change(QStringLiteral("Duplicate"), [](core::Project& project) -> core::Result<void> {
        auto copy = core::duplicate_shot(project, project.shots[0]->id);
        if (!copy) return copy.error();
        return {};
    });
    auto* player = studio.window->player();
    studio.key(Qt::Key_Escape);
    studio.key(Qt::Key_Space, Qt::ControlModifier);
    REQUIRE(player->content() == ui::PlayerWidget::Content::sequence);
    REQUIRE(player->frame_count() == 132);
    Studio::wait_for([&] { return player->frame() > 3; }, "playback");
    studio.session->trim(studio.session->project().shots[1]->id, {0, 20}, true);
    CHECK(player->content() == ui::PlayerWidget::Content::sequence);
    CHECK(player->playing());
    CHECK(player->frame_count() == 106);
    studio.key(Qt::Key_K);
    CHECK_FALSE(player->playing());
}
