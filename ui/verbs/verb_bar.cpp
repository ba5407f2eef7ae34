#include "ui/verbs/verb_bar.h"

#include <QHBoxLayout>
#include <QToolButton>

#include "ui/theme/icon.h"
#include "ui/verbs/verb_actions.h"

namespace kinora::ui {

VerbBar::VerbBar(QWidget* parent) : QWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 6, 8, 4);
    row->setSpacing(2);
    setAccessibleName(tr("What can be made of the selected take"));
}

void VerbBar::set_actions(const VerbActions& actions)
{
    auto* row = static_cast<QHBoxLayout*>(layout());
    for (QAction* action : actions.all()) {
        const QString name = action->property("iconName").toString();
        if (name.isEmpty()) continue;
        auto* button = new QToolButton(this);
        // Not the action's own default: that would show the text beside the picture in some styles.
        button->setIcon(icon(name));
        button->setIconSize(QSize(18, 18));
        button->setFixedHeight(28);
        button->setProperty("kind", "flat");
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(action->property("accessibleName").toString());
        button->setObjectName(action->objectName() + QStringLiteral(".button"));
        const auto show = [button, action] {
            button->setEnabled(action->isEnabled());
            const QString keys = action->shortcut().toString(QKeySequence::NativeText);
            QString tip = action->toolTip();
            if (action->isEnabled()) tip = action->text() + QStringLiteral("\n") + tip;
            if (action->isEnabled() && !keys.isEmpty()) tip += QStringLiteral("\n") + keys;
            button->setToolTip(tip);
            button->setAccessibleDescription(action->toolTip());
        };
        show();
        connect(action, &QAction::changed, button, show);
        connect(button, &QToolButton::clicked, action, &QAction::trigger);
        row->addWidget(button);
    }
    row->addStretch(1);
}

QWidget* VerbBar::button_of(const QAction* action) const
{
    return findChild<QToolButton*>(action->objectName() + QStringLiteral(".button"));
}

}  // namespace kinora::ui
