#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QPlainTextEdit>
#include <QToolButton>
#include <algorithm>

#include "core/base/file.h"
#include "tests/ui/studio_fixture.h"
#include "ui/draft/draft_binding.h"
#include "ui/draft/draft_card.h"
#include "ui/player/picture_canvas.h"
#include "ui/player/player_widget.h"
#include "ui/preferences/preferences.h"
#include "ui/shot/prompt_editor.h"
#include "ui/shot/shot_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_commands.h"

// The prompt shows itself moving while it is written.

using namespace kinora;
using namespace kinora::ui;
using kinora::tests::DrawnGenerator;
using kinora::tests::is_draft;
using kinora::tests::Studio;

namespace {

enum class Drafts { offered, none };

struct Writer : Studio {
    explicit Writer(Drafts drafts = Drafts::offered, QSize size = {1600, 1000}) : Studio(DrawnGenerator::Look::scene, size)
    {
        binding = window->findChild<DraftBinding*>();
        REQUIRE(binding);
        card = &binding->card();
        button = window->shot_panel()->draft_button();
        if (drafts == Drafts::offered) {
            generator->offer_drafts();
            session->reload_models();
            wait_for([&] { return binding->desk().offered(); }, "a model with drafts");
        }
        window->shot_panel()->focus_prompt();
    }

    [[nodiscard]] std::size_t asked() const { return generator->requests().size(); }
    [[nodiscard]] DraftDesk& desk() const { return binding->desk(); }
    void wait_for_draft()
    {
        wait_for([&] { return card->has_draft() && !card->outdated() && !desk().due(); }, "the draft of what is written");
    }
    void wait_for_run()
    {
        wait_for([&] { return asked() > 0; }, "a run that begins");
    }
    /// Longer than the pause after which a draft is drawn.
    void look_on()
    {
        QElapsedTimer timer;
        timer.start();
        wait_for([&] { return timer.elapsed() > 900; }, "more than the pause");
    }
    void wait_until_saved()
    {
        session->keeper().save_now();
        wait_for([&] { return session->keeper().state() == SaveState::saved; }, "a saved project");
    }
    [[nodiscard]] std::vector<std::string> files_but_the_document() const
    {
        std::vector<std::string> files;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(session->folder())) {
            const auto inside = entry.path().lexically_relative(session->folder()).string();
            if (inside.rfind("backups", 0) != 0) files.push_back(inside);
        }
        std::sort(files.begin(), files.end());
        return files;
    }

    DraftBinding* binding;
    DraftCard* card;
    QToolButton* button;
};

}  // namespace

TEST_CASE("whoever pauses while writing sees the prompt move, with the shot's seed", "[window]")
{
    Writer studio;
    CHECK(studio.button->isVisible());
    CHECK(studio.button->isChecked());
    CHECK(studio.button->accessibleName() == QStringLiteral("Preview while typing"));
    CHECK_FALSE(studio.card->isVisible());

    studio.type(QStringLiteral("a boat at night"));
    CHECK(studio.desk().due());
    CHECK(studio.asked() == 0);  // Nothing is drawn between two letters.
    studio.wait_for_draft();
    CHECK(studio.card->isVisible());
    CHECK(studio.window->player()->content() == PlayerWidget::Content::empty);
    CHECK_FALSE(studio.card->picture().isNull());
    const int first = studio.card->frame();
    Studio::wait_for([&] { return studio.card->frame() != first; }, "a moving picture");

    const auto requests = studio.generator->requests();
    REQUIRE(requests.size() == 1);
    CHECK(is_draft(requests[0]));
    CHECK(requests[0].prompt_text == "a boat at night");
    CHECK(requests[0].seed == studio.session->shot()->settings.seed);
    CHECK(requests[0].frames == 33);
    CHECK(requests[0].latents_file.empty());

    // Another seed is another picture, and an empty prompt shows nothing.
    auto settings = studio.session->shot()->settings;
    settings.seed = 41;
    studio.session->set_settings(settings);
    studio.wait_for_draft();
    CHECK(studio.generator->requests().back().seed == 41);
    studio.key(Qt::Key_A, Qt::ControlModifier);
    studio.key(Qt::Key_Delete);
    CHECK_FALSE(studio.card->has_draft());
    CHECK_FALSE(studio.card->isVisible());
    CHECK_FALSE(studio.desk().due());
}

