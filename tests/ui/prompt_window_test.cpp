#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

#include "tests/ui/studio_fixture.h"
#include "ui/shot/cast_page.h"
#include "ui/shot/cast_row.h"
#include "ui/shot/prompt_editor.h"
#include "ui/shot/prompt_list_popover.h"
#include "ui/shot/shot_panel.h"
#include "ui/theme/theme.h"
#include "ui/window/prompt_binding.h"

using namespace kinora;
using namespace kinora::ui;
using kinora::tests::DrawnGenerator;
using kinora::tests::Studio;

namespace {

/// The studio with the prompt in focus and its parts at hand.
struct Writer : Studio {
    explicit Writer(QSize size = {1600, 1000}) : Studio(DrawnGenerator::Look::scene, size)
    {
        panel = window->shot_panel();
        prompt = panel->prompt();
        cast = panel->cast();
        binding = window->findChild<PromptBinding*>();
        REQUIRE(binding);
        panel->focus_prompt();
    }

    [[nodiscard]] std::string typed() const { return session->shot()->prompt; }
    void clear()
    {
        key(Qt::Key_A, Qt::ControlModifier);
        key(Qt::Key_Delete);
    }
    void wait_for_tokens(const QString& text)
    {
        wait_for([&] { return prompt->count_text() == text; }, "the token count");
    }

    ShotPanel* panel;
    PromptEditor* prompt;
    CastPage* cast;
    PromptBinding* binding;
};

}  // namespace

TEST_CASE("a prompt is written with suggestions, weights and undo, all in the document", "[window]")
{
    Writer studio;
    studio.type(QStringLiteral("a red boat, slow pan r"));
    studio.key(Qt::Key_Tab);
    CHECK(studio.typed() == "a red boat, slow pan right");
    QTextCursor cursor = studio.prompt->edit()->textCursor();
    cursor.setPosition(2);
    cursor.setPosition(5, QTextCursor::KeepAnchor);
    studio.prompt->edit()->setTextCursor(cursor);
    studio.key(Qt::Key_Up, Qt::ControlModifier);
    studio.key(Qt::Key_Up, Qt::ControlModifier);
    CHECK(studio.typed() == "a (red:1.2) boat, slow pan right");
    studio.key(Qt::Key_Z, Qt::ControlModifier);
    CHECK(studio.typed() == "a (red:1.1) boat, slow pan right");
    CHECK(studio.prompt->text() == QStringLiteral("a (red:1.1) boat, slow pan right"));
    studio.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(studio.typed() == "a (red:1.2) boat, slow pan right");
}

TEST_CASE("the token count is the engine's, and what is too long is dimmed", "[window]")
{
    Writer studio;
    studio.type(QStringLiteral("a boat"));
    studio.wait_for_tokens(QStringLiteral("3 of 64 tokens"));
    QString words = QStringLiteral("start");
    for (int i = 0; i < 70; ++i)
        words += QStringLiteral(" w");
    studio.session->set_prompt(words);
    studio.wait_for_tokens(QStringLiteral("72 of 64 tokens: the end falls off"));
    const auto marks = studio.prompt->edit()->extraSelections();
    REQUIRE_FALSE(marks.isEmpty());
    CHECK(marks.last().cursor.selectedText().count(QLatin1Char('w')) == 8);
    // Timed segments are counted one by one: each goes to the model behind the common words.
    studio.session->set_prompt(QStringLiteral("a b [0-1s] c d e [1-2s] f"));
    studio.wait_for_tokens(QStringLiteral("8 of 64 tokens"));
}

TEST_CASE("a variable that is missing is added with a click and holds for all shots", "[window]")
{
    Writer studio;
    studio.type(QStringLiteral("$captain on deck"));
    CHECK(studio.prompt->problem().contains(QStringLiteral("$captain")));
    studio.screenshot(QStringLiteral("prompt-errors"));
    studio.click(studio.prompt->define_button());
    REQUIRE(studio.panel->cast_shown());
    studio.type(QStringLiteral("an old woman with a pipe"));
    CHECK(studio.session->project().settings.variables.at("captain") == "an old woman with a pipe");
    REQUIRE(studio.cast->rows().size() == 1);
    studio.key(Qt::Key_Escape);
    CHECK_FALSE(studio.panel->cast_shown());
    CHECK(QApplication::focusWidget() == studio.prompt->edit());
    CHECK(studio.prompt->problem().isEmpty());
    studio.session->generate();
    studio.wait_for_takes(1);
    const auto requests = studio.generator->requests();
    REQUIRE(requests.size() == 1);
    CHECK(requests[0].prompt[0].text == "an old woman with a pipe on deck");
    CHECK(requests[0].prompt_text == "$captain on deck");
}

