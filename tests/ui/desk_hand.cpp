#include "tests/ui/desk_hand.h"

#include <algorithm>

namespace kinora::tests::hand {

void choose_in_menu(QMenu* menu, const QStringList& path)
{
    for (const QString& text : path) {
        Studio::wait_for([menu] { return menu->isVisible(); }, "the menu");
        const auto actions = menu->actions();
        const auto found = std::find_if(actions.begin(), actions.end(), [&](const QAction* action) {
            return !action->isSeparator() && action->text().startsWith(text);
        });
        INFO(text.toStdString());
        REQUIRE(found != actions.end());
        const QPoint at = menu->actionGeometry(*found).center();
        QMenu* next = (*found)->menu();
        QTest::mouseMove(menu->windowHandle(), at);
        // A menu below another opens by the pointer alone, after a moment.
        if (next != nullptr)
            Studio::wait_for([next] { return next->isVisible(); }, "the menu below");
        else
            QTest::mouseClick(menu->windowHandle(), Qt::LeftButton, {}, at);
        QApplication::processEvents();
        menu = next;
    }
}

}  // namespace kinora::tests::hand
