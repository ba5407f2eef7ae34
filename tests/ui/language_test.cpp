#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLocale>
#include <QProcess>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTabBar>
#include <QToolButton>
#include <QXmlStreamReader>
#include <set>

#include "core/prompt/expand.h"
#include "tests/paths.h"
#include "tests/ui/studio_fixture.h"
#include "ui/language/language.h"
#include "ui/shot/looks.h"
#include "ui/shot/prompt_editor.h"
#include "ui/shot/shot_panel.h"
#include "ui/widgets/core_words.h"
#include "ui/widgets/labels.h"
#include "ui/window/top_bar.h"

using namespace kinora;
using namespace kinora::ui;
using kinora::tests::DrawnGenerator;
using kinora::tests::Studio;

namespace {

/// German as long as it lives.
struct InGerman {
    InGerman() { REQUIRE(apply_language(QStringLiteral("de")) == QStringLiteral("de")); }
    ~InGerman() { apply_language(QStringLiteral("en")); }
};

struct Message {
    QString source;
    QStringList translations;
    bool finished = true;
};

QVector<Message> messages_of(const QString& path)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QVector<Message> messages;
    while (!xml.atEnd()) {
        if (!xml.readNextStartElement()) continue;
        if (xml.name() == QStringLiteral("message")) messages.append(Message{});
        if (xml.name() == QStringLiteral("source")) messages.last().source = xml.readElementText();
        if (xml.name() != QStringLiteral("translation")) continue;
        messages.last().finished = !xml.attributes().hasAttribute(QStringLiteral("type"));
        QString text;
        while (!(xml.readNext() == QXmlStreamReader::EndElement && xml.name() == QStringLiteral("translation"))) {
            if (xml.isStartElement()) messages.last().translations.append(xml.readElementText());
            if (xml.isCharacters()) text += xml.text();
        }
        if (messages.last().translations.isEmpty()) messages.last().translations.append(text);
    }
    return messages;
}

QString translation_file(const char* code)
{
    return QString::fromStdString((tests::source_dir() / "resources" / "translations").string()) +
           QStringLiteral("/kinora_%1.ts").arg(QLatin1String(code));
}

/// %1, %2 … of a text, sorted.
QStringList holes(const QString& text)
{
    QStringList found;
    auto match = QRegularExpression(QStringLiteral("%[0-9]")).globalMatch(text);
    while (match.hasNext())
        found.append(match.next().captured());
    found.sort();
    return found;
}

/// Remembers every text that Kinora asks for and that the language doesn't have.
class Listener : public QTranslator {
public:
    explicit Listener(const QString& code) { REQUIRE(known_.load_language(code)); }
    QString translate(const char* context, const char* source, const char* disambiguation, int count) const override
    {
        const QByteArray name(context);
        const bool ours = name.startsWith("kinora::") || name == "Core" || name == "Looks";
        if (ours && *source && known_.translate(context, source, disambiguation, count).isNull())
            missing.insert(name.toStdString() + ": " + source);
        asked += ours ? 1 : 0;
        return {};
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
    mutable std::set<std::string> missing;
    mutable int asked = 0;

private:
    StudioTranslator known_;
};

void make_film(Studio& studio)
{
    auto& session = *studio.session;
    session.rename_project(QStringLiteral("Hafen am Abend"));
    session.set_prompt(QStringLiteral("Fog over the harbour in the morning, gulls"));
    session.generate();
    studio.wait_for_takes(1);
    session.add_shot();
    session.set_prompt(QStringLiteral("A small boat drifts (slowly:1.3) at {dusk|dawn}, slow pan right"));
    session.generate();
    studio.wait_for_takes(1);
    session.star_take(session.shot()->takes.back().id, true);
}

/// Texts that don't fit into the place they have.
QStringList cut_texts(QWidget* window)
{
    QStringList cut;
    for (auto* label : window->findChildren<QLabel*>())
        if (label->isVisible() && !label->wordWrap() && !qobject_cast<ElidedLabel*>(label) && !label->text().isEmpty() &&
            label->sizeHint().width() > label->width() + 1)
            cut.append(label->text());
    for (auto* button : window->findChildren<QAbstractButton*>())
        if (button->isVisible() && !button->text().isEmpty() && button->width() > 0 &&
            button->fontMetrics().horizontalAdvance(button->text()) > button->width())
            cut.append(button->text());
    for (auto* tabs : window->findChildren<QTabBar*>())
        if (tabs->isVisible() && tabs->sizeHint().width() > tabs->width() + 1) cut.append(tabs->tabText(0));
    return cut;
}

}  // namespace

