#include "ui/storyboard/storyboard_scene.h"

#include <QCoreApplication>
#include <QDir>

namespace kinora::ui {

QString clip_path(const core::Project& project, const QString& folder, const core::Shot& shot)
{
    const core::Take* take = core::selected_take(shot);
    if (take == nullptr) return {};
    const std::string& file = core::clip_file(project, *take);
    return file.empty() ? QString() : QDir(folder).filePath(QString::fromStdString(file));
}

QString asset_path(const core::Project& project, const QString& folder, const std::string& asset_id)
{
    const core::Asset* asset = core::find_asset(project, asset_id);
    return asset == nullptr ? QString() : QDir(folder).filePath(QString::fromStdString(asset->file));
}

std::string transition_id(const std::string& shot_id)
{
    return "transition " + shot_id;
}

QString shot_title(const core::Shot& shot, std::size_t index)
{
    if (shot.kind == core::ShotKind::gap) return QCoreApplication::translate("kinora::ui::StoryboardText", "Gap");
    QString words = QString::fromStdString(shot.name.empty() ? shot.prompt : shot.name).simplified();
    if (words.isEmpty()) words = QCoreApplication::translate("kinora::ui::StoryboardText", "No prompt yet");
    return QStringLiteral("%1 · %2").arg(index + 1).arg(words);
}

}  // namespace kinora::ui
