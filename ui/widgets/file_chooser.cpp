#include "ui/widgets/file_chooser.h"

#include <QApplication>
#include <QThread>
#include <QTimer>
#include <algorithm>
#include <utility>

namespace kinora::ui {

namespace {

constexpr int k_look_again = 10;  // milliseconds

int loop_level()
{
    return QThread::currentThread()->loopLevel();
}

}  // namespace

FileChooser::FileChooser(QWidget* parent, const QString& title, const QString& folder, const QString& filter)
    : QFileDialog(parent, title, folder, filter), level_(loop_level())
{
    qApp->installEventFilter(this);
    connect(this, &QDialog::finished, this, [this] {
        if (!std::exchange(leaving_, true)) leave();
    });
}

bool FileChooser::eventFilter(QObject* watched, QEvent* event)
{
    // Whatever opens a menu is an event first. The loop that the dialog was made in may have ended since.
    level_ = std::min(level_, loop_level());
    return QFileDialog::eventFilter(watched, event);
}

void FileChooser::leave()
{
    if (loop_level() <= level_) return deleteLater();
    for (auto* child : findChildren<QWidget*>())
        if (child->isWindow() && child->isVisible()) child->close();
    QTimer::singleShot(k_look_again, this, [this] { leave(); });
}

}  // namespace kinora::ui
