#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <set>

#include "tests/ui/desk_hand.h"
#include "ui/commands/command_book.h"
#include "ui/commands/shortcut_editor.h"
#include "ui/commands/shortcut_model.h"
#include "ui/player/player_widget.h"
#include "ui/preferences/preferences_sheet.h"
#include "ui/storyboard/storyboard_actions.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/window/window_commands.h"

using namespace kinora;
using kinora::tests::Studio;
namespace hand = kinora::tests::hand;

namespace {

QPushButton* button(QWidget* parent, const QString& text)
{
    for (auto* found : parent->findChildren<QPushButton*>())
        if (found->isVisible() && found->text() == text) return found;
    INFO(text.toStdString());
    REQUIRE(false);
    return nullptr;
}

/// The shortcut editor, opened by its keys.
ui::ShortcutEditor* open_editor(Studio& studio)
{
    studio.key(Qt::Key_K, Qt::ControlModifier | Qt::AltModifier);
    auto* editor = studio.window->commands().preferences_sheet()->shortcut_editor();
    REQUIRE(editor->isVisible());
    REQUIRE(editor->search()->hasFocus());
    return editor;
}

QString listed_keys(ui::ShortcutEditor* editor, const QString& action)
{
    auto* model = editor->list()->model();
    for (int row = 0; row < model->rowCount(); ++row)
        if (model->index(row, 0).data(ui::ShortcutModel::k_name).toString() == action)
            return model->index(row, 0).data(ui::ShortcutModel::k_keys).toString();
    return QStringLiteral("not listed");
}

int row_of(ui::ShortcutEditor* editor, const QString& action)
{
    auto* model = editor->list()->model();
    for (int row = 0; row < model->rowCount(); ++row)
        if (model->index(row, 0).data(ui::ShortcutModel::k_name).toString() == action) return row;
    return -1;
}

}  // namespace

TEST_CASE("no layout gives two actions the same key at the same place, and each names only actions there are", "[window]")
{
    Studio studio;
    auto& shortcuts = studio.window->commands().shortcuts();
    auto& book = studio.window->commands().book();
    for (const ui::KeyLayout layout : ui::k_key_layouts) {
        INFO(ui::layout_id(layout).toStdString());
        shortcuts.set_layout(layout);
        for (const auto& conflict : shortcuts.conflicts()) {
            INFO(conflict.first.toStdString()
                 << " and " << conflict.second.toStdString() << " hear " << conflict.key.toString().toStdString());
            REQUIRE(false);
        }
        for (const QString& name : ui::layout_actions(layout)) {
            INFO(name.toStdString());
            REQUIRE(book.find(name) != nullptr);
        }
    }
}

TEST_CASE("every action of the window is in the book and in the shortcut editor", "[window]")
{
    Studio studio;
    auto* editor = open_editor(studio);
    std::set<QString> listed;
    auto* model = editor->list()->model();
    for (int row = 0; row < model->rowCount(); ++row)
        listed.insert(model->index(row, 0).data(ui::ShortcutModel::k_name).toString());
    int actions = 0;
    for (const auto* action : studio.window->findChildren<QAction*>()) {
        if (!action->objectName().contains(QLatin1Char('.'))) continue;
        INFO(action->objectName().toStdString());
        REQUIRE(listed.contains(action->objectName()));
        ++actions;
    }
    REQUIRE(actions > 130);
}

TEST_CASE("a layout changes what the keys do, in the storyboard, the player and the window", "[window]")
{
    Studio studio;
    auto* editor = open_editor(studio);
    editor->layouts()->setFocus();
    hand::key(Qt::Key_Down);  // Premiere Pro
    REQUIRE(editor->layouts()->currentText() == QStringLiteral("Premiere Pro"));
    REQUIRE(listed_keys(editor, QStringLiteral("storyboard.split")) == QStringLiteral("Ctrl+K"));
    REQUIRE(listed_keys(editor, QStringLiteral("storyboard.tool-blade")) == QStringLiteral("C"));
    hand::key(Qt::Key_Escape);
    REQUIRE_FALSE(editor->isVisible());
    auto* board = studio.window->storyboard();
    board->setFocus();
    hand::key(Qt::Key_C);
    REQUIRE(studio.window->findChild<QAction*>(QStringLiteral("storyboard.tool-blade"))->isChecked());
    hand::key(Qt::Key_V);
    REQUIRE(studio.window->findChild<QAction*>(QStringLiteral("storyboard.tool-select"))->isChecked());
}

