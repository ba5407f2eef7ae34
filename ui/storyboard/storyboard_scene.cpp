#include "ui/storyboard/storyboard_scene.h"

#include <QCoreApplication>
#include <QDir>

namespace kinora::ui {

QString clip_path(const QString& folder, const core::Shot& shot)
{
    const core::Take* take = core::selected_take(shot);
    if (take == nullptr || take->clip.empty()) return {};
    return QDir(folder).filePath(QString::fromStdString(take->clip));
}

QString shot_title(const core::Shot& shot, std::size_t index)
{
    QString words = QString::fromStdString(shot.name.empty() ? shot.prompt : shot.name).simplified();
    if (words.isEmpty()) words = QCoreApplication::translate("kinora::ui::StoryboardPainter", "No prompt yet");
    return QStringLiteral("%1 · %2").arg(index + 1).arg(words);
}

}  // namespace kinora::ui
