#pragma once

#include <QFileDialog>

namespace kinora::ui {

/// The dialog that asks for files or for a folder; opened with `open()`, it deletes itself when it is done. Without a meta
/// object of its own: Qt shows the desktop's dialog for its own class only.
class FileChooser : public QFileDialog {
public:
    FileChooser(QWidget* parent, const QString& title, const QString& folder = {}, const QString& filter = {})
        : QFileDialog(parent, title, folder, filter)
    {
        setAttribute(Qt::WA_DeleteOnClose);
    }
};

}  // namespace kinora::ui
