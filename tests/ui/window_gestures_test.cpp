#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <nlohmann/json.hpp>

#include "core/media/clip_reader.h"
#include "tests/ui/studio_fixture.h"
#include "tests/ui/test_clips.h"
#include "ui/panels/job_row.h"
#include "ui/player/images.h"
#include "ui/player/player_widget.h"
#include "ui/player/scrub_bar.h"
#include "ui/shot/generate_button.h"
#include "ui/shot/prompt_editor.h"
#include "ui/shot/shot_panel.h"
#include "ui/widgets/field_combo.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/export_popover.h"
#include "ui/window/top_bar.h"

using namespace kinora;
using kinora::tests::DrawnGenerator;
using kinora::tests::Studio;

namespace {

/// Drags from one place of a widget to another with the left button, over screen coordinates of the window.
void drag(QWidget* widget, QPoint from, QPoint to)
{
    auto* window = widget->window();
    auto* handle = window->windowHandle();
    from = widget->mapTo(window, from);
    to = widget->mapTo(window, to);
    QTest::mouseMove(handle, from);
    QTest::mousePress(handle, Qt::LeftButton, {}, from);
    for (int step = 1; step <= 8; ++step)
        QTest::mouseMove(handle, from + (to - from) * step / 8);
    QTest::mouseRelease(handle, Qt::LeftButton, {}, to);
    QApplication::processEvents();
}

/// The file that the last export wrote.
std::filesystem::path exported_file(Studio& studio)
{
    for (const auto& job : studio.session->desk().jobs())
        if (job.kind == "export" && job.state == core::JobState::done)
            return nlohmann::json::parse(job.result).at("file").get<std::string>();
    return {};
}

int frame_number(media::ClipReader& reader, int index)
{
    const auto frame = reader.frame(index);
    REQUIRE(frame);
    return tests::frame_number_of(ui::image_of((*frame)->picture));
}

QString all_text(QWidget* widget)
{
    QString text;
    for (const auto* label : widget->findChildren<QLabel*>())
        if (label->isVisible()) text += label->text() + QLatin1Char('\n');
    for (const auto* row : widget->findChildren<ui::JobRow*>())
        if (row->isVisible()) text += row->accessibleDescription() + QLatin1Char('\n');
    return text;
}

}  // namespace

TEST_CASE("from a fresh start to an exported trim: four gestures, no dialog", "[window]")
{
    Studio studio;
    // 1: type. The prompt has the focus.
    studio.type(QStringLiteral("a red balloon rises over green hills"));
    REQUIRE(studio.session->shot()->prompt == "a red balloon rises over green hills");
    // 2: Generate.
    studio.click(studio.window->shot_panel()->generate_button());
    studio.wait_for_takes(1);
    Studio::wait_for([&] { return studio.window->player()->frame_count() == 33; }, "the clip in the player");
    REQUIRE(studio.window->player()->content() == ui::PlayerWidget::Content::clip);
    // 3: drag the out handle a third to the left.
    auto* scrub = studio.window->player()->findChild<ui::ScrubBar*>();
    REQUIRE(scrub);
    const QPoint out = scrub->out_handle().center().toPoint();
    drag(scrub, out, QPoint(static_cast<int>(scrub->x_of(22)), out.y()));
    const auto range = studio.session->shot()->range;
    REQUIRE(range.first == 0);
    REQUIRE(range.end > 18);
    REQUIRE(range.end < 26);
    // 4: Export.
    studio.click(studio.window->top_bar()->export_button());
    studio.wait_until_idle();
    REQUIRE(QApplication::activeModalWidget() == nullptr);
    REQUIRE(QApplication::activePopupWidget() == nullptr);

    const auto file = exported_file(studio);
    REQUIRE(std::filesystem::exists(file));
    REQUIRE(file.extension() == ".mov");
    const auto reader = media::ClipReader::open(file);
    REQUIRE(reader);
    REQUIRE((*reader)->info().frames == range.length());
    REQUIRE((*reader)->info().rate == core::FrameRate(12));
    REQUIRE(frame_number(**reader, 0) == 0);
    REQUIRE(frame_number(**reader, static_cast<int>(range.length()) - 1) == range.end - 1);
    REQUIRE(studio.window->message_bar()->isVisible());
    REQUIRE(studio.window->message_bar()->notice().action == QStringLiteral("Reveal"));
    // One drag is one step: undo brings the whole clip back.
    studio.session->undo();
    REQUIRE(studio.session->shot()->range == core::FrameRange{0, 33});
}

