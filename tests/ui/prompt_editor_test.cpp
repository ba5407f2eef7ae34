#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QInputMethodEvent>
#include <QLabel>
#include <QListView>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRawFont>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <catch2/catch.hpp>

#include "ui/shot/prompt_editor.h"
#include "ui/theme/theme.h"

using namespace kinora;
using namespace kinora::ui;

namespace {

core::PromptContext context()
{
    core::PromptContext made;
    made.variables = {{"hero", "a small fox"}};
    made.wildcards = {{"place", {"hill", "sea", "quay"}}};
    return made;
}

/// An editor in a window that has the focus.
struct Desk {
    Desk()
    {
        window.resize(360, 400);
        editor = new PromptEditor(PromptUse::shot, &window);
        editor->setGeometry(10, 10, 320, 170);
        editor->set_context(context());
        editor->set_suggestion_sources({bundled_looks(), {QStringLiteral("lighthouse")}});
        window.show();
        QApplication::setActiveWindow(&window);
        editor->edit()->setFocus();
        QApplication::processEvents();
    }

    void type(const QString& text) const { QTest::keyClicks(editor->edit(), text); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const { QTest::keyClick(editor->edit(), key, modifiers); }

    QWidget window;
    PromptEditor* editor;
};

}  // namespace

TEST_CASE("typing a dollar sign opens the suggestions, Enter takes the first")
{
    const Desk desk;
    desk.type(QStringLiteral("the $"));
    REQUIRE(desk.editor->popup()->isVisible());
    CHECK(desk.editor->popup()->chosen() == 0);
    desk.key(Qt::Key_Return);
    CHECK(desk.editor->text() == QStringLiteral("the $hero"));
    CHECK_FALSE(desk.editor->popup()->isVisible());
    CHECK(desk.editor->edit()->textCursor().position() == 9);
}

TEST_CASE("suggested words are taken by Tab, while Enter goes on to the next line")
{
    const Desk desk;
    desk.type(QStringLiteral("a ligh"));
    REQUIRE(desk.editor->popup()->isVisible());
    CHECK(desk.editor->popup()->chosen() == -1);
    desk.key(Qt::Key_Return);
    CHECK(desk.editor->text() == QStringLiteral("a ligh\n"));
    desk.type(QStringLiteral("ligh"));
    desk.key(Qt::Key_Tab);
    CHECK(desk.editor->text() == QStringLiteral("a ligh\nlighthouse"));
    CHECK(desk.editor->edit()->hasFocus());
}

TEST_CASE("Escape and going away close the suggestions")
{
    const Desk desk;
    desk.type(QStringLiteral("$h"));
    REQUIRE(desk.editor->popup()->isVisible());
    desk.key(Qt::Key_Escape);
    CHECK_FALSE(desk.editor->popup()->isVisible());
    desk.type(QStringLiteral("e"));
    REQUIRE(desk.editor->popup()->isVisible());
    desk.key(Qt::Key_Home);
    CHECK_FALSE(desk.editor->popup()->isVisible());
    desk.key(Qt::Key_End);
    desk.key(Qt::Key_Down, Qt::AltModifier);
    REQUIRE(desk.editor->popup()->isVisible());
    desk.editor->edit()->clearFocus();
    CHECK_FALSE(desk.editor->popup()->isVisible());
}

TEST_CASE("what is wrong is explained below, in the tip, and to screen readers")
{
    const Desk desk;
    desk.type(QStringLiteral("$nobody at {dusk"));
    const QString problem = desk.editor->problem();
    CHECK(problem.contains(QStringLiteral("$nobody")));
    CHECK(desk.editor->edit()->accessibleDescription() == problem);
    int waves = 0;
    for (const auto& mark : desk.editor->edit()->extraSelections())
        waves += mark.format.underlineStyle() == QTextCharFormat::WaveUnderline ? 1 : 0;
    CHECK(waves == 2);
    CHECK(desk.editor->define_button()->isVisible());
    QSignalSpy defined(desk.editor, &PromptEditor::define_requested);
    QTest::mouseClick(desk.editor->define_button(), Qt::LeftButton);
    REQUIRE(defined.size() == 1);
    CHECK(defined.first().first().toString() == QStringLiteral("nobody"));
    desk.editor->set_text(QStringLiteral("a boat"));
    CHECK(desk.editor->problem().isEmpty());
    CHECK_FALSE(desk.editor->define_button()->isVisible());
}

TEST_CASE("what a model can't take is a warning and no problem")
{
    const Desk desk;
    core::PromptContext plain = context();
    plain.takes_weights = false;
    desk.editor->set_context(plain);
    desk.editor->set_text(QStringLiteral("a (red:1.3) boat"));
    CHECK(desk.editor->problem().isEmpty());
    CHECK(desk.editor->edit()->accessibleDescription().contains(QStringLiteral("Weights")));
}

TEST_CASE("variants are counted in the corner")
{
    const Desk desk;
    desk.editor->set_text(QStringLiteral("{a|b} at __place__"));
    CHECK(desk.editor->variants_text() == QStringLiteral("6 variants"));
    desk.editor->set_text(QStringLiteral("a boat"));
    CHECK(desk.editor->variants_text().isEmpty());
}

TEST_CASE("what the model doesn't see is dimmed, and said in the corner")
{
    const Desk desk;
    desk.editor->set_text(QStringLiteral("ein grüner Fuchs"));
    desk.editor->set_tokens({600, 512, {{11, 17}}});
    CHECK(desk.editor->count_text() == QStringLiteral("600 of 512 tokens: the end falls off"));
    const auto marks = desk.editor->edit()->extraSelections();
    REQUIRE(marks.size() == 1);
    CHECK(marks[0].cursor.selectedText() == QStringLiteral(" Fuchs"));
    CHECK(marks[0].format.foreground().color() == roles().faint);
    desk.editor->set_tokens({3, 512, {}});
    CHECK(desk.editor->count_text() == QStringLiteral("3 of 512 tokens"));
    CHECK(desk.editor->edit()->extraSelections().isEmpty());
}

TEST_CASE("Ctrl and an arrow weigh the word at the cursor where nothing is selected")
{
    const Desk desk;
    desk.editor->set_text(QStringLiteral("ein roter Drachen"));
    QTextCursor cursor = desk.editor->edit()->textCursor();
    cursor.setPosition(6);
    desk.editor->edit()->setTextCursor(cursor);
    desk.key(Qt::Key_Up, Qt::ControlModifier);
    desk.key(Qt::Key_Up, Qt::ControlModifier);
    CHECK(desk.editor->text() == QStringLiteral("ein (roter:1.2) Drachen"));
    CHECK(desk.editor->edit()->textCursor().selectedText() == QStringLiteral("roter"));
}

TEST_CASE("an input method composes without edits and without suggestions, and commits once")
{
    const Desk desk;
    QSignalSpy edited(desk.editor, &PromptEditor::text_edited);
    QInputMethodEvent composing(QStringLiteral("かん"), {});
    QApplication::sendEvent(desk.editor->edit(), &composing);
    CHECK(edited.isEmpty());
    CHECK(desk.editor->text().isEmpty());
    CHECK_FALSE(desk.editor->popup()->isVisible());
    CHECK(desk.editor->edit()->textCursor().block().layout()->preeditAreaText() == QStringLiteral("かん"));
    QInputMethodEvent committed;
    committed.setCommitString(QStringLiteral("漢字"));
    QApplication::sendEvent(desk.editor->edit(), &committed);
    CHECK(desk.editor->text() == QStringLiteral("漢字"));
    REQUIRE(edited.size() == 1);
    CHECK(edited.first().first().toString() == QStringLiteral("漢字"));
    // What is asked of the editor by the input method: where the word is and what stands around it.
    CHECK(desk.editor->edit()->inputMethodQuery(Qt::ImSurroundingText).toString() == QStringLiteral("漢字"));
    CHECK(desk.editor->edit()->inputMethodQuery(Qt::ImCursorRectangle).toRectF().isValid());
    CHECK(desk.editor->edit()->testAttribute(Qt::WA_InputMethodEnabled));
}

TEST_CASE("right-to-left text is laid out from the right, with its weights")
{
    const Desk desk;
    desk.editor->set_text(QStringLiteral("سفينة (حمراء:1.3) في البحر"));
    const QTextBlock block = desk.editor->edit()->document()->firstBlock();
    CHECK(block.textDirection() == Qt::RightToLeft);
    CHECK(desk.editor->problem().isEmpty());
    REQUIRE(desk.editor->edit()->extraSelections().size() == 1);
    CHECK(desk.editor->edit()->extraSelections().first().cursor.selectedText() == QStringLiteral("(حمراء:1.3)"));
    QTextCursor cursor = desk.editor->edit()->textCursor();
    cursor.setPosition(0);
    desk.editor->edit()->setTextCursor(cursor);
    const int start = desk.editor->edit()->cursorRect().x();
    cursor.setPosition(5);
    desk.editor->edit()->setTextCursor(cursor);
    CHECK(desk.editor->edit()->cursorRect().x() < start);
    desk.editor->set_text(QStringLiteral("ספינה אדומה"));
    CHECK(desk.editor->edit()->document()->firstBlock().textDirection() == Qt::RightToLeft);
}

TEST_CASE("every script is drawn with real glyphs where the system has a font for it")
{
    struct Script {
        const char* name;
        QString text;
        QFontDatabase::WritingSystem system;
    };
    const Script scripts[] = {{"Latin", QStringLiteral("ein größerer Fuchs"), QFontDatabase::Latin},
                              {"Greek", QStringLiteral("θάλασσα"), QFontDatabase::Greek},
                              {"Cyrillic", QStringLiteral("корабль"), QFontDatabase::Cyrillic},
                              {"Arabic", QStringLiteral("سفينة"), QFontDatabase::Arabic},
                              {"Hebrew", QStringLiteral("ספינה"), QFontDatabase::Hebrew},
                              {"Chinese", QStringLiteral("夕阳下的港口"), QFontDatabase::SimplifiedChinese},
                              {"Japanese", QStringLiteral("夕暮れの港"), QFontDatabase::Japanese},
                              {"Emoji", QStringLiteral("😀⛵"), QFontDatabase::Symbol}};
    for (const Script& script : scripts) {
        INFO(script.name);
        QTextLayout layout(script.text, font(TextRole::prompt));
        layout.beginLayout();
        layout.createLine();
        layout.endLayout();
        int glyphs = 0;
        bool missing = false;
        for (const auto& run : layout.glyphRuns())
            for (const quint32 glyph : run.glyphIndexes()) {
                ++glyphs;
                missing = missing || glyph == 0;
            }
        CHECK(glyphs > 0);
        const bool installed = script.system == QFontDatabase::Symbol
                                   ? QFontDatabase::families().contains(QStringLiteral("Noto Color Emoji"))
                                   : !QFontDatabase::families(script.system).isEmpty();
        if (installed) CHECK_FALSE(missing);
    }
}

TEST_CASE("an emoji is one step of the cursor and goes as a whole")
{
    const Desk desk;
    desk.editor->set_text(QStringLiteral("a 👩‍🚀 b"));
    desk.key(Qt::Key_End, Qt::ControlModifier);
    desk.key(Qt::Key_Left);
    desk.key(Qt::Key_Left);
    desk.key(Qt::Key_Left);
    CHECK(desk.editor->edit()->textCursor().position() == 2);
    desk.key(Qt::Key_Delete);
    CHECK(desk.editor->text() == QStringLiteral("a  b"));
}

TEST_CASE("text from the clipboard comes without its formats")
{
    const Desk desk;
    auto* mime = new QMimeData;
    mime->setHtml(QStringLiteral("<b>bold</b> words"));
    mime->setText(QStringLiteral("bold words"));
    QApplication::clipboard()->setMimeData(mime);
    desk.key(Qt::Key_V, Qt::ControlModifier);
    CHECK(desk.editor->text() == QStringLiteral("bold words"));
}

TEST_CASE("a small editor grows with its lines")
{
    PromptEditor editor(PromptUse::other);
    editor.resize(200, 40);
    editor.show();
    const int one = editor.edit()->height();
    editor.set_text(QStringLiteral("a\nb\nc"));
    CHECK(editor.edit()->height() > one + 20);
    editor.set_text(QStringLiteral("a\nb\nc\nd\ne\nf\ng"));
    const int most = editor.edit()->height();
    editor.set_text(QStringLiteral("a\nb\nc\nd\ne\nf\ng\nh"));
    CHECK(editor.edit()->height() == most);
}

TEST_CASE("the count is shown for the words it was made of, and none for no words")
{
    const Desk desk;
    auto* editor = desk.editor;
    const auto* count = editor->findChild<QLabel*>(QStringLiteral("prompt.count"));
    REQUIRE(count);
    editor->set_tokens({1, 48, {}});
    CHECK_FALSE(count->isVisible());
    desk.type(QStringLiteral("a"));
    editor->set_tokens({2, 48, {}});
    REQUIRE(count->isVisible());
    // Typing on, the number of a moment ago stays; another shot's words have none until they are counted.
    desk.type(QStringLiteral(" boat"));
    CHECK(count->isVisible());
    editor->set_text(QStringLiteral("green hills"));
    CHECK_FALSE(count->isVisible());
    editor->set_tokens({3, 48, {}});
    CHECK(count->isVisible());
    CHECK(count->text() == QStringLiteral("3 of 48 tokens"));
}

TEST_CASE("the suggestion that Tab takes says so where Enter goes on to the next line")
{
    const Desk desk;
    desk.type(QStringLiteral("a ligh"));
    const auto* list = desk.editor->popup()->findChild<QListView*>();
    REQUIRE(list);
    const auto detail = [&] { return list->model()->index(0, 0).data(Qt::UserRole + 1).toString(); };
    CHECK(detail().endsWith(QStringLiteral("Tab")));
    desk.key(Qt::Key_Escape);
    desk.type(QStringLiteral(" $"));
    CHECK_FALSE(detail().endsWith(QStringLiteral("Tab")));
}

TEST_CASE("a name that is being typed isn't called wrong before it can't be ended any more")
{
    const Desk desk;
    desk.type(QStringLiteral("the $h"));
    REQUIRE(desk.editor->popup()->isVisible());
    CHECK_FALSE(desk.editor->define_button()->isVisible());
    CHECK(desk.editor->edit()->accessibleDescription().isEmpty());
    desk.type(QStringLiteral("x"));
    CHECK_FALSE(desk.editor->popup()->isVisible());
    CHECK(desk.editor->define_button()->isVisible());
    CHECK(desk.editor->edit()->accessibleDescription().contains(QStringLiteral("$hx")));
    desk.key(Qt::Key_Backspace);
    CHECK_FALSE(desk.editor->define_button()->isVisible());
    desk.key(Qt::Key_Escape);
    CHECK(desk.editor->define_button()->isVisible());
}
