#include "ui/storyboard/storyboard_mime.h"

#include <QFileInfo>
#include <QUrl>

#include "core/base/paths.h"
#include "core/storyboard/clipboard.h"
#include "core/storyboard/sound_edits.h"
#include "ui/storyboard/storyboard_scene.h"

namespace kinora::ui {

core::Result<std::unique_ptr<QMimeData>> storyboard_mime(const core::Project& project, const QString& folder,
                                                         const std::vector<std::string>& shots,
                                                         const std::vector<std::string>& sounds)
{
    const auto text = core::copy_to_text(project, core::path_from_utf8(folder.toStdString()), shots, sounds);
    if (!text) return text.error();
    auto data = std::make_unique<QMimeData>();
    data->setData(QLatin1String(k_storyboard_mime), QByteArray::fromStdString(*text));
    QList<QUrl> files;
    QStringList prompts;
    for (const std::string& id : shots) {
        const auto index = core::find_shot(project, id);
        if (!index) continue;
        const core::Shot& shot = *project.shots[*index];
        const QString path = clip_path(project, folder, shot);
        if (!path.isEmpty() && QFileInfo::exists(path)) files.append(QUrl::fromLocalFile(path));
        if (!shot.prompt.empty()) prompts.append(QString::fromStdString(shot.prompt));
    }
    for (const std::string& id : sounds) {
        const auto place = core::find_sound_clip(project, id);
        if (!place) continue;
        const QString path = asset_path(project, folder, project.sound_tracks[place->track]->clips[place->clip].asset);
        if (!path.isEmpty() && QFileInfo::exists(path)) files.append(QUrl::fromLocalFile(path));
    }
    if (!files.isEmpty()) data->setUrls(files);
    if (!prompts.isEmpty()) data->setText(prompts.join(QStringLiteral("\n\n")));
    return data;
}

std::string storyboard_text(const QMimeData* data)
{
    const QString type = QLatin1String(k_storyboard_mime);
    return data != nullptr && data->hasFormat(type) ? data->data(type).toStdString() : std::string();
}

QStringList files_of(const QMimeData* data)
{
    QStringList files;
    if (data == nullptr || !data->hasUrls()) return files;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile()) files.append(url.toLocalFile());
    }
    return files;
}

}  // namespace kinora::ui
