#pragma once

#include <QString>
#include <QWidget>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/project/document.h"
#include "ui/player/thumbnail_store.h"
#include "ui/storyboard/storyboard_geometry.h"

class QAction;

namespace kinora::ui {

class StoryboardActions;
class StoryboardBar;
class StoryboardCommands;
class StoryboardView;

/// The storyboard: its bar and the strip of shots and sounds, as timeline or as cards. Shows the project, turns gestures
/// into edits that it asks for, and changes nothing itself: the owner edits the document and calls `refresh`.
/// What can be done is in `StoryboardActions`, with keys that hold while the storyboard has the focus. Keys it doesn't know
/// go on to the window.
class StoryboardWidget : public QWidget {
    Q_OBJECT

public:
    explicit StoryboardWidget(QWidget* parent = nullptr);
    /// With thumbnails that the player shares.
    explicit StoryboardWidget(std::shared_ptr<ThumbnailStore> thumbnails, QWidget* parent = nullptr);

    /// Not owned, may be null; `folder` is the project's (takes are relative to it).
    void set_project(const core::Project* project, const QString& folder);
    /// After every change of the project.
    void refresh();
    void set_playhead(int project_frame);
    /// Makes a shot the current one.
    void select(const std::string& shot_id);
    /// Chooses these things, as after a paste.
    void choose(const std::vector<std::string>& ids);
    /// A job works on this shot; below 0 it waits in the queue. A null preview keeps the pictures of the take.
    void set_progress(const std::string& shot_id, double fraction, const QImage& preview);
    void clear_progress(const std::string& shot_id);
    void set_mode(StoryboardMode mode);
    void set_snapping(bool snapping);
    void zoom_to_fit();

    [[nodiscard]] std::string selected() const;
    [[nodiscard]] int playhead() const;
    [[nodiscard]] StoryboardMode mode() const;
    [[nodiscard]] bool snapping() const;
    [[nodiscard]] StoryboardView* view() const { return view_; }
    /// Verbs on takes, in the bar above the strip.
    void add_verbs(const std::vector<std::pair<QAction*, QString>>& verbs);
    [[nodiscard]] const StoryboardActions& actions() const { return *actions_; }

Q_SIGNALS:
    void shot_selected(const std::string& shot_id);
    /// Double click or Enter.
    void shot_activated(const std::string& shot_id);
    /// One step of the history under this name. To be answered at once: what the edit made is chosen afterwards.
    void edit_requested(const QString& name, const kinora::core::Document::Edit& edit);
    /// In frames of the shot's source. The last one of a drag is `finished`; Esc finishes with the range as it was.
    void trim_dragged(const std::string& shot_id, core::FrameRange range, bool finished);
    void shot_add_requested();
    void playhead_moved(int project_frame);
    /// I and O.
    void export_range_requested(core::FrameRange project_frames);
    void export_range_cleared();
    /// Kinora's clipboard text, to go before shot `index`, sounds to `frame`. `choose` shows what came of it.
    void paste_requested(const std::string& text, std::size_t index, std::int64_t frame);
    /// Files to bring in: pictures before shot `index`, sound onto a track at `frame`.
    void import_requested(const QStringList& files, std::size_t index, std::int64_t frame, std::size_t track);
    /// The artist wants to choose files.
    void import_dialog_requested();

private:
    void connect_view();
    void connect_actions();
    void update_actions();

    StoryboardActions* actions_ = nullptr;
    StoryboardBar* bar_ = nullptr;
    StoryboardView* view_ = nullptr;
    StoryboardCommands* commands_ = nullptr;
};

}  // namespace kinora::ui
