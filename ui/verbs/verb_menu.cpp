#include "ui/verbs/verb_menu.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QWidget>

namespace kinora::ui {
namespace {

struct MenuText {
    Q_DECLARE_TR_FUNCTIONS(VerbMenu)
};

}  // namespace

void add_verbs(QMenu& menu, const QWidget& widget)
{
    menu.setToolTipsVisible(true);
    for (QAction* action : widget.window()->actions()) {
        const QString name = action->objectName();
        if (!name.startsWith(QStringLiteral("verb."))) continue;
        // Others like it, then what is joined to it, then what is done to its pictures.
        if (name == QStringLiteral("verb.recut") || name == QStringLiteral("verb.upscale")) menu.addSeparator();
        menu.addAction(action);
    }
}

void add_verbs_menu(QMenu& menu, const QWidget& widget)
{
    QMenu* verbs = menu.addMenu(MenuText::tr("Make of this take"));
    add_verbs(*verbs, widget);
    verbs->menuAction()->setVisible(!verbs->isEmpty());
}

}  // namespace kinora::ui
