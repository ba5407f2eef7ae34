#include "ui/widgets/file_chooser.h"

#include <QMenu>

namespace kinora::ui {

FileChooser::FileChooser(QWidget* parent, const QString& title, const QString& folder, const QString& filter)
    : QFileDialog(parent, title, folder, filter)
{
    connect(this, &QDialog::finished, this, &FileChooser::leave);
}

void FileChooser::leave()
{
    for (auto* menu : findChildren<QMenu*>()) {
        if (!menu->isVisible()) continue;
        connect(menu, &QObject::destroyed, this, &QObject::deleteLater);
        menu->close();
        return;
    }
    deleteLater();
}

}  // namespace kinora::ui
