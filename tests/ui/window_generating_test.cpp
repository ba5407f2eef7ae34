#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QToolButton>
#include <algorithm>

#include "core/storyboard/layout.h"
#include "tests/ui/desk_files.h"
#include "tests/ui/storyboard_film.h"
#include "ui/panels/job_row.h"
#include "ui/player/bar_button.h"
#include "ui/player/picture_canvas.h"
#include "ui/player/player_widget.h"
#include "ui/session/take_maker.h"
#include "ui/shot/generate_button.h"
#include "ui/shot/settings_form.h"
#include "ui/shot/shot_panel.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/theme/theme.h"
#include "ui/widgets/field.h"
#include "ui/widgets/field_combo.h"
#include "ui/widgets/words.h"

// Edges that a new user met on a tried day (tests/studio/tried_day_test.cpp), and the moment in which a clip is made.

using namespace kinora;
using kinora::tests::DrawnGenerator;
using kinora::tests::Studio;

namespace {

/// Everything that is written on a widget and its parts.
QString all_text(QWidget* widget)
{
    QString text;
    for (const auto* label : widget->findChildren<QLabel*>())
        if (label->isVisible()) text += label->text() + QLatin1Char('\n');
    for (const auto* row : widget->findChildren<ui::JobRow*>())
        if (row->isVisible()) text += row->accessibleDescription() + QLatin1Char('\n');
    return text;
}

/// What the player says instead of showing a picture.
QString message(Studio& studio)
{
    return studio.window->player()->findChild<ui::PictureCanvas*>()->message();
}

void wait_for_step(Studio& studio, int step)
{
    Studio::wait_for(
        [&] {
            const auto* job = studio.session->desk().job_of_shot(studio.session->selected_shot());
            return job != nullptr && job->progress.step >= step;
        },
        "a step");
}

ui::FieldCombo* combo_named(Studio& studio, const QString& name)
{
    for (auto* combo : studio.window->shot_panel()->findChildren<ui::FieldCombo*>())
        if (combo->accessibleName() == name) return combo;
    return nullptr;
}

}  // namespace

