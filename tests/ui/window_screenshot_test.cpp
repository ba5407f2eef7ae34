#include <QApplication>
#include <QMouseEvent>

#include "tests/ui/studio_fixture.h"
#include "ui/player/player_widget.h"
#include "ui/player/thumbnail_store.h"
#include "ui/shot/shot_panel.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/theme/theme.h"

using namespace kinora;
using kinora::tests::DrawnGenerator;
using kinora::tests::Studio;

namespace {

/// The moment of the design's picture: three shots, the second with three takes and trimmed, the third rendering.
void make_harbour(Studio& studio)
{
    auto& session = *studio.session;
    session.rename_project(QStringLiteral("Harbour at dusk"));
    session.set_prompt(QStringLiteral("Fog over the harbour in the morning, gulls"));
    session.generate();
    studio.wait_for_takes(1);
    session.add_shot();
    session.set_prompt(
        QStringLiteral("A small sailing boat drifts (slowly:1.3) across a calm harbour at {dusk|dawn}, "
                       "slow pan right. [1-2s] The water turns gold, at sunset"));
    auto settings = session.shot()->settings;
    settings.seed_mode = core::SeedMode::locked;
    settings.seed = 90208;
    for (std::size_t take = 1; take <= 3; ++take) {
        ++settings.seed;
        session.set_settings(settings);
        session.generate();
        studio.wait_for_takes(take);
    }
    settings.takes = 2;
    session.set_settings(settings);
    session.star_take(session.shot()->takes.back().id, true);
    session.trim(session.selected_shot(), {3, 28}, true);
    const std::string second = session.selected_shot();
    session.add_shot();
    session.set_prompt(QStringLiteral("Lamps on the quay come on one by one, close, at night"));
    studio.generator->hold_at(13);
    session.generate();
    Studio::wait_for(
        [&] {
            const auto* job = session.desk().job_of_shot(session.selected_shot());
            return job && job->progress.step >= 12;
        },
        "the third shot at step 12");
    session.select_shot(second);
    studio.wait_for([&] { return studio.window->player()->frame_count() > 0; }, "the clip");
    studio.window->player()->seek(16);
    studio.window->shot_panel()->focus_prompt();
    Studio::wait_for([&] { return !studio.window->player()->picture().isNull(); }, "a picture");
}

void settle(Studio& studio)
{
    // Filmstrips come from a thread of their own; the picture is taken when nothing came for a while.
    for (int quiet = 0; quiet < 15; ++quiet)
        QTest::qWait(20);
    studio.window->repaint();
}

}  // namespace

TEST_CASE("the window looks as designed, at its usual size", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1600, 1000});
    make_harbour(studio);
    settle(studio);
    studio.screenshot(QStringLiteral("studio-1600x1000"));
    ui::apply_theme(ui::ThemeKind::light);
    settle(studio);
    studio.screenshot(QStringLiteral("studio-light"));
    ui::apply_theme(ui::ThemeKind::dark);
    studio.generator->release();
    studio.wait_until_idle();
}

TEST_CASE("the window holds together at 1280 by 720", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1280, 720});
    make_harbour(studio);
    settle(studio);
    studio.screenshot(QStringLiteral("studio-1280x720"));
    studio.generator->release();
    studio.wait_until_idle();
}

TEST_CASE("an empty project teaches", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene);
    settle(studio);
    studio.screenshot(QStringLiteral("studio-empty"));
}

TEST_CASE("the window is sharp at 200 percent", "[hidpi][.]")
{
    Studio studio(DrawnGenerator::Look::scene, {1920, 1080});
    REQUIRE(studio.window->devicePixelRatioF() == Approx(2.0));
    make_harbour(studio);
    settle(studio);
    studio.screenshot(QStringLiteral("studio-3840x2160"));
    studio.generator->release();
    studio.wait_until_idle();
}