TEST_CASE("keys are pressed to record them, shown at once, heard, and kept for the next start", "[window]")
{
    Studio studio;
    auto* editor = open_editor(studio);
    studio.type(QStringLiteral("snapping"));
    REQUIRE(row_of(editor, QStringLiteral("storyboard.snapping")) >= 0);
    REQUIRE(row_of(editor, QStringLiteral("player.play")) < 0);
    hand::click_row(editor->list(), row_of(editor, QStringLiteral("storyboard.snapping")));
    studio.click(button(editor, QStringLiteral("Change")));
    REQUIRE(editor->recording());
    hand::key(Qt::Key_Control, Qt::ControlModifier);  // a modifier alone is no key yet
    REQUIRE(editor->recording());
    hand::key(Qt::Key_J, Qt::ControlModifier | Qt::AltModifier);
    REQUIRE_FALSE(editor->recording());
    REQUIRE(listed_keys(editor, QStringLiteral("storyboard.snapping")) == QStringLiteral("Ctrl+Alt+J"));
    hand::key(Qt::Key_Escape);

    studio.window->storyboard()->setFocus();
    const bool before = studio.window->storyboard()->snapping();
    hand::key(Qt::Key_N);
    REQUIRE(studio.window->storyboard()->snapping() == before);
    hand::key(Qt::Key_J, Qt::ControlModifier | Qt::AltModifier);
    REQUIRE(studio.window->storyboard()->snapping() == !before);

    studio.window->commands().preferences().flush();
    const auto kept = ui::read_preferences(studio.session->places().state / "preferences.json");
    REQUIRE(kept.changed_keys[QStringLiteral("kinora")][QStringLiteral("storyboard.snapping")] ==
            ui::keys_from_text(QStringLiteral("Ctrl+Alt+J")));
    studio.window = std::make_unique<ui::MainWindow>(*studio.session);
    REQUIRE(studio.window->commands().shortcuts().keys(QStringLiteral("storyboard.snapping")) ==
            ui::keys_from_text(QStringLiteral("Ctrl+Alt+J")));
}

TEST_CASE("a key that another action has is shown with its name and moves only when told to", "[window]")
{
    Studio studio;
    auto* editor = open_editor(studio);
    editor->choose(QStringLiteral("storyboard.snapping"));
    studio.click(button(editor, QStringLiteral("Change")));
    hand::key(Qt::Key_B);  // the blade's
    REQUIRE(editor->told()->text().contains(QStringLiteral("Storyboard · Blade tool")));
    REQUIRE(listed_keys(editor, QStringLiteral("storyboard.snapping")) == QStringLiteral("N"));
    hand::key(Qt::Key_Escape);
    REQUIRE(editor->isVisible());
    REQUIRE(listed_keys(editor, QStringLiteral("storyboard.tool-blade")) == QStringLiteral("B"));
    studio.click(button(editor, QStringLiteral("Change")));
    hand::key(Qt::Key_B);
    studio.click(button(editor, QStringLiteral("Take it over")));
    REQUIRE(listed_keys(editor, QStringLiteral("storyboard.snapping")) == QStringLiteral("B"));
    REQUIRE(listed_keys(editor, QStringLiteral("storyboard.tool-blade")).isEmpty());
    // Nobody else hears it where the storyboard does: the player's own keys are no conflict.
    REQUIRE(studio.window->commands().shortcuts().conflicts().empty());
    studio.click(button(editor, QStringLiteral("Reset all")));
    REQUIRE(listed_keys(editor, QStringLiteral("storyboard.snapping")) == QStringLiteral("N"));
    REQUIRE(listed_keys(editor, QStringLiteral("storyboard.tool-blade")) == QStringLiteral("B"));
}

TEST_CASE("while a key is recorded it does nothing else, and one action can have several", "[window]")
{
    Studio studio;
    auto* editor = open_editor(studio);
    editor->choose(QStringLiteral("storyboard.split"));
    studio.click(button(editor, QStringLiteral("Add")));
    const auto shots = studio.session->project().shots.size();
    hand::key(Qt::Key_X, Qt::AltModifier | Qt::ShiftModifier);
    REQUIRE(listed_keys(editor, QStringLiteral("storyboard.split")) == QStringLiteral("S   Ctrl+K   Alt+Shift+X"));
    studio.click(button(editor, QStringLiteral("Add")));
    hand::key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);  // adds a shot, otherwise
    REQUIRE(studio.session->project().shots.size() == shots);
    REQUIRE(editor->told()->text().contains(QStringLiteral("Shot · Add shot")));
    hand::key(Qt::Key_Escape);
    studio.click(button(editor, QStringLiteral("Reset")));
    REQUIRE(listed_keys(editor, QStringLiteral("storyboard.split")) == QStringLiteral("S   Ctrl+K"));
    studio.click(button(editor, QStringLiteral("No keys")));
    REQUIRE(listed_keys(editor, QStringLiteral("storyboard.split")).isEmpty());
}