TEST_CASE("the cast-and-style page names, renames, removes, and undo brings everything back", "[window]")
{
    Writer studio;
    studio.type(QStringLiteral("$hero runs"));
    studio.session->add_shot();
    studio.panel->focus_prompt();
    studio.type(QStringLiteral("{$hero|a dog} sleeps"));
    studio.click(studio.panel->cast_button());
    REQUIRE(studio.panel->cast_shown());
    studio.click(studio.cast->add_button());
    REQUIRE(studio.cast->rows().size() == 1);
    CHECK(studio.cast->rows()[0]->name() == QStringLiteral("hero"));
    CHECK(QApplication::focusWidget() == studio.cast->rows()[0]->name_field());
    studio.key(Qt::Key_Return);
    studio.type(QStringLiteral("a small red fox"));
    // Renaming changes every use.
    studio.click(studio.cast->rows()[0]->name_field());
    studio.key(Qt::Key_A, Qt::ControlModifier);
    studio.type(QStringLiteral("not a name"));
    CHECK_FALSE(studio.cast->rows()[0]->problem().isEmpty());
    studio.key(Qt::Key_A, Qt::ControlModifier);
    studio.type(QStringLiteral("fox"));
    studio.key(Qt::Key_Return);
    CHECK(studio.session->project().shots[0]->prompt == "$fox runs");
    CHECK(studio.session->project().shots[1]->prompt == "{$fox|a dog} sleeps");
    CHECK(studio.cast->rows()[0]->name() == QStringLiteral("fox"));
    CHECK(QApplication::focusWidget() == studio.cast->rows()[0]->editor()->edit());
    // The project-wide prompts.
    studio.click(studio.cast->common()->edit());
    studio.type(QStringLiteral("35 mm film"));
    studio.click(studio.cast->common_negative()->edit());
    studio.type(QStringLiteral("captions"));
    CHECK(studio.session->project().settings.common_prompt == "35 mm film");
    CHECK(studio.session->project().settings.common_negative_prompt == "captions");
    studio.screenshot(QStringLiteral("cast-and-style"));
    studio.session->undo();
    studio.session->undo();
    CHECK(studio.session->project().settings.common_prompt.empty());
    studio.session->undo();
    CHECK(studio.session->project().shots[0]->prompt == "$hero runs");
    CHECK(studio.session->project().settings.variables.contains("hero"));
    studio.session->redo();
    studio.click(studio.cast->rows()[0]->remove_button());
    CHECK(studio.session->project().settings.variables.empty());
    CHECK(studio.cast->rows().isEmpty());
    studio.session->undo();
    REQUIRE(studio.cast->rows().size() == 1);
    CHECK(studio.cast->rows()[0]->editor()->text() == QStringLiteral("a small red fox"));
}

TEST_CASE("project-wide prompts and the negative prompt reach the engine as plain words", "[window]")
{
    Writer studio;
    studio.session->change(QStringLiteral("test"), [](core::Project& project) -> core::Result<void> {
        project.settings.common_prompt = "(grain:1.2)";
        project.settings.common_negative_prompt = "{captions}";
        return {};
    });
    studio.type(QStringLiteral("a boat"));
    studio.click(studio.panel->negative()->edit());
    studio.type(QStringLiteral("(fog:1.4)"));
    CHECK(studio.panel->negative()->edit()->accessibleDescription().contains(QStringLiteral("no effect")));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    const auto request = studio.generator->requests().at(0);
    CHECK(request.negative_prompt == "fog, captions");
    REQUIRE(request.prompt.size() == 2);
    CHECK(request.prompt[0].text == "a boat, ");
    CHECK(request.prompt[1] == core::PromptSpan{"grain", 1.2F, 0, -1});
}

TEST_CASE("wildcard files of the project are suggested, counted and followed when they change", "[window]")
{
    Writer studio;
    const QString folder = QString::fromStdString((studio.session->folder() / "wildcards").string());
    REQUIRE(QDir().mkpath(folder));
    const auto write = [&](const QByteArray& lines) {
        QFile file(folder + QStringLiteral("/place.txt"));
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write(lines);
    };
    write("hill\nsea\nquay\n");
    studio.session->prompts().reload_wildcards();
    studio.wait_for([&] { return !studio.session->prompts().wildcards().lines.empty(); }, "the wildcards");
    studio.type(QStringLiteral("{a|b} at __pl"));
    studio.key(Qt::Key_Return);
    CHECK(studio.typed() == "{a|b} at __place__");
    CHECK(studio.prompt->variants_text() == QStringLiteral("6 variants"));
    CHECK(studio.prompt->problem().isEmpty());
    studio.click(studio.prompt->variants_button());
    auto* list = studio.binding->variants_popover();
    REQUIRE(list->isVisible());
    CHECK(list->list()->count() == 6);
    CHECK(list->list()->item(4)->text() == QStringLiteral("b at sea"));
    Studio::screenshot(QStringLiteral("prompt-variants"), list);
    QTest::keyClick(list->list(), Qt::Key_Down);
    QTest::keyClick(list->list(), Qt::Key_Return);
    CHECK(studio.typed() == "a at sea");
    write("hill\n");
    studio.wait_for([&] { return studio.session->prompts().wildcards().lines.at("place").size() == 1; }, "the changed file");
}

