#pragma once

#include <QAbstractItemView>
#include <QApplication>
#include <QMenu>
#include <QTest>
#include <memory>

#include "tests/ui/studio_fixture.h"

namespace kinora::tests {

/// A hand for the window's menu and lists: real mouse and key events at places of the screen.
namespace hand {

/// Clicks an entry of a list at its place in the window.
inline void click_row(QAbstractItemView* list, int row, bool twice = false)
{
    const QModelIndex index = list->model()->index(row, 0);
    list->scrollTo(index);
    auto* window = list->window();
    const QPoint at = list->viewport()->mapTo(window, list->visualRect(index).center());
    QTest::mouseMove(window->windowHandle(), at);
    QTest::mouseClick(window->windowHandle(), Qt::LeftButton, {}, at);
    if (twice) QTest::mouseDClick(window->windowHandle(), Qt::LeftButton, {}, at);
    QApplication::processEvents();
}

/// Presses a key in whatever has the focus.
inline void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    QWidget* focus = QApplication::focusWidget();
    REQUIRE(focus != nullptr);
    QTest::keyClick(focus, key, modifiers);
    QApplication::processEvents();
}

/// Opens a menu that is shown already down to an entry: `path` are texts of its entries.
void choose_in_menu(QMenu* menu, const QStringList& path);

}  // namespace hand

}  // namespace kinora::tests
