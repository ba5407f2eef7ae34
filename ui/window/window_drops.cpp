#include <QDragEnterEvent>
#include <QMimeData>
#include <QUrl>

#include "ui/window/main_window.h"
#include "ui/window/take_binding.h"

// Files that are dropped on the window beside the places that take them themselves.

namespace kinora::ui {

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile() && TakeBinding::may_restore(urls.first().toLocalFile()))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.size() != 1 || !urls.first().isLocalFile()) return;
    event->acceptProposedAction();
    take_binding_->restore(urls.first().toLocalFile());
}

}  // namespace kinora::ui