TEST_CASE("writing on stops a draft, and the last words are drawn", "[window]")
{
    Writer studio;
    studio.generator->hold_at(2);
    studio.type(QStringLiteral("a boat"));
    studio.wait_for_run();
    studio.type(QStringLiteral(" at"));
    Studio::wait_for([&] { return studio.generator->stopped() == 1; }, "the draft that is stopped");
    CHECK_FALSE(studio.card->has_draft());
    studio.generator->release();
    studio.type(QStringLiteral(" night"));
    studio.wait_for_draft();
    CHECK(studio.generator->requests().back().prompt_text == "a boat at night");

    // Until the next one is there the last one stands back.
    studio.generator->hold_at(2);
    studio.type(QStringLiteral(", fog"));
    CHECK(studio.card->outdated());
    CHECK(studio.card->isVisible());
    studio.generator->release();
    studio.wait_for_draft();
}

TEST_CASE("Generate ends a draft, and the job runs as if there were none", "[window]")
{
    Writer studio;
    studio.generator->hold_at(2);
    studio.type(QStringLiteral("a boat at night"));
    studio.wait_for_run();
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    Studio::wait_for([&] { return studio.generator->stopped() == 1 && studio.asked() == 2; },
                     "the job in the draft's place");
    CHECK_FALSE(studio.card->has_draft());
    CHECK_FALSE(is_draft(studio.generator->requests()[1]));
    CHECK_FALSE(studio.desk().due());
    studio.generator->release();
    studio.wait_for_takes(1);
    CHECK(studio.session->shot()->takes.size() == 1);
    // The take is there; no draft lies over it.
    studio.look_on();
    CHECK(studio.asked() == 2);
    CHECK_FALSE(studio.card->isVisible());
}

TEST_CASE("a draft waits while a job has the device", "[window]")
{
    Writer studio;
    studio.type(QStringLiteral("a boat at night"));
    studio.wait_for_draft();
    studio.generator->hold_at(3);
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    Studio::wait_for([&] { return studio.asked() == 2; }, "the job");
    Studio::wait_for([&] { return !studio.card->has_draft(); }, "the draft to give way");
    studio.type(QStringLiteral(", lamps"));
    studio.look_on();
    CHECK(studio.desk().due());
    CHECK(studio.asked() == 2);
    studio.generator->release();
    studio.wait_for_takes(1);
    studio.wait_for_draft();
    const auto requests = studio.generator->requests();
    REQUIRE(requests.size() == 3);
    CHECK(is_draft(requests[2]));
    CHECK(requests[2].prompt_text == "a boat at night, lamps");
    CHECK(studio.session->shot()->takes.size() == 1);

    // Beside a take it is small, in a corner, and gone with the keys.
    CHECK(studio.card->isVisible());
    CHECK(studio.card->width() < studio.window->player()->canvas()->width() / 2);
    CHECK(studio.window->player()->canvas()->geometry().contains(studio.card->geometry()));
    studio.key(Qt::Key_Escape);
    CHECK_FALSE(studio.card->isVisible());
    studio.window->shot_panel()->focus_prompt();
    CHECK(studio.card->isVisible());
}

TEST_CASE("what draws drafts is loaded once, and given back when a job starts", "[window]")
{
    Writer studio;
    studio.type(QStringLiteral("a boat"));
    studio.wait_for_draft();
    studio.type(QStringLiteral(" at night"));
    studio.wait_for_draft();
    CHECK(studio.asked() == 2);
    CHECK(studio.generator->drafters() == 1);
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    studio.type(QStringLiteral(", lamps"));
    studio.wait_for_draft();
    CHECK(studio.generator->drafters() == 2);
}

