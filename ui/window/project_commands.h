#pragma once

#include <QObject>
#include <filesystem>
#include <functional>

namespace kinora::ui {

class BackupsSheet;
class CleanUpSheet;
class DiskCleaner;
class LostTakesSheet;
class MediaFinder;
class MessageBar;
class NewProjectSheet;
class ProjectRescuer;
class ProjectStrip;
class RelinkSheet;
class SaveAsSheet;
class StudioSession;
class WindowActions;
struct Notice;

/// What the Project menu does: opens its sheets and tells by the message bar how things went. After a project is opened it
/// looks once what a crash left behind and which files are missing, and offers the way out in the bar.
class ProjectCommands : public QObject {
    Q_OBJECT
public:
    struct Parts {
        WindowActions& actions;
        MessageBar& message;
        ProjectStrip& strip;
        std::function<void(const QString& folder)> reveal;
    };
    ProjectCommands(StudioSession& session, Parts parts, QWidget* window);

    [[nodiscard]] MediaFinder& finder() { return *finder_; }
    [[nodiscard]] DiskCleaner& cleaner() { return *cleaner_; }
    [[nodiscard]] ProjectRescuer& rescuer() { return *rescuer_; }
    // Sheets are made when they are asked for.
    [[nodiscard]] NewProjectSheet* new_sheet();
    [[nodiscard]] SaveAsSheet* save_as_sheet();
    [[nodiscard]] RelinkSheet* relink_sheet();
    [[nodiscard]] CleanUpSheet* clean_up_sheet();
    [[nodiscard]] LostTakesSheet* lost_takes_sheet();
    [[nodiscard]] BackupsSheet* backups_sheet();

private:
    void connect_actions();
    void connect_finder();
    void connect_rescue();
    void project_opened();
    void offer_rescue();
    void update_state();
    void choose_project();
    void collect();
    void tell_of_copy();
    void tell(Notice notice);

    StudioSession& session_;
    Parts parts_;
    QWidget* window_;
    MediaFinder* finder_;
    DiskCleaner* cleaner_;
    ProjectRescuer* rescuer_;
    NewProjectSheet* new_sheet_ = nullptr;
    SaveAsSheet* save_as_sheet_ = nullptr;
    RelinkSheet* relink_sheet_ = nullptr;
    CleanUpSheet* clean_up_sheet_ = nullptr;
    LostTakesSheet* lost_takes_sheet_ = nullptr;
    BackupsSheet* backups_sheet_ = nullptr;
    std::uint64_t opened_revision_ = 0;  ///< of the document when it was opened, to know whether it was changed since
    bool first_look_ = false;            ///< the project was opened just now: what is found is offered
};

}  // namespace kinora::ui
