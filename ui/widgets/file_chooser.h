#pragma once

#include <QFileDialog>

namespace kinora::ui {

/// The dialog that asks for files or for a folder; opened with `open()`, it deletes itself when it is done. Without a meta
/// object of its own: Qt shows the desktop's dialog for its own class only.
///
/// Not by the attribute WA_DeleteOnClose: Qt's own dialog runs its menus and questions in loops of their own and keeps them
/// on the stack as children. A dialog that is turned away meanwhile (its window goes, the desktop takes it back) closes them
/// first and goes when their loops have ended.
class FileChooser : public QFileDialog {
public:
    FileChooser(QWidget* parent, const QString& title, const QString& folder = {}, const QString& filter = {});

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void leave();

    int level_;  ///< the least depth of event loops since it was made: deeper, a loop of its own runs
    bool leaving_ = false;
};

}  // namespace kinora::ui
