#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/project/autosave.h"
#include "core/project/document.h"
#include "core/project/project_store.h"
#include "ui/session/background.h"
#include "ui/session/project_shelf.h"

namespace kinora::ui {

enum class SaveState { none, saved, unsaved, saving, failed, read_only };

/// Opens, makes and saves projects, always on a thread of its own, in order. Lives on the UI thread.
class ProjectKeeper : public QObject {
    Q_OBJECT
public:
    ProjectKeeper(core::Document& document, std::shared_ptr<ProjectShelf> shelf, QObject* parent = nullptr);
    /// Writes what isn't saved yet and waits for it.
    ~ProjectKeeper() override;

    void open(const std::filesystem::path& folder);
    /// Makes a project with one empty shot in a free folder below `parent`.
    void create(const std::filesystem::path& parent, const core::NewProject& options);
    /// Copies the open project as it is now, saved or not, to a free folder of that name below `parent`, and goes on in the
    /// copy with the whole history. A read-only project becomes one that can be written that way.
    void save_as(const std::filesystem::path& parent, const QString& name);
    /// Copies the open project to a free folder beside it and stays where it is; `copied` tells.
    void duplicate(const QString& name);
    /// Ends the copy that is being made, and nothing is left of it; `copy_stopped` tells.
    void stop_copy();
    /// Copies the project in `from` to a free folder below `parent` and opens the copy.
    void open_copy(const std::filesystem::path& from, const std::filesystem::path& parent);
    /// Opens the first of these that works; makes a new one below `parent` if none does.
    void open_first_of(std::vector<std::filesystem::path> folders, const std::filesystem::path& sample,
                       const std::filesystem::path& parent);
    /// Adds a take to a shot of a project that isn't open.
    void add_take_to_closed(const std::filesystem::path& folder, const std::string& shot, const core::Take& take);

    /// Null until a project is open.
    [[nodiscard]] std::shared_ptr<core::ProjectStore> store() const { return store_; }
    [[nodiscard]] SaveState state() const { return state_; }
    /// Why saving failed or isn't possible.
    [[nodiscard]] const QString& reason() const { return reason_; }
    /// When what isn't saved yet will be written by itself; nothing if there is nothing, or a save runs.
    [[nodiscard]] std::optional<core::AutosavePolicy::Clock::time_point> save_due() const { return autosave_.next_due(); }
    /// Writes now what isn't saved yet; returns at once.
    void save_now();
    /// How soon after a change it is saved; from the next change on.
    void set_autosave(core::AutosavePolicy::Options options);
    /// Disk work of the project for other parts of the session, in order with opening and saving.
    [[nodiscard]] Background& disk() { return disk_; }

Q_SIGNALS:
    /// Another project was loaded into the document.
    void project_opened();
    void open_failed(const QString& reason);
    /// The open project goes on in another folder, under another name.
    void moved();
    void copied(const std::filesystem::path& folder);
    /// Of `save_as` and `duplicate`, 0…1.
    void copy_progressed(double fraction);
    void copy_stopped();
    /// A take that a job made for a project that wasn't open then, and is now.
    void take_missed(const QString& shot, const kinora::core::Take& take);
    void state_changed();

private:
    using Opened = std::shared_ptr<ProjectShelf::Opened>;
    void open_with(std::function<core::Result<Opened>()> work);
    void load(const Opened& opened);
    void move_to(const Opened& opened);
    void document_changed();
    void arm_timer();
    void start_save();
    /// For the disk's thread: told how far the copy is.
    [[nodiscard]] std::function<void(double)> copy_watch();
    void copy_failed(const core::Error& error);
    void set_state(SaveState state, const QString& reason = {});

    core::Document& document_;
    std::shared_ptr<ProjectShelf> shelf_;
    int listener_;
    core::AutosavePolicy::Options autosave_options_;
    core::AutosavePolicy autosave_;
    QTimer timer_;
    std::shared_ptr<core::ProjectStore> store_;
    SaveState state_ = SaveState::none;
    QString reason_;
    bool loading_ = false;
    std::stop_source copying_;
    Background disk_;
};

}  // namespace kinora::ui
