#include <QApplication>
#include <QClipboard>
#include <algorithm>

#include "ui/storyboard/storyboard_commands.h"
#include "ui/storyboard/storyboard_mime.h"
#include "ui/storyboard/storyboard_view.h"

// Cut, copy and paste, also between projects and from other programs.
namespace kinora::ui {

bool StoryboardCommands::copy()
{
    auto data = storyboard_mime(*view_.project(), view_.folder(), chosen_shots(), chosen_sounds());
    if (!data) return false;
    QApplication::clipboard()->setMimeData(data->release());
    return true;
}

void StoryboardCommands::cut()
{
    if (copy()) remove(tr("Cut"));
}

std::size_t StoryboardCommands::paste_index() const
{
    const auto shots = chosen_shots();
    const std::string last = shots.empty() ? view_.selected() : shots.back();
    const auto index = view_.index_of(last);
    return index ? *index + 1 : view_.project()->shots.size();
}

void StoryboardCommands::paste()
{
    const QMimeData* data = QApplication::clipboard()->mimeData();
    if (data != nullptr && view_.project()) take_in(*data, paste_index(), view_.playhead(), 0);
}

void StoryboardCommands::take_in(const QMimeData& data, std::size_t index, std::int64_t frame, std::size_t track)
{
    const std::string text = storyboard_text(&data);
    if (!text.empty()) return Q_EMIT paste_requested(text, index, frame);
    const QStringList files = files_of(&data);
    if (!files.isEmpty()) Q_EMIT import_requested(files, index, frame, track);
}

}  // namespace kinora::ui
