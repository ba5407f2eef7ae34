#include <QAction>
#include <QLineEdit>
#include <QListView>
#include <set>

#include "tests/ui/desk_hand.h"
#include "ui/commands/command_palette.h"
#include "ui/commands/palette_model.h"
#include "ui/player/player_widget.h"
#include "ui/shot/shot_panel.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/window/window_commands.h"

using namespace kinora;
using kinora::tests::Studio;
namespace hand = kinora::tests::hand;

namespace {

ui::CommandPalette* open_palette(Studio& studio)
{
    studio.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    auto* palette = studio.window->commands().palette();
    REQUIRE(palette->isVisible());
    REQUIRE(palette->field()->hasFocus());
    return palette;
}

QString name_at(ui::CommandPalette* palette, int row)
{
    return palette->list()->model()->index(row, 0).data(ui::PaletteModel::k_name).toString();
}

QVariant of(ui::CommandPalette* palette, const QString& name, int role)
{
    auto* model = palette->list()->model();
    for (int row = 0; row < model->rowCount(); ++row)
        if (name_at(palette, row) == name) return model->index(row, 0).data(role);
    INFO(name.toStdString());
    REQUIRE(false);
    return {};
}

}  // namespace

TEST_CASE("the palette knows every action that can be seen", "[window]")
{
    Studio studio;
    auto* palette = open_palette(studio);
    std::set<QString> listed;
    for (int row = 0; row < palette->list()->model()->rowCount(); ++row)
        listed.insert(name_at(palette, row));
    for (const auto* action : studio.window->findChildren<QAction*>()) {
        if (!action->objectName().contains(QLatin1Char('.')) || !action->isVisible()) continue;
        INFO(action->objectName().toStdString());
        REQUIRE(listed.contains(action->objectName()));
    }
    REQUIRE(listed.size() > 130);
}

TEST_CASE("a few letters find an action, Enter runs it, and the focus goes back", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("a boat"));
    QWidget* prompt = QApplication::focusWidget();
    auto* palette = open_palette(studio);
    studio.type(QStringLiteral("insgap"));
    REQUIRE(name_at(palette, 0) == QStringLiteral("storyboard.gap"));
    hand::key(Qt::Key_Return);
    REQUIRE_FALSE(palette->isVisible());
    REQUIRE(QApplication::focusWidget() == prompt);
    REQUIRE(studio.session->project().shots.size() == 2);
    REQUIRE(studio.session->shot()->prompt == "a boat");
}

TEST_CASE("the palette shows keys, and dims what can't be done with the reason", "[window]")
{
    Studio studio;
    auto* palette = open_palette(studio);
    REQUIRE(of(palette, QStringLiteral("storyboard.split"), ui::PaletteModel::k_keys).toString() ==
            QStringLiteral("S   Ctrl+K"));
    REQUIRE(of(palette, QStringLiteral("player.save-frame"), ui::PaletteModel::k_reason).toString() ==
            QStringLiteral("The player shows no clip"));
    REQUIRE(of(palette, QStringLiteral("edit.redo"), ui::PaletteModel::k_reason).toString() ==
            QStringLiteral("There is nothing to redo"));
    REQUIRE(of(palette, QStringLiteral("project.new"), ui::PaletteModel::k_reason).toString().isEmpty());
    // Every action that can't be done says why.
    auto* model = palette->list()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        const auto* action = studio.window->findChild<QAction*>(name_at(palette, row));
        INFO(name_at(palette, row).toStdString());
        REQUIRE(model->index(row, 0).data(ui::PaletteModel::k_reason).toString().isEmpty() == action->isEnabled());
    }
    // Enter on one of them does nothing, and says so by staying.
    studio.type(QStringLiteral("swap a and b"));
    REQUIRE(name_at(palette, 0) == QStringLiteral("player.compare-swap"));
    hand::key(Qt::Key_Return);
    REQUIRE(palette->isVisible());
    hand::key(Qt::Key_Escape);
    REQUIRE_FALSE(palette->isVisible());
}

TEST_CASE("what was run last stands first, also after a restart", "[window]")
{
    Studio studio;
    auto* palette = open_palette(studio);
    studio.type(QStringLiteral("loop player"));
    REQUIRE(name_at(palette, 0) == QStringLiteral("player.loop"));
    hand::key(Qt::Key_Return);
    open_palette(studio);
    studio.type(QStringLiteral("cards"));
    hand::key(Qt::Key_Return);
    REQUIRE(studio.window->storyboard()->mode() == ui::StoryboardMode::cards);
    palette = open_palette(studio);
    REQUIRE(name_at(palette, 0) == QStringLiteral("storyboard.cards"));
    REQUIRE(name_at(palette, 1) == QStringLiteral("player.loop"));
    hand::key(Qt::Key_Escape);
    studio.window->commands().preferences().flush();
    studio.window = std::make_unique<ui::MainWindow>(*studio.session);
    REQUIRE(studio.window->commands().preferences().now().recent_commands.value(0) == QStringLiteral("storyboard.cards"));
}

TEST_CASE("arrows, the mouse and a click beside it work in the palette", "[window]")
{
    Studio studio;
    auto* palette = open_palette(studio);
    studio.type(QStringLiteral("dip to"));
    REQUIRE(palette->list()->currentIndex().row() == 0);
    hand::key(Qt::Key_Down);
    REQUIRE(palette->list()->currentIndex().row() == 1);
    hand::key(Qt::Key_Up);
    hand::key(Qt::Key_Up);
    REQUIRE(palette->list()->currentIndex().row() == palette->list()->model()->rowCount() - 1);
    palette->field()->clear();
    studio.type(QStringLiteral("nothing is called so"));
    REQUIRE_FALSE(palette->list()->isVisible());
    palette->field()->clear();
    studio.type(QStringLiteral("add marker"));
    REQUIRE(name_at(palette, 0) == QStringLiteral("storyboard.marker"));
    hand::click_row(palette->list(), 0);
    REQUIRE(studio.session->project().markers.size() == 1);
    open_palette(studio);
    QTest::mouseClick(studio.window->windowHandle(), Qt::LeftButton, {}, QPoint(20, studio.window->height() - 60));
    QApplication::processEvents();
    REQUIRE_FALSE(palette->isVisible());
}
