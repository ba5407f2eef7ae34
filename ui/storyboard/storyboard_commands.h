#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/project/document.h"

class QMimeData;

namespace kinora::ui {

class StoryboardActions;
class StoryboardView;

/// What the storyboard's actions do: each asks the view for one edit of what is chosen, or moves the playhead or the choice.
class StoryboardCommands : public QObject {
    Q_OBJECT

public:
    StoryboardCommands(StoryboardView& view, StoryboardActions& actions, QObject* parent);

    /// Which actions can be done now. After every change of the project or of what is chosen.
    void update_enabled();

    // storyboard_commands.cpp: shots
    void split();
    void duplicate();
    void remove(const QString& name);
    void lift();
    void trim_to_playhead(bool start);
    void slip(int frames);
    void move_chosen(int step);
    void insert_gap();
    /// At the cuts of what is chosen, or at the one nearest to the playhead.
    void set_transition(core::TransitionKind kind);
    /// On the cut in front of a shot; nothing happens where that is no more.
    void set_transition_before(const std::string& shot, core::TransitionKind kind);

    // clipboard_commands.cpp
    void cut();
    bool copy();
    void paste();
    /// What comes from the clipboard or from another window goes before shot `index`, sound to `frame`.
    void take_in(const QMimeData& data, std::size_t index, std::int64_t frame, std::size_t track);

    // sound_commands.cpp
    void add_track();
    // By the track's id: a menu may be open when the track goes, where nothing is done, or another comes in front of it.
    void remove_track(const std::string& track);
    void mute_track(const std::string& track);
    void set_track_gain(const std::string& track, float gain_db);
    void rename_track(const std::string& track, const QString& name);
    void mute_sounds();
    void fade_sounds(bool in);
    void set_gain(float gain_db);

    // navigation_commands.cpp
    void mark();
    void go_to_marker(bool next);
    void choose_neighbour(int step);
    void select_all();
    void mark_export_edge(bool first);

    [[nodiscard]] std::vector<std::string> chosen_sounds() const;

Q_SIGNALS:
    void export_range_requested(core::FrameRange project_frames);
    void export_range_cleared();
    void paste_requested(const std::string& text, std::size_t index, std::int64_t frame);
    void import_requested(const QStringList& files, std::size_t index, std::int64_t frame, std::size_t track);

private:
    using Made = std::shared_ptr<std::vector<std::string>>;
    void connect_actions();
    void connect_navigation();
    [[nodiscard]] std::vector<std::string> chosen_shots() const;
    [[nodiscard]] std::vector<std::string> cuts() const;
    [[nodiscard]] std::size_t paste_index() const;
    [[nodiscard]] bool has_track(const std::string& track) const;
    /// The same edit for every chosen sound; one step.
    void edit_sounds(const QString& name, const std::function<core::Result<void>(core::Project&, const std::string&)>& edit);

    StoryboardView& view_;
    StoryboardActions& actions_;
};

}  // namespace kinora::ui
