#include <QApplication>
#include <QClipboard>
#include <QListWidget>
#include <QPushButton>

#include "core/base/log.h"
#include "tests/ui/desk_hand.h"
#include "tests/ui/storyboard_film.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/about_sheet.h"
#include "ui/window/licences.h"

using namespace kinora;
using kinora::tests::DrawnGenerator;
using kinora::tests::Studio;

namespace {

/// Runs an action as one who knows its name: by the palette.
void by_name(Studio& studio, const QString& name)
{
    studio.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    studio.type(name);
    studio.key(Qt::Key_Return);
}

}  // namespace

TEST_CASE("every project that Kinora stands on is named with its licence and its use")
{
    const auto all = ui::licences();
    CHECK(all.first().project == QStringLiteral("Kinora"));
    for (const char* needed : {"Qt 6", "libtorch", "FFmpeg", "OpenCV", "Inter"})
        CHECK(std::any_of(all.begin(), all.end(),
                          [&](const ui::Licence& licence) { return licence.project == QLatin1String(needed); }));
    for (const ui::Licence& licence : all) {
        INFO(licence.project.toStdString());
        CHECK_FALSE(licence.licence.isEmpty());
        CHECK_FALSE(licence.use.isEmpty());
    }
}

TEST_CASE("About tells version and licences, and gives the diagnostics without a prompt in them", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene);
    static const QTemporaryDir logs;
    REQUIRE(core::start_log(std::filesystem::path(logs.path().toStdString()) / "kinora.log"));
    core::log_warning("A test wrote this line.");
    studio.type(QStringLiteral("a secret lantern"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    by_name(studio, QStringLiteral("About Kinora"));
    auto* about = studio.window->findChild<ui::AboutSheet*>();
    REQUIRE(about);
    REQUIRE(about->isVisible());
    CHECK(about->list()->count() == ui::licences().size());
    CHECK(about->list()->hasFocus());
    CHECK(about->log_button()->isEnabled());
    studio.screenshot(QStringLiteral("about"));
    studio.key(Qt::Key_Down);
    CHECK(about->list()->currentRow() == 1);
    QApplication::clipboard()->clear();
    studio.click(about->diagnostics_button());
    CHECK_FALSE(about->isVisible());
    Studio::wait_for([] { return QApplication::clipboard()->text().contains(QStringLiteral("A test wrote this line.")); },
                     "the diagnostics on the clipboard");
    const QString text = QApplication::clipboard()->text();
    for (const char* needed : {"Kinora ", "Qt 6.", "Window system: ", "Device: CPU", "Screen: "})
        CHECK(text.contains(QLatin1String(needed)));
    CHECK_FALSE(text.contains(QStringLiteral("lantern")));
    CHECK(studio.window->message_bar()->notice().text.contains(QStringLiteral("on the clipboard")));
    // The same by its own name, and Esc closes what is open.
    by_name(studio, QStringLiteral("About Kinora"));
    REQUIRE(about->isVisible());
    studio.key(Qt::Key_Escape);
    CHECK_FALSE(about->isVisible());
}
