#include <QApplication>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <catch2/catch.hpp>

#include "core/generation/guidance.h"
#include "ui/shot/looks.h"
#include "ui/shot/prompt_editor.h"
#include "ui/shot/settings_form.h"
#include "ui/widgets/field_combo.h"
#include "ui/widgets/words.h"

using namespace kinora;
using namespace kinora::ui;

namespace {

Look pan()
{
    return {QStringLiteral("Camera"), QStringLiteral("Slow pan right"), QStringLiteral("slow pan right"), true};
}

}  // namespace

TEST_CASE("a look is appended once, and taken out with its comma")
{
    const QString plain = QStringLiteral("a boat on the sea");
    const QString with = with_look(plain, pan());
    CHECK(with == QStringLiteral("a boat on the sea, slow pan right"));
    CHECK(with_look(with, pan()) == with);
    CHECK(has_look(with, pan()));
    CHECK(without_look(with, pan()) == plain);
    CHECK(with_look(QString(), pan()) == QStringLiteral("slow pan right"));
    CHECK(without_look(QStringLiteral("Slow pan right, a boat"), pan()) == QStringLiteral("a boat"));
    CHECK(without_look(QStringLiteral("a boat, slow pan right, at night"), pan()) == QStringLiteral("a boat, at night"));
    CHECK_FALSE(has_look(QStringLiteral("a slow pan rightly done"), pan()));
}

TEST_CASE("the bundled looks can all be switched on and off again")
{
    const auto looks = bundled_looks();
    REQUIRE(looks.size() >= 8);
    for (const auto& look : looks)
        CHECK(without_look(with_look(QStringLiteral("a fox"), look), look) == QStringLiteral("a fox"));
}

TEST_CASE("durations and sizes read like speech")
{
    CHECK(duration_words(4.2) == QStringLiteral("5 s"));
    CHECK(duration_words(80) == QStringLiteral("1 min 20 s"));
    CHECK(duration_words(120) == QStringLiteral("2 min"));
    CHECK(duration_words(7500) == QStringLiteral("2 h 5 min"));
    CHECK(size_words(7'400'000'000) == QStringLiteral("7.4 GB"));
    CHECK(size_words(680'000'000) == QStringLiteral("680 MB"));
    CHECK(prompt_title(QStringLiteral("A (boat:1.3) at {dusk|dawn} [0-2s] sails")) ==
          QStringLiteral("A boat at dusk sails"));
}

TEST_CASE("the prompt colours its grammar, also behind letters of two units")
{
    PromptEditor editor;
    editor.set_text(QStringLiteral("😀 ü (slowly:1.3) [0-1s] go"));
    const auto marks = editor.edit()->extraSelections();
    REQUIRE(marks.size() == 2);
    CHECK(marks[0].cursor.selectedText() == QStringLiteral("(slowly:1.3)"));
    CHECK(marks[1].cursor.selectedText() == QStringLiteral("[0-1s]"));
    CHECK(editor.problem().isEmpty());
    editor.set_text(QStringLiteral("at {dusk"));
    CHECK_FALSE(editor.problem().isEmpty());
}

TEST_CASE("setting the prompt from outside is no edit, typing is")
{
    PromptEditor editor;
    QSignalSpy edited(&editor, &PromptEditor::text_edited);
    editor.set_text(QStringLiteral("a kite"));
    CHECK(edited.isEmpty());
    editor.edit()->moveCursor(QTextCursor::End);
    QTest::keyClicks(editor.edit(), QStringLiteral("!"));
    REQUIRE(edited.size() == 1);
    CHECK(edited.first().first().toString() == QStringLiteral("a kite!"));
}

TEST_CASE("Ctrl and an arrow weigh the selected words")
{
    PromptEditor editor;
    editor.set_text(QStringLiteral("a red kite"));
    QTextCursor cursor = editor.edit()->textCursor();
    cursor.setPosition(2);
    cursor.setPosition(5, QTextCursor::KeepAnchor);
    editor.edit()->setTextCursor(cursor);
    QTest::keyClick(editor.edit(), Qt::Key_Up, Qt::ControlModifier);
    CHECK(editor.text() == QStringLiteral("a (red:1.1) kite"));
    QTest::keyClick(editor.edit(), Qt::Key_Down, Qt::ControlModifier);
    CHECK(editor.text() == QStringLiteral("a red kite"));
}

TEST_CASE("settings that are the model's defaults stay unset")
{
    SettingsForm form;
    core::ModelCapabilities model;
    model.model_id = "starter";
    model.name = "Starter";
    form.set_models({model});
    form.set_settings({});
    QSignalSpy edited(&form, &SettingsForm::settings_edited);
    auto* seed = form.findChild<QLineEdit*>();
    REQUIRE(seed);
    seed->selectAll();
    QTest::keyClicks(seed, QStringLiteral("77"));
    QTest::keyClick(seed, Qt::Key_Return);
    REQUIRE(edited.size() == 1);
    CHECK(form.settings().seed == 77);
    CHECK(form.settings().seed_mode == core::SeedMode::locked);
    CHECK_FALSE(form.settings().width.has_value());
    CHECK_FALSE(form.settings().frames.has_value());
    CHECK_FALSE(form.settings().guidance.has_value());
}

TEST_CASE("offered sizes are what the model can take")
{
    core::ModelCapabilities model;
    for (const auto& [width, height] : offered_sizes(model)) {
        CHECK(width % model.size_multiple == 0);
        CHECK(height % model.size_multiple == 0);
    }
    CHECK(offered_sizes(model).front() == std::pair(320, 192));
}

TEST_CASE("each guidance mode shows and has a strength of its own")
{
    SettingsForm form;
    core::ModelCapabilities model;
    model.model_id = "starter";
    model.name = "Starter";
    model.default_guidance = 3;
    form.set_models({model});
    core::ShotSettings settings;
    settings.model_id = "starter";
    form.set_settings(settings);
    auto* guidance = form.findChild<QDoubleSpinBox*>(QStringLiteral("form.guidance"));
    auto* mode = form.findChild<FieldCombo*>(QStringLiteral("form.guidance-mode"));
    REQUIRE(guidance);
    REQUIRE(mode);
    CHECK(guidance->value() == Approx(3));
    guidance->setValue(6);
    CHECK(form.settings().guidance == 6.0F);
    const auto choose = [&](const char* id) {
        mode->setCurrentIndex(mode->findData(QString::fromLatin1(id)));
        Q_EMIT mode->activated(mode->currentIndex());
    };
    choose("nag");
    CHECK(form.settings().guidance_mode == "nag");
    CHECK_FALSE(form.settings().guidance.has_value());
    CHECK(guidance->value() == Approx(static_cast<double>(core::k_attention_guidance)));
    choose("cfg");
    CHECK(guidance->value() == Approx(3));
    CHECK_FALSE(form.settings().guidance_mode.has_value());
}