TEST_CASE("the prompt history is searched, restored with its negative prompt, and kept with the project", "[window]")
{
    Writer studio;
    studio.type(QStringLiteral("a lighthouse in a storm"));
    studio.click(studio.panel->negative()->edit());
    studio.type(QStringLiteral("people"));
    studio.session->generate();
    studio.wait_for_takes(1);
    studio.panel->focus_prompt();
    studio.clear();
    studio.type(QStringLiteral("green hills"));
    studio.session->generate();
    studio.wait_for_takes(2);
    studio.clear();
    studio.type(QStringLiteral("something else"));
    studio.key(Qt::Key_Up, Qt::AltModifier);
    auto* history = studio.binding->history_popover();
    REQUIRE(history->isVisible());
    CHECK(history->list()->count() == 2);
    Studio::screenshot(QStringLiteral("prompt-history"), history);
    QTest::keyClicks(history->search_field(), QStringLiteral("storm LIGHT"));
    CHECK(history->list()->count() == 1);
    QTest::keyClick(history->search_field(), Qt::Key_Return);
    CHECK(studio.typed() == "a lighthouse in a storm");
    CHECK(studio.session->shot()->negative_prompt == "people");
    CHECK(QApplication::focusWidget() == studio.prompt->edit());
    // What stood there went into the history, and everything is in the project's folder.
    CHECK(studio.session->prompts().history().prompts()[0].text == "something else");
    const QString file = QString::fromStdString((studio.session->folder() / "prompts.json").string());
    studio.wait_for(
        [&] {
            QFile written(file);
            return written.open(QIODevice::ReadOnly) && written.readAll().contains("something else");
        },
        "the file of the history");
    const auto folder = studio.session->folder();
    studio.session->open_project(folder);
    studio.wait_for([&] { return studio.session->prompts().history().prompts().size() == 3; }, "the history read again");
}

TEST_CASE("looks and camera moves edit the words before the first time range", "[window]")
{
    Writer studio;
    studio.type(QStringLiteral("a boat [1-2s] turns"));
    for (auto* chip : studio.panel->findChildren<QPushButton*>())
        if (chip->text() == QStringLiteral("Push in")) studio.click(chip);
    CHECK(studio.typed() == "a boat, slow zoom in [1-2s] turns");
    for (auto* chip : studio.panel->findChildren<QPushButton*>())
        if (chip->text() == QStringLiteral("Push in")) studio.click(chip);
    CHECK(studio.typed() == "a boat [1-2s] turns");
}

TEST_CASE("writing a prompt, as a picture: suggestions open, colours, other scripts", "[window]")
{
    Writer studio;
    studio.session->change(QStringLiteral("test"), [](core::Project& project) -> core::Result<void> {
        project.settings.variables = {{"hero", "a small red fox with a blue scarf"},
                                      {"harbour", "a quiet harbour with old wooden boats"},
                                      {"haze", "soft haze, low sun"}};
        return {};
    });
    studio.type(QStringLiteral("$hero waits (patiently:1.2) at {dusk|dawn}, "));
    studio.key(Qt::Key_Escape);
    studio.panel->focus_prompt();
    studio.type(QStringLiteral("[1-2s] in $h"));
    REQUIRE(studio.prompt->popup()->isVisible());
    for (const auto theme : {ThemeKind::dark, ThemeKind::light}) {
        apply_theme(theme);
        studio.screenshot(theme == ThemeKind::dark ? QStringLiteral("prompt-suggestions")
                                                   : QStringLiteral("prompt-suggestions-light"));
    }
    apply_theme(ThemeKind::dark);
    studio.session->set_prompt(QStringLiteral("夕暮れの港、小さな帆船 ⛵ 😀\nسفينة حمراء في البحر\nספינה אדומה, größer"));
    studio.screenshot(QStringLiteral("prompt-scripts"));
    CHECK(studio.prompt->problem().isEmpty());
}

TEST_CASE("suggestions and explanations are sharp at 200 percent", "[hidpi][.]")
{
    Writer studio({1920, 1080});
    REQUIRE(studio.window->devicePixelRatioF() == Approx(2.0));
    studio.session->change(QStringLiteral("test"), [](core::Project& project) -> core::Result<void> {
        project.settings.variables = {{"hero", "a small red fox with a blue scarf"}, {"harbour", "a quiet harbour"}};
        return {};
    });
    studio.type(QStringLiteral("(calm:1.2) sea, $nobody waits at $h"));
    REQUIRE(studio.prompt->popup()->isVisible());
    studio.wait_for([&] { return studio.prompt->count_text().startsWith(QStringLiteral("7 of")); }, "the token count");
    studio.screenshot(QStringLiteral("prompt-3840x2160"));
}
