#include "ui/window/project_commands.h"

#include <QAction>
#include <algorithm>
#include <utility>

#include "core/base/paths.h"
#include "ui/project/clean_up_sheet.h"
#include "ui/project/disk_cleaner.h"
#include "ui/project/media_finder.h"
#include "ui/project/project_rescuer.h"
#include "ui/project/project_sheets.h"
#include "ui/project/project_strip.h"
#include "ui/project/relink_sheet.h"
#include "ui/project/rescue_sheets.h"
#include "ui/session/studio_session.h"
#include "ui/widgets/file_chooser.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/words.h"
#include "ui/window/window_actions.h"

namespace kinora::ui {
namespace {

QString text_of(const std::filesystem::path& path)
{
    return QString::fromStdString(core::path_to_utf8(path));
}

Notice notice_of(Tone tone, const QString& text)
{
    Notice notice;
    notice.tone = tone;
    notice.text = text;
    return notice;
}

Notice notice_of(Tone tone, const QString& text, const QString& action, std::function<void()> act)
{
    Notice notice = notice_of(tone, text);
    notice.action = action;
    notice.on_action = std::move(act);
    return notice;
}

}  // namespace

ProjectCommands::ProjectCommands(StudioSession& session, Parts parts, QWidget* window)
    : QObject(window),
      session_(session),
      parts_(std::move(parts)),
      window_(window),
      finder_(new MediaFinder(session, this)),
      cleaner_(new DiskCleaner(session, this)),
      rescuer_(new ProjectRescuer(session, this))
{
    connect_actions();
    connect_finder();
    connect_rescue();
    connect(&parts_.strip, &ProjectStrip::copy_requested, parts_.actions["project.save-as"], &QAction::trigger);
    connect(&session_, &StudioSession::project_opened, this, &ProjectCommands::project_opened);
    connect(&session_, &StudioSession::project_changed, this, &ProjectCommands::update_state);
    connect(&session_.keeper(), &ProjectKeeper::state_changed, this, &ProjectCommands::update_state);
    connect(&session_.keeper(), &ProjectKeeper::copied, this, [this](const std::filesystem::path& folder) {
        tell(notice_of(Tone::good, tr("Duplicated as %1").arg(text_of(folder.filename())), tr("Open"),
                       [this, folder] { session_.open_project(folder); }));
    });
    connect(&session_.keeper(), &ProjectKeeper::copy_progressed, this,
            [this](double fraction) { parts_.message.update_progress(tr("Copying the project…"), fraction); });
    connect(&session_.keeper(), &ProjectKeeper::copy_stopped, &parts_.message, &MessageBar::dismiss);
    connect(&session_.keeper(), &ProjectKeeper::moved, this, [this] {
        tell(notice_of(Tone::good,
                       tr("This is %1 now; the project before stays as it was.").arg(text_of(session_.folder()))));
    });
    if (session_.keeper().store()) project_opened();
}

void ProjectCommands::connect_actions()
{
    const auto on = [this](const char* name, auto act) { connect(parts_.actions[name], &QAction::triggered, this, act); };
    on("project.new", [this] { new_sheet()->open_in(session_.places().projects); });
    on("project.open", [this] { choose_project(); });
    on("project.save", [this] { session_.keeper().save_now(); });
    on("project.save-as", [this] {
        const auto place = session_.folder().parent_path();
        const bool read_only = session_.keeper().state() == SaveState::read_only;
        const QString name = QString::fromStdString(session_.project().name);
        save_as_sheet()->open_with(tr("%1 copy").arg(name), read_only ? session_.places().projects : place);
    });
    on("project.duplicate", [this] {
        session_.keeper().duplicate(tr("%1 copy").arg(QString::fromStdString(session_.project().name)));
        tell_of_copy();
    });
    on("project.relink", [this] { relink_sheet()->open(); });
    on("project.collect", [this] { collect(); });
    on("project.clean-up", [this] { clean_up_sheet()->open(); });
    on("project.lost-takes", [this] { lost_takes_sheet()->open(); });
    on("project.backups", [this] { backups_sheet()->open(); });
    on("project.reveal", [this] { parts_.reveal(text_of(session_.folder())); });
}

void ProjectCommands::connect_finder()
{
    const auto failed = [this](const QString& reason) { tell(notice_of(Tone::bad, reason)); };
    connect(finder_, &MediaFinder::failed, this, failed);
    connect(cleaner_, &DiskCleaner::failed, this, failed);
    connect(rescuer_, &ProjectRescuer::failed, this, failed);
    connect(finder_, &MediaFinder::relinked, this, [this](int files) {
        tell(
            notice_of(Tone::good, files == 1 ? tr("One file is found again.") : tr("%1 files are found again.").arg(files)));
    });
    connect(finder_, &MediaFinder::collect_progressed, this,
            [this](double fraction) { parts_.message.update_progress(tr("Collecting files…"), fraction); });
    connect(finder_, &MediaFinder::collected, this, [this](int files, const QStringList& problems) {
        if (!problems.isEmpty())
            return tell(notice_of(Tone::warn, tr("%1 collected; %2").arg(files).arg(problems.first()), tr("Relink…"),
                                  [this] { relink_sheet()->open(); }));
        tell(notice_of(Tone::good, files == 0   ? tr("Every file is in the project's folder.")
                                   : files == 1 ? tr("One file was collected into the project's folder.")
                                                : tr("%1 files were collected into the project's folder.").arg(files)));
    });
    connect(cleaner_, &DiskCleaner::cleaned, this, [this](int items, std::uint64_t bytes) {
        const QString size = size_words(static_cast<std::int64_t>(bytes));
        tell(notice_of(Tone::good, items == 1 ? tr("One item removed, %1 freed.").arg(size)
                                              : tr("%1 items removed, %2 freed.").arg(items).arg(size)));
    });
}

void ProjectCommands::connect_rescue()
{
    connect(rescuer_, &ProjectRescuer::looked, this, [this] {
        if (std::exchange(first_look_, false)) offer_rescue();
    });
    connect(rescuer_, &ProjectRescuer::brought_back, this, [this](int takes) {
        tell(notice_of(Tone::good, takes == 1 ? tr("One take is back in its shot.") : tr("%1 takes are back.").arg(takes),
                       tr("Undo"), [this] {
                           session_.undo();
                           parts_.message.dismiss();
                       }));
    });
    connect(rescuer_, &ProjectRescuer::restored, this, [this](const QString& when) {
        tell(notice_of(Tone::good, tr("The project is as it was %1.").arg(when), tr("Undo"), [this] {
            session_.undo();
            parts_.message.dismiss();
        }));
    });
}

void ProjectCommands::project_opened()
{
    opened_revision_ = session_.document().revision();
    first_look_ = true;
    update_state();
    rescuer_->look();
}

void ProjectCommands::offer_rescue()
{
    const auto& takes = rescuer_->lost_takes();
    const bool lost = std::any_of(takes.begin(), takes.end(), [](const core::Take& take) { return !take.clip.empty(); });
    if (const auto& newer = rescuer_->newer()) {
        return tell(notice_of(Tone::warn,
                              tr("Kinora stopped while it saved: a backup holds later changes than the project."),
                              tr("Take them over"), [this, backup = *newer] { rescuer_->restore(backup); }));
    }
    if (rescuer_->interrupted() && lost) {
        return tell(notice_of(Tone::warn,
                              tr("Kinora wasn't closed the last time, and takes were rendered that no shot lists."),
                              tr("Show them"), [this] { lost_takes_sheet()->open(); }));
    }
    // Only when the bar is free: what is missing is also said where it is missing.
    connect(
        finder_, &MediaFinder::looked, this,
        [this](int missing) {
            if (missing == 0 || parts_.message.isVisible()) return;
            tell(notice_of(Tone::warn,
                           missing == 1 ? tr("A file of this project is missing.")
                                        : tr("%1 files of this project are missing.").arg(missing),
                           tr("Relink…"), [this] { relink_sheet()->open(); }));
        },
        Qt::SingleShotConnection);
    finder_->look();
}

void ProjectCommands::update_state()
{
    const auto& keeper = session_.keeper();
    const bool read_only = keeper.state() == SaveState::read_only;
    const bool changed = session_.document().revision() != opened_revision_;
    parts_.strip.show_read_only(read_only ? keeper.reason() : QString(), changed);
    for (const char* name : {"project.save", "project.collect", "project.relink"})
        parts_.actions[name]->setEnabled(session_.keeper().store() && !read_only);
    if (clean_up_sheet_) clean_up_sheet_->set_read_only(read_only ? keeper.reason() : QString());
}

void ProjectCommands::choose_project()
{
    auto* dialog = new FileChooser(window_, tr("Open a project"), text_of(session_.folder().parent_path()));
    dialog->setFileMode(FileChooser::Directory);
    dialog->setOption(FileChooser::ShowDirsOnly);
    connect(dialog, &FileChooser::fileSelected, this,
            [this](const QString& folder) { session_.open_project(core::path_from_utf8(folder.toStdString())); });
    dialog->open();
}

void ProjectCommands::collect()
{
    Notice notice = notice_of(Tone::working, tr("Collecting files…"), tr("Stop"), [this] { finder_->stop(); });
    notice.fraction = 0;
    tell(std::move(notice));
    finder_->collect();
}

void ProjectCommands::tell_of_copy()
{
    Notice notice =
        notice_of(Tone::working, tr("Copying the project…"), tr("Stop"), [this] { session_.keeper().stop_copy(); });
    notice.fraction = 0;
    tell(std::move(notice));
}

void ProjectCommands::tell(Notice notice)
{
    parts_.message.show_notice(std::move(notice));
}

NewProjectSheet* ProjectCommands::new_sheet()
{
    if (new_sheet_ == nullptr) {
        new_sheet_ = new NewProjectSheet(window_);
        connect(new_sheet_, &NewProjectSheet::make_requested, this,
                [this](const core::NewProject& options) { session_.new_project(options); });
    }
    return new_sheet_;
}

SaveAsSheet* ProjectCommands::save_as_sheet()
{
    if (save_as_sheet_ == nullptr) {
        save_as_sheet_ = new SaveAsSheet(window_);
        connect(save_as_sheet_, &SaveAsSheet::save_requested, this,
                [this](const std::filesystem::path& parent, const QString& name) {
                    tell_of_copy();
                    session_.keeper().save_as(parent, name);
                });
    }
    return save_as_sheet_;
}

RelinkSheet* ProjectCommands::relink_sheet()
{
    if (relink_sheet_ == nullptr) relink_sheet_ = new RelinkSheet(*finder_, window_);
    return relink_sheet_;
}

CleanUpSheet* ProjectCommands::clean_up_sheet()
{
    if (clean_up_sheet_ == nullptr) {
        clean_up_sheet_ = new CleanUpSheet(*cleaner_, window_);
        update_state();
    }
    return clean_up_sheet_;
}

LostTakesSheet* ProjectCommands::lost_takes_sheet()
{
    if (lost_takes_sheet_ == nullptr) lost_takes_sheet_ = new LostTakesSheet(*rescuer_, window_);
    return lost_takes_sheet_;
}

BackupsSheet* ProjectCommands::backups_sheet()
{
    if (backups_sheet_ == nullptr) backups_sheet_ = new BackupsSheet(*rescuer_, window_);
    return backups_sheet_;
}

}  // namespace kinora::ui
