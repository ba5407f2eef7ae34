#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTabBar>
#include <QToolButton>
#include <set>

#include "tests/ui/studio_fixture.h"
#include "ui/panels/takes_panel.h"
#include "ui/player/player_widget.h"
#include "ui/shot/cast_page.h"
#include "ui/shot/prompt_editor.h"
#include "ui/shot/shot_panel.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/theme/theme.h"
#include "ui/window/top_bar.h"
#include "ui/window/window_actions.h"

using namespace kinora;
using namespace kinora::ui;
using kinora::tests::DrawnGenerator;
using kinora::tests::Studio;

namespace {

/// What can be worked with, leaving out the inner parts of Qt's own widgets.
bool is_control(const QWidget* widget)
{
    if (qobject_cast<const QScrollBar*>(widget) || widget->objectName().startsWith(QStringLiteral("qt_"))) return false;
    if (qobject_cast<const QToolButton*>(widget) && qobject_cast<const QTabBar*>(widget->parentWidget())) return false;
    if (qobject_cast<const QAbstractButton*>(widget) && qobject_cast<const QLineEdit*>(widget->parentWidget())) return false;
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget) ||
           qobject_cast<const QPlainTextEdit*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget) ||
           qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractSlider*>(widget) ||
           qobject_cast<const QAbstractItemView*>(widget) || qobject_cast<const QTabBar*>(widget) ||
           (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
}

std::string shown(const QWidget* widget)
{
    return QStringLiteral("%1 \"%2\" in %3")
        .arg(QString::fromLatin1(widget->metaObject()->className()), widget->accessibleName(),
             widget->parentWidget() ? QString::fromLatin1(widget->parentWidget()->metaObject()->className()) : QString())
        .toStdString();
}

QVector<QWidget*> controls(QWidget* window)
{
    QVector<QWidget*> found;
    for (auto* widget : window->findChildren<QWidget*>())
        if (widget->isVisible() && widget->window() == window && is_control(widget)) found.append(widget);
    return found;
}

void check_names(QWidget* window)
{
    for (auto* widget : controls(window)) {
        auto* interface = QAccessible::queryAccessibleInterface(widget);
        INFO(shown(widget));
        REQUIRE(interface);
        CHECK(interface->role() != QAccessible::NoRole);
        CHECK_FALSE(interface->text(QAccessible::Name).isEmpty());
    }
}

/// The widgets that Tab reaches from where the focus is, in order, until it is there again.
QVector<QWidget*> tab_round(QWidget* window)
{
    QVector<QWidget*> round;
    for (int i = 0; i < 400; ++i) {
        QWidget* now = QApplication::focusWidget();
        if (!now || round.contains(now)) break;
        round.append(now);
        QTest::keyClick(now, Qt::Key_Tab);
        QApplication::processEvents();
    }
    REQUIRE(window);
    return round;
}

void make_film(Studio& studio)
{
    auto& session = *studio.session;
    session.set_prompt(QStringLiteral("Fog over the harbour"));
    session.generate();
    studio.wait_for_takes(1);
    session.add_shot();
    session.set_prompt(QStringLiteral("A {red|blue} boat, $nobody"));
    QApplication::processEvents();
    // All that the shot's form can show.
    for (auto* fold : studio.window->shot_panel()->findChildren<QPushButton*>())
        if (fold->text() == QStringLiteral("Sampling, guidance")) studio.click(fold);
}

}  // namespace

TEST_CASE("every control of the window tells a screen reader its role and name", "[window]")
{
    Studio studio;
    make_film(studio);
    for (int tab = 0; tab < studio.window->tabs()->count(); ++tab) {
        studio.window->tabs()->setCurrentIndex(tab);
        QApplication::processEvents();
        check_names(studio.window.get());
    }
    studio.session->change(QStringLiteral("test"), [](core::Project& project) -> core::Result<void> {
        project.settings.variables = {{"hero", "a fox"}};
        return {};
    });
    studio.window->shot_panel()->show_cast(true);
    check_names(studio.window.get());
}

TEST_CASE("what opens over the window tells its roles and names too, and Esc closes it", "[window]")
{
    Studio studio;
    make_film(studio);
    for (const char* name : {"project.new", "project.save-as", "project.relink", "project.clean-up", "project.backups",
                             "project.lost-takes", "edit.preferences", "help.shortcuts", "help.palette", "help.about"}) {
        INFO(name);
        const auto before = controls(studio.window.get()).size();
        studio.window->actions()[name]->trigger();
        QApplication::processEvents();
        REQUIRE(controls(studio.window.get()).size() > before);
        check_names(studio.window.get());
        REQUIRE(QApplication::focusWidget());
        studio.key(Qt::Key_Escape);
        CHECK(controls(studio.window.get()).size() == before);
    }
}

