#pragma once

#include <QWidget>
#include <memory>
#include <string>

#include "core/project/project.h"
#include "ui/player/thumbnail_store.h"
#include "ui/storyboard/storyboard_geometry.h"

namespace kinora::ui {

class StoryboardBar;
class StoryboardView;

/// The storyboard: its bar and the strip of shots, as timeline or as cards. Shows the project, turns gestures into signals
/// and changes nothing itself: the owner edits the document and calls `refresh`.
///
/// Keys while it has the focus: Delete, S or Ctrl+K split, Ctrl+D duplicate, ←/→ a frame, Shift+←/→ a second, ↑/↓ edit
/// points, Home/End, PageUp/PageDown choose a shot, Alt+←/→ move it, N snapping, +/− zoom, Shift+Z show all, I/O export
/// range, Enter opens the shot, Esc gives a drag back. Keys it doesn't know go on to the window.
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
    void select(const std::string& shot_id);
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

Q_SIGNALS:
    void shot_selected(const std::string& shot_id);
    /// Double click or Enter.
    void shot_activated(const std::string& shot_id);
    /// `new_index` counts places before the move (0 … number of shots), as `core::move_shots` does.
    void shot_moved(const std::string& shot_id, int new_index);
    /// In frames of the shot's source. The last one of a drag is `finished`; Esc finishes with the range as it was.
    void trim_dragged(const std::string& shot_id, core::FrameRange range, bool finished);
    void shot_add_requested();
    void shot_delete_requested(const std::string& shot_id);
    void shot_duplicate_requested(const std::string& shot_id);
    /// At the playhead, which stands on this frame of the shot's source.
    void split_requested(const std::string& shot_id, int source_frame);
    void playhead_moved(int project_frame);
    /// I and O.
    void export_range_requested(core::FrameRange project_frames);

private:
    void connect_parts();
    void update_verbs();

    const core::Project* project_ = nullptr;
    StoryboardBar* bar_ = nullptr;
    StoryboardView* view_ = nullptr;
};

}  // namespace kinora::ui
