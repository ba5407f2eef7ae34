#include "ui/widgets/action_row.h"

#include <QAction>
#include <QKeySequence>

namespace kinora::ui {

QAction* make_action(const ActionRow& row, QObject* parent)
{
    auto* action = new QAction(row.text, parent);
    action->setObjectName(row.name);
    action->setProperty("iconName", row.icon);
    action->setProperty("accessibleName", row.text);
    action->setToolTip(row.tip);
    action->setStatusTip(row.tip);
    action->setWhatsThis(row.tip);
    QList<QKeySequence> keys;
    for (const QString& key : row.keys.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        keys.append(QKeySequence(key, QKeySequence::PortableText));
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setAutoRepeat(row.kind == ActionKind::repeats);
    action->setCheckable(row.kind == ActionKind::check);
    return action;
}

}  // namespace kinora::ui