TEST_CASE("Tab reaches every control, panel after panel and back to the beginning", "[window]")
{
    Studio studio;
    make_film(studio);
    studio.window->shot_panel()->focus_prompt();
    const auto round = tab_round(studio.window.get());
    for (auto* widget : controls(studio.window.get())) {
        INFO(shown(widget));
        // Buttons inside a stepper or a combo box are worked with by the arrow keys of the whole.
        const bool part_of_other =
            widget->focusPolicy() == Qt::NoFocus && (widget->parentWidget()->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
        if (widget->isEnabled() && !part_of_other) CHECK(round.contains(widget));
    }
    // One panel after the other: none is come back to before all have been visited.
    const QVector<QWidget*> panels{studio.window->top_bar(), studio.window->shot_panel(), studio.window->player(),
                                   studio.window->takes_panel()->parentWidget()->parentWidget(),
                                   studio.window->storyboard()};
    QVector<QWidget*> visited;
    for (auto* widget : round)
        for (auto* panel : panels)
            if (panel->isAncestorOf(widget) || panel == widget)
                if (visited.isEmpty() || visited.last() != panel) visited.append(panel);
    CHECK(visited.size() <= panels.size() + 1);
    // Within the shot panel from top to bottom; controls beside each other count as one row.
    int before = -1;
    const auto* page = studio.window->shot_panel()->prompt()->parentWidget();
    for (auto* widget : round) {
        if (!page->isAncestorOf(widget)) break;
        const int y = widget->mapTo(page, widget->rect().center()).y();
        INFO(shown(widget));
        CHECK(y > before - 30);
        before = y;
    }
}

TEST_CASE("the same keys lead backwards", "[window]")
{
    Studio studio;
    studio.window->shot_panel()->focus_prompt();
    QWidget* prompt = QApplication::focusWidget();
    studio.key(Qt::Key_Tab);
    REQUIRE(QApplication::focusWidget() != prompt);
    studio.key(Qt::Key_Backtab, Qt::ShiftModifier);
    CHECK(QApplication::focusWidget() == prompt);
}

TEST_CASE("text keeps 4.5 to 1 and signs 3 to 1 on every ground they stand on, in both themes")
{
    struct Pair {
        const char* name;
        QColor front;
        QColor ground;
        double least;
    };
    for (const auto kind : {ThemeKind::dark, ThemeKind::light}) {
        const Roles& r = roles_of(kind);
        const Pair pairs[] = {
            {"text on a panel", r.text, r.panel, 4.5},
            {"text on a control", r.text, r.raised, 4.5},
            {"text in a field", r.text, r.field, 4.5},
            {"text under the mouse", r.text, r.hover, 4.5},
            {"label on a panel", r.dim, r.panel, 4.5},
            {"label on a control", r.dim, r.raised, 4.5},
            {"label in a field", r.dim, r.field, 4.5},
            {"label under the mouse", r.dim, r.hover, 4.5},
            {"hint on a panel", r.faint, r.panel, 4.5},
            {"hint in a field", r.faint, r.field, 4.5},
            {"text on the accent", r.on_accent, r.accent, 4.5},
            {"text on the accent under the mouse", r.on_accent, r.accent_hover, 4.5},
            {"text on a chosen chip", r.accent_text, r.accent_ground, 4.5},
            {"weight", r.prompt_weight, r.field, 4.5},
            {"alternative", r.prompt_alternative, r.field, 4.5},
            {"variable", r.prompt_variable, r.field, 4.5},
            {"time", r.prompt_time, r.field, 4.5},
            {"suggested variable", r.prompt_variable, r.raised, 4.5},
            {"suggested wildcard", r.prompt_alternative, r.raised, 4.5},
            {"good news", r.good, r.raised, 4.5},
            {"warning on a control", r.warn, r.raised, 4.5},
            {"warning on a panel", r.warn, r.panel, 4.5},
            {"warning in a field", r.warn, r.field, 4.5},
            {"error on a control", r.bad, r.raised, 4.5},
            {"error on a panel", r.bad, r.panel, 4.5},
            {"focus on a panel", r.accent, r.panel, 3.0},
            {"focus on a control", r.accent, r.raised, 3.0},
            {"focus in a field", r.accent, r.field, 3.0},
        };
        for (const Pair& pair : pairs) {
            INFO((kind == ThemeKind::dark ? "dark: " : "light: ") << pair.name);
            CHECK(contrast(pair.front, pair.ground) >= pair.least);
        }
    }
}
