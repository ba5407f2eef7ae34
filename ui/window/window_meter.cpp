#include <QAction>

#include "ui/meter/metered_application.h"
#include "ui/meter/stall_overlay.h"
#include "ui/window/main_window.h"

// The stall meter's place in the window.

namespace kinora::ui {

void MainWindow::add_stall_meter()
{
    auto* meter = MeteredApplication::running_meter();
    if (meter == nullptr) return;
    auto* overlay = new StallOverlay(*meter, this);
    auto* action = new QAction(tr("Stall meter"), this);
    action->setObjectName(QStringLiteral("view.stall_meter"));
    action->setCheckable(true);
    addAction(action);
    connect(action, &QAction::toggled, overlay, &QWidget::setVisible);
}

}  // namespace kinora::ui