TEST_CASE("with a queue that is paused there are drafts", "[window]")
{
    Writer studio;
    studio.session->desk().set_held(true);
    studio.type(QStringLiteral("a boat"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    Studio::wait_for([&] { return studio.session->desk().jobs().size() == 1; }, "a job that waits");
    studio.type(QStringLiteral(" at night"));
    studio.wait_for_draft();
    REQUIRE(studio.asked() == 1);
    CHECK(is_draft(studio.generator->requests()[0]));
    studio.session->desk().set_held(false);
    studio.wait_for_takes(1);
    CHECK_FALSE(studio.card->has_draft());
}

TEST_CASE("a model without a draft has neither switch nor preview", "[window]")
{
    Writer studio(Drafts::none);
    CHECK_FALSE(studio.button->isVisible());
    CHECK_FALSE(studio.window->actions()["shot.preview-typing"]->isEnabled());
    studio.type(QStringLiteral("a boat at night"));
    CHECK_FALSE(studio.desk().due());
    studio.look_on();
    CHECK(studio.asked() == 0);
    CHECK_FALSE(studio.card->isVisible());
}

TEST_CASE("the preview while typing is off by one click, and stays off", "[window]")
{
    Writer studio;
    const std::filesystem::path file = studio.session->places().state / "preferences.json";
    studio.type(QStringLiteral("a boat"));
    studio.wait_for_draft();
    studio.click(studio.button);
    CHECK_FALSE(studio.card->isVisible());
    CHECK_FALSE(studio.card->has_draft());
    CHECK_FALSE(studio.window->actions()["shot.preview-typing"]->isChecked());
    studio.window->shot_panel()->focus_prompt();
    studio.type(QStringLiteral(" at night"));
    CHECK_FALSE(studio.desk().due());
    studio.look_on();
    CHECK(studio.asked() == 1);
    studio.window->commands().preferences().flush();
    CHECK_FALSE(read_preferences(file).preview_while_typing);
    {
        // The next window of this profile begins as it was left.
        MainWindow next(*studio.session);
        CHECK_FALSE(next.shot_panel()->draft_button()->isChecked());
    }
    // By the menu, without a letter more, it is there again.
    studio.window->actions()["shot.preview-typing"]->trigger();
    studio.wait_for_draft();
    CHECK(studio.button->isChecked());
    CHECK(studio.generator->requests().back().prompt_text == "a boat at night");
    studio.window->commands().preferences().flush();
    CHECK(read_preferences(file).preview_while_typing);
}

TEST_CASE("a draft leaves nothing in the project, the queue or the history", "[window]")
{
    Writer studio;
    studio.wait_until_saved();
    const auto before = studio.files_but_the_document();
    studio.type(QStringLiteral("a boat at night"));
    studio.session->end_typing();
    const auto steps = studio.session->document().history().position();
    studio.wait_for_draft();
    studio.wait_until_saved();
    CHECK(studio.files_but_the_document() == before);
    CHECK(studio.session->document().history().position() == steps);
    CHECK(studio.session->shot()->takes.empty());
    CHECK(studio.session->desk().jobs().empty());
    CHECK(studio.session->prompts().history().prompts().empty());
    const auto document = core::read_file(studio.session->folder() / "project.json");
    REQUIRE(document);
    CHECK(document->find("a boat at night") != std::string::npos);
    CHECK(document->find("draft") == std::string::npos);
}

TEST_CASE("a draft that fails says so in the log only, and the next one comes", "[window]")
{
    Writer studio;
    studio.generator->fail_next("The draft's file is damaged.", core::ErrorKind::corrupt);
    studio.type(QStringLiteral("a boat"));
    Studio::wait_for([&] { return studio.asked() == 1 && !studio.desk().due(); }, "the failed draft");
    CHECK_FALSE(studio.card->isVisible());
    CHECK_FALSE(studio.window->message_bar()->isVisible());
    studio.type(QStringLiteral(" at night"));
    studio.wait_for_draft();
    CHECK(studio.card->isVisible());
}

TEST_CASE("another shot has no draft until something is written for it", "[window]")
{
    Writer studio;
    studio.type(QStringLiteral("a boat"));
    studio.wait_for_draft();
    studio.key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK_FALSE(studio.card->has_draft());
    studio.type(QStringLiteral("lamps on the quay"));
    studio.wait_for_draft();
    CHECK(studio.generator->requests().back().prompt_text == "lamps on the quay");
    const auto first = studio.session->project().shots.front()->id;
    studio.session->select_shot(first);
    CHECK_FALSE(studio.card->has_draft());
    CHECK_FALSE(studio.desk().due());
}

TEST_CASE("pictures of the draft for the eye: alone and beside a take, in both themes", "[window]")
{
    for (const auto theme : {ThemeKind::dark, ThemeKind::light}) {
        const QString suffix = theme == ThemeKind::dark ? QString() : QStringLiteral("-light");
        for (const QSize size : {QSize(1600, 1000), QSize(1280, 720)}) {
            Writer studio(Drafts::offered, size);
            apply_theme(theme);
            const QString name = QStringLiteral("draft-%1x%2%3").arg(size.width()).arg(size.height()).arg(suffix);
            studio.type(QStringLiteral("A small sailing boat drifts across a calm harbour"));
            studio.wait_for_draft();
            studio.screenshot(name);
            studio.key(Qt::Key_Return, Qt::ControlModifier);
            studio.wait_for_takes(1);
            studio.type(QStringLiteral(", at night"));
            studio.wait_for_draft();
            Studio::wait_for([&] { return !studio.window->player()->picture().isNull(); }, "the take in the player");
            studio.screenshot(name + QStringLiteral("-beside-take"));
            CHECK(studio.card->isVisible());
        }
    }
    apply_theme(ThemeKind::dark);
}