TEST_CASE("a shot that waits for its turn says so in the player, and the playhead stands at it", "[window]")
{
    Studio studio;
    studio.generator->hold_at(3);
    studio.type(QStringLiteral("a lantern"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    wait_for_step(studio, 2);
    studio.key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    studio.type(QStringLiteral("a kite"));
    const core::Layout layout(studio.session->project());
    CHECK(studio.window->storyboard()->playhead() == layout.project_frame(1, 0));
    CHECK(message(studio).contains(QStringLiteral("Press Generate")));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    Studio::wait_for([&] { return message(studio).contains(QStringLiteral("waits in the queue")); }, "a word of the queue");
    studio.generator->release();
    studio.wait_until_idle();
}

TEST_CASE("Ctrl+I brings files in while the prompt has the keys", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("a lantern"));
    const std::filesystem::path file = std::filesystem::path(studio.folder.path().toStdString()) / "plate.png";
    tests::write_picture(file, Qt::darkCyan);
    studio.key(Qt::Key_I, Qt::ControlModifier);
    tests::answer_dialog(file);
    Studio::wait_for([&] { return studio.session->project().shots.size() == 2; }, "the picture on the storyboard");
    CHECK(studio.session->project().shots[0]->prompt == "a lantern");
    CHECK(studio.session->project().shots[1]->kind == core::ShotKind::media);
}

TEST_CASE("a click on a field's name opens its list, and it stays open", "[window]")
{
    Studio studio;
    auto* length = combo_named(studio, QStringLiteral("Length"));
    REQUIRE(length);
    auto* field = qobject_cast<ui::Field*>(length->parentWidget());
    REQUIRE(field);
    auto* handle = studio.window->windowHandle();
    QTest::mouseClick(handle, Qt::LeftButton, {}, field->mapTo(studio.window.get(), QPoint(24, field->height() / 2)));
    QApplication::processEvents();
    REQUIRE(length->view()->isVisible());
    QTest::keyClick(length->view(), Qt::Key_End);
    Studio::screenshot(QStringLiteral("field-list"), length->view()->window());
    QTest::keyClick(length->view(), Qt::Key_Return);
    QApplication::processEvents();
    CHECK_FALSE(length->view()->isVisible());
    CHECK(studio.session->shot()->settings.frames == 49);
}

TEST_CASE("once a clip was made, the button tells what the next will take as it was measured", "[window]")
{
    Studio studio;
    auto* button = studio.window->shot_panel()->generate_button();
    studio.type(QStringLiteral("a lantern"));
    Studio::wait_for([&] { return button->accessibleDescription() == QStringLiteral("about 4 s · 1.1 GB"); },
                     "the estimate");
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    const auto& job = studio.session->desk().jobs().front();
    const double measured = studio.session->desk().seconds_for(job);
    REQUIRE(measured > 0);
    const QString wanted = QStringLiteral("about %1 · 1.1 GB").arg(ui::duration_words(measured));
    Studio::wait_for([&] { return button->accessibleDescription() == wanted; }, "what was measured");
}

TEST_CASE("a seed is rolled by the die and kept by the lock", "[window]")
{
    Studio studio;
    const auto buttons = studio.window->shot_panel()->form()->findChildren<QToolButton*>();
    const auto named = [&](const QString& name) {
        const auto found = std::find_if(buttons.begin(), buttons.end(),
                                        [&](const auto* button) { return button->accessibleName() == name; });
        REQUIRE(found != buttons.end());
        return *found;
    };
    const auto settings = [&] { return studio.session->shot()->settings; };
    const auto before = settings().seed;
    studio.click(named(QStringLiteral("Roll another seed")));
    CHECK(settings().seed != before);
    studio.click(named(QStringLiteral("Keep this seed for every take")));
    REQUIRE(settings().seed_mode == core::SeedMode::locked);
    const auto kept = settings().seed;
    studio.window->shot_panel()->focus_prompt();
    studio.type(QStringLiteral("a lantern"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    CHECK(studio.session->shot()->takes[0].recipe->seed == kept);
    CHECK(settings().seed == kept);
}

TEST_CASE("what can be made of a take is named above the storyboard, and its press makes it", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("a lantern"));
    const auto button = [&](const QString& text) {
        for (auto* found : studio.window->storyboard()->findChildren<ui::BarButton*>())
            if (found->text() == text) return found;
        FAIL(text.toStdString());
        return static_cast<ui::BarButton*>(nullptr);
    };
    for (const char* verb : {"Extend", "Loop", "Blend", "Remix"})
        CHECK_FALSE(button(QString::fromLatin1(verb))->isEnabled());
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    REQUIRE(button(QStringLiteral("Loop"))->isEnabled());
    studio.click(button(QStringLiteral("Loop")));
    studio.wait_for_takes(2);
    CHECK(studio.session->shot()->takes.back().verb == "loop");
}

TEST_CASE("while a clip is made, the player and its place on the timeline show it moving", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1600, 1000});
    auto& session = *studio.session;
    session.rename_project(QStringLiteral("Harbour at dusk"));
    session.set_prompt(QStringLiteral("Fog over the harbour in the morning, gulls"));
    session.generate();
    studio.wait_for_takes(1);
    session.add_shot();
    session.set_prompt(QStringLiteral("Lamps on the quay come on (one by one:1.2), close, at {night|dusk}"));
    studio.generator->hold_at(13);
    session.generate();
    session.generate();
    wait_for_step(studio, 12);
    auto* player = studio.window->player();
    Studio::wait_for([&] { return player->content() == ui::PlayerWidget::Content::preview; }, "the preview");
    // It moves by itself.
    const QImage first = player->picture();
    Studio::wait_for([&] { return !player->picture().isNull() && player->picture() != first; }, "another picture of it");
    CHECK(all_text(studio.window.get()).contains(QStringLiteral("step 12 of 20")));
    tests::settle(studio);
    for (const auto theme : {ui::ThemeKind::dark, ui::ThemeKind::light}) {
        ui::apply_theme(theme);
        tests::settle(studio);
        studio.screenshot(theme == ui::ThemeKind::dark ? QStringLiteral("studio-rendering")
                                                       : QStringLiteral("studio-rendering-light"));
    }
    ui::apply_theme(ui::ThemeKind::dark);
    studio.generator->release();
    studio.wait_until_idle();
}
