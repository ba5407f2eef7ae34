#pragma once

#include <QFileDialog>

namespace kinora::ui {

/// The dialog that asks for files or for a folder; opened with `open()`, it deletes itself when it is done. Not by the
/// attribute WA_DeleteOnClose: the dialog's own menu lives on the stack as its child, and a dialog that is turned away
/// while that menu is open would delete it there.
class FileChooser : public QFileDialog {
    Q_OBJECT
public:
    FileChooser(QWidget* parent, const QString& title, const QString& folder = {}, const QString& filter = {});

private:
    void leave();
};

}  // namespace kinora::ui