TEST_CASE("the moving preview is in the player while a shot is made, and Stop ends the run", "[window]")
{
    Studio studio;
    studio.generator->hold_at(6);
    studio.type(QStringLiteral("a lantern over the sea"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    Studio::wait_for([&] { return studio.window->player()->content() == ui::PlayerWidget::Content::preview; }, "a preview");
    REQUIRE(studio.session->shot()->prompt == "a lantern over the sea");
    Studio::wait_for([&] { return all_text(studio.window.get()).contains(QStringLiteral("step 5 of 20")); }, "step 5");
    auto buttons = studio.window->findChildren<QAbstractButton*>();
    const auto stop = std::find_if(buttons.begin(), buttons.end(), [](const QAbstractButton* button) {
        return button->isVisible() && button->text() == QStringLiteral("Stop");
    });
    REQUIRE(stop != buttons.end());
    studio.click(*stop);
    studio.wait_until_idle();
    REQUIRE(studio.session->shot()->takes.empty());
    Studio::wait_for([&] { return studio.window->player()->content() == ui::PlayerWidget::Content::empty; },
                     "an empty player");
}

TEST_CASE("a failed run says why, in place, and tries again at a click", "[window]")
{
    Studio studio;
    studio.generator->fail_next("There isn't enough memory for this size; choose a smaller one.");
    studio.type(QStringLiteral("a kite"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_until_idle();
    auto* bar = studio.window->message_bar();
    REQUIRE(bar->isVisible());
    REQUIRE(bar->notice().text.contains(QStringLiteral("enough memory")));
    studio.click(bar->action_button());
    studio.wait_for_takes(1);
    REQUIRE_FALSE(bar->isVisible());
}

TEST_CASE("an empty prompt is answered with a sentence, not with a job", "[window]")
{
    Studio studio;
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    REQUIRE(studio.window->message_bar()->notice().text.contains(QStringLiteral("prompt is empty")));
    REQUIRE(studio.session->desk().jobs().empty());
}

TEST_CASE("exporting without a take is answered with the next step", "[window]")
{
    Studio studio;
    studio.key(Qt::Key_E, Qt::ControlModifier);
    REQUIRE(studio.window->message_bar()->notice().text.contains(QStringLiteral("generate one")));
}

TEST_CASE("several takes differ by their seeds, and the newest is shown", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("a boat"));
    auto settings = studio.session->shot()->settings;
    settings.takes = 3;
    settings.seed = 40;
    settings.seed_mode = core::SeedMode::locked;
    studio.session->set_settings(settings);
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(3);
    const auto& takes = studio.session->shot()->takes;
    REQUIRE(takes[0].recipe->seed == 40);
    REQUIRE(takes[2].recipe->seed == 42);
    REQUIRE(studio.session->shot()->selected_take == takes[2].id);
    REQUIRE(takes[0].frames == 33);
}

TEST_CASE("Esc gives the player the keys, and letters are letters in the prompt", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("jkl io"));
    REQUIRE(studio.session->shot()->prompt == "jkl io");
    studio.key(Qt::Key_Escape);
    REQUIRE((QApplication::focusWidget() == studio.window->player() ||
             studio.window->player()->isAncestorOf(QApplication::focusWidget())));
    REQUIRE(studio.session->shot()->prompt == "jkl io");
}

TEST_CASE("typing is undone as a whole, and redone", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("a star"));
    studio.key(Qt::Key_Z, Qt::ControlModifier);
    REQUIRE(studio.session->shot()->prompt.empty());
    REQUIRE(studio.window->shot_panel()->prompt()->text().isEmpty());
    studio.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    REQUIRE(studio.window->shot_panel()->prompt()->text() == QStringLiteral("a star"));
}

TEST_CASE("what was made is there again at the next start", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("a fish under water"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    const auto folder = studio.session->folder();
    const std::string take = studio.session->shot()->selected_take;
    studio.window.reset();
    studio.session.reset();  // writes what isn't saved yet
    const auto opened = core::open_project(folder);
    REQUIRE(opened);
    REQUIRE(opened->project.shots.size() == 1);
    REQUIRE(opened->project.shots.front()->prompt == "a fish under water");
    REQUIRE(opened->project.shots.front()->selected_take == take);
    REQUIRE(std::filesystem::exists(folder / opened->project.shots.front()->takes.front().clip));
}

TEST_CASE("Generate stays in view at 1280 by 720, and every control has a name", "[window]")
{
    Studio studio(DrawnGenerator::Look::numbered, {1280, 720});
    auto* generate = studio.window->shot_panel()->generate_button();
    REQUIRE(studio.window->rect().contains(QRect(generate->mapTo(studio.window.get(), QPoint()), generate->size())));
    REQUIRE_FALSE(generate->visibleRegion().isEmpty());
    for (const auto* button : studio.window->findChildren<QAbstractButton*>())
        if (button->isVisible() && button->focusPolicy() != Qt::NoFocus) {
            INFO(button->metaObject()->className() << " in " << button->parent()->metaObject()->className());
            REQUIRE((!button->accessibleName().isEmpty() || !button->text().isEmpty()));
        }
}

TEST_CASE("the export options say what each preset is for, and the choice is kept", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("a paper plane"));
    auto settings = studio.session->shot()->settings;
    settings.frames = 9;  // the storyboard is exported at 1920 by 1080, which takes its time
    studio.session->set_settings(settings);
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    studio.click(studio.window->top_bar()->export_arrow());
    auto* options = studio.window->export_popover();
    REQUIRE(options->isVisible());
    Studio::screenshot(QStringLiteral("export-options"), options);
    const auto buttons = options->findChildren<QAbstractButton*>();
    const auto press = [&](const QString& text) {
        const auto found =
            std::find_if(buttons.begin(), buttons.end(), [&](const auto* button) { return button->text().contains(text); });
        REQUIRE(found != buttons.end());
        QTest::mouseClick(*found, Qt::LeftButton);
        QApplication::processEvents();
    };
    auto* scope = options->findChild<ui::FieldCombo*>();
    REQUIRE(scope);
    scope->setCurrentIndex(scope->findText(QStringLiteral("whole storyboard"), Qt::MatchContains));
    const auto presets = options->preset_list()->findItems(QStringLiteral("H.264 review"), Qt::MatchExactly);
    REQUIRE(presets.size() == 1);
    REQUIRE_FALSE(presets.front()->toolTip().isEmpty());
    options->preset_list()->scrollToItem(presets.front());
    QTest::mouseClick(options->preset_list()->viewport(), Qt::LeftButton, Qt::NoModifier,
                      options->preset_list()->visualItemRect(presets.front()).center());
    QApplication::processEvents();
    REQUIRE(studio.session->export_choice().scope == ui::ExportScope::storyboard);
    REQUIRE(studio.session->export_choice().delivery.preset == "h264-review");
    press(QStringLiteral("Export"));
    studio.wait_until_idle();
    REQUIRE_FALSE(options->isVisible());
    const auto reader = media::ClipReader::open(exported_file(studio));
    REQUIRE(reader);
    REQUIRE((*reader)->info().rate == core::FrameRate(24));
    REQUIRE((*reader)->info().frames == 18);
    REQUIRE((*reader)->info().width == 1920);
}