TEST_CASE("every text has a German translation with the same places to fill")
{
    const auto messages = messages_of(translation_file("de"));
    REQUIRE(messages.size() > 500);
    for (const Message& message : messages) {
        INFO(message.source.toStdString());
        CHECK(message.finished);
        for (const QString& text : message.translations) {
            CHECK_FALSE(text.isEmpty());
            CHECK(holes(text) == holes(message.source));
            CHECK(text.front().isSpace() == message.source.front().isSpace());
            CHECK(text.back().isSpace() == message.source.back().isSpace());
        }
    }
    for (const Message& message : messages_of(translation_file("en")))
        CHECK(message.finished);
}

TEST_CASE("the translation files have every text of the sources")
{
    QString lupdate = QStandardPaths::findExecutable(QStringLiteral("lupdate"), {QStringLiteral("/usr/lib/qt6/bin")});
    if (lupdate.isEmpty()) lupdate = QStandardPaths::findExecutable(QStringLiteral("lupdate"));
    if (lupdate.isEmpty()) {
        WARN("lupdate isn't installed: not looked at");
        return;
    }
    const QTemporaryDir folder;
    const QString copy = folder.filePath(QStringLiteral("kinora_de.ts"));
    REQUIRE(QFile::copy(translation_file("de"), copy));
    REQUIRE(QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner));
    const QString root = QString::fromStdString(tests::source_dir().string());
    QProcess collect;
    collect.start(lupdate, {QStringLiteral("-silent"), QStringLiteral("-locations"), QStringLiteral("none"),
                            QStringLiteral("-no-obsolete"), root + QStringLiteral("/ui"),
                            root + QStringLiteral("/app/studio"), QStringLiteral("-ts"), copy});
    REQUIRE(collect.waitForFinished(60'000));
    REQUIRE(collect.exitCode() == 0);
    const auto now = messages_of(copy);
    for (const Message& message : now) {
        INFO(message.source.toStdString());
        CHECK(message.finished);
    }
    CHECK(now.size() == messages_of(translation_file("de")).size());
}

TEST_CASE("the language follows the choice, else the system, else English")
{
    CHECK(language_for(QStringLiteral("de")) == QStringLiteral("de"));
    CHECK(language_for(QStringLiteral("de_AT.UTF-8")) == QStringLiteral("de"));
    CHECK(language_for(QStringLiteral("en")) == QStringLiteral("en"));
    CHECK(language_for(QStringLiteral("xx")) == QStringLiteral("en"));
    CHECK_FALSE(language_for({}).isEmpty());
    CHECK(current_language() == QStringLiteral("en"));
    {
        const InGerman german;
        CHECK(current_language() == QStringLiteral("de"));
        CHECK(QLocale().language() == QLocale::German);
        CHECK(ShotPanel::tr("References") == QStringLiteral("Referenzen"));
    }
    CHECK(current_language() == QStringLiteral("en"));
}

TEST_CASE("looks, plural forms and the core's sentences are German too")
{
    for (const auto& look : bundled_looks()) {
        const QString english = look_name(look);
        const InGerman german;
        INFO(english.toStdString());
        StudioTranslator known;
        REQUIRE(known.load_language(QStringLiteral("de")));
        CHECK_FALSE(known.translate("Looks", look.name.toUtf8().constData(), nullptr, -1).isNull());
        CHECK_FALSE(known.translate("Looks", look.group.toUtf8().constData(), nullptr, -1).isNull());
        CHECK(look_name(look) != look.text);
    }
    const InGerman german;
    core::PromptContext context;
    context.variables = {{"self", "$self"}, {"timed", "[0-1s] x"}, {"broken", "{x"}};
    context.takes_weights = false;
    for (const char* wrong : {"}", "a|b", "(a:9)", "{", "[0-2]", "(a [0-1s]:1.2)", "[2-1s] a", "[90-99s] a", "$nobody",
                              "[0-2s] a [1-3s] b", "__nowhere__", "$self", "$timed", "$broken", "(a:1.2)"}) {
        INFO(wrong);
        const auto errors = core::check_prompt(wrong, context);
        REQUIRE_FALSE(errors.empty());
        for (const auto& error : errors)
            CHECK(in_words(error.message).toStdString() != error.message);
    }
    CHECK(
        in_words("The prompt can't be used: In $broken: This { is never closed; add a } or write \\{ for the character.") ==
        QStringLiteral("Der Prompt ist nicht verwendbar: In $broken: Diese { wird nie geschlossen; ergänzen Sie eine } oder "
                       "schreiben Sie \\{ für das Zeichen."));
}

TEST_CASE("the window asks for no text that German lacks, and everything fits", "[window]")
{
    const InGerman german;
    Listener listener(QStringLiteral("de"));
    QApplication::installTranslator(&listener);
    {
        Studio studio(DrawnGenerator::Look::scene);
        make_film(studio);
        studio.window->shot_panel()->focus_prompt();
        for (int quiet = 0; quiet < 10; ++quiet)
            QTest::qWait(20);
        studio.screenshot(QStringLiteral("studio-german"));
        for (int tab = studio.window->tabs()->count() - 1; tab >= 0; --tab) {
            studio.window->tabs()->setCurrentIndex(tab);
            QApplication::processEvents();
            CHECK(cut_texts(studio.window.get()).join(QStringLiteral(" / ")).toStdString() == "");
        }
        studio.window->shot_panel()->show_cast(true);
        QApplication::processEvents();
        studio.screenshot(QStringLiteral("cast-german"));
        CHECK(cut_texts(studio.window.get()).join(QStringLiteral(" / ")).toStdString() == "");
        studio.window->resize(1280, 720);
        studio.window->shot_panel()->show_cast(false);
        QApplication::processEvents();
        studio.screenshot(QStringLiteral("studio-german-1280x720"));
        CHECK(cut_texts(studio.window.get()).join(QStringLiteral(" / ")).toStdString() == "");
    }
    QApplication::removeTranslator(&listener);
    CHECK(listener.asked > 300);
    for (const std::string& text : listener.missing) {
        INFO(text);
        CHECK(text.empty());
    }
}

TEST_CASE("everything fits in English as well", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene, {1280, 720});
    make_film(studio);
    for (int tab = studio.window->tabs()->count() - 1; tab >= 0; --tab) {
        studio.window->tabs()->setCurrentIndex(tab);
        QApplication::processEvents();
        CHECK(cut_texts(studio.window.get()).join(QStringLiteral(" / ")).toStdString() == "");
    }
}

TEST_CASE("everything fits and is sharp at 300 percent", "[scale300][.]")
{
    Studio studio(DrawnGenerator::Look::scene, {1280, 760});
    REQUIRE(studio.window->devicePixelRatioF() == Approx(3.0));
    make_film(studio);
    studio.window->shot_panel()->focus_prompt();
    for (int tab = studio.window->tabs()->count() - 1; tab >= 0; --tab) {
        studio.window->tabs()->setCurrentIndex(tab);
        QApplication::processEvents();
        CHECK(cut_texts(studio.window.get()).join(QStringLiteral(" / ")).toStdString() == "");
    }
    for (int quiet = 0; quiet < 15; ++quiet)
        QTest::qWait(20);
    studio.screenshot(QStringLiteral("studio-300"));
}
