#include "ui/project/recent_menu.h"

#include <QAction>
#include <algorithm>

#include "core/base/paths.h"
#include "ui/session/studio_session.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace kinora::ui {
namespace {

QString text_of(const std::filesystem::path& path)
{
    return QString::fromStdString(core::path_to_utf8(path));
}

}  // namespace

RecentMenu::RecentMenu(StudioSession& session, QWidget* parent) : QMenu(tr("Open recent"), parent), session_(session)
{
    setToolTipsVisible(true);
    connect(this, &QMenu::aboutToShow, this, &RecentMenu::look);
    connect(&session_, &StudioSession::project_opened, this, &RecentMenu::look);
    fill();
}

void RecentMenu::look()
{
    const auto work = [folders = session_.recent_projects()] {
        std::set<std::filesystem::path> missing;
        std::error_code error;
        for (const auto& folder : folders)
            if (!std::filesystem::exists(folder / "project.json", error)) missing.insert(folder);
        return missing;
    };
    background_.run(this, work, [this](std::set<std::filesystem::path> missing) {
        missing_ = std::move(missing);
        fill();
        Q_EMIT looked();
    });
}

void RecentMenu::fill()
{
    clear();
    const auto folders = session_.recent_projects();
    for (const auto& folder : folders) {
        if (folder == session_.folder()) continue;
        // Two of the same name are told apart by where they lie.
        const bool twice = std::count_if(folders.begin(), folders.end(),
                                         [&](const auto& other) { return other.filename() == folder.filename(); }) > 1;
        QString name = text_of(folder.filename());
        if (twice) name = tr("%1 – in %2").arg(name, text_of(folder.parent_path()));
        const bool missing = missing_.contains(folder);
        QAction* action = addAction(missing ? tr("%1 – not found").arg(name) : name);
        action->setToolTip(text_of(folder));
        action->setEnabled(!missing);
        connect(action, &QAction::triggered, this, [this, folder] { session_.open_project(folder); });
    }
    if (isEmpty()) addAction(tr("No other project yet"))->setEnabled(false);
    if (missing_.empty()) return;
    addSeparator();
    // Queued: the menu must not lose the entry that it is just about to leave.
    connect(
        addAction(tr("Forget those that weren't found")), &QAction::triggered, this,
        [this] {
            session_.forget_recent({missing_.begin(), missing_.end()});
            missing_.clear();
            fill();
        },
        Qt::QueuedConnection);
}

}  // namespace kinora::ui
