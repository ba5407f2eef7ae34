#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/project/history.h"
#include "core/project/project.h"

namespace kinora::core {

/// What a change touched; views update only that. Found by comparing the document before and after.
struct ChangeEvent {
    bool order = false;              ///< shots were inserted, removed or moved
    std::vector<std::string> shots;  ///< ids of shots that are new or whose content changed
    bool sound = false;              ///< tracks or clips on them
    bool assets = false;             ///< files were added, removed or found again
    bool markers = false;
    bool settings = false;    ///< name, rate, size or project settings
    bool everything = false;  ///< another document was loaded
};

/// The open document: a project, its history, and one change signal. Every edit goes through here, so that it can be undone.
/// Not thread-safe: it lives on the UI thread. Copies of `project()` can go to other threads.
class Document {
public:
    using Edit = std::function<Result<void>(Project&)>;
    using Listener = std::function<void(const ChangeEvent&)>;

    explicit Document(Project project = {});

    [[nodiscard]] const Project& project() const { return project_; }
    [[nodiscard]] const History& history() const { return history_; }
    /// Rises with every change; what `saved()` was last told tells whether there is something to save.
    [[nodiscard]] std::uint64_t revision() const { return revision_; }

    /// Runs an edit as one named, undoable step ("Trim shot"). An edit that fails, or changes nothing, leaves no step; its
    /// error is handed on. Steps with the same non-empty `merge_key` directly after each other become one (typing in one
    /// field); an undo, another edit or `end_merging` ends that.
    Result<void> edit(std::string name, const Edit& edit, std::string_view merge_key = {});
    void end_merging();

    /// A drag: edits between `begin_gesture` and `end_gesture` are one step, each starting from the document as it was when
    /// the gesture began (so a drag back and forth leaves no trace). `cancel_gesture` (Esc) restores that document.
    void begin_gesture(std::string name);
    Result<void> update_gesture(const Edit& edit);
    void end_gesture();
    void cancel_gesture();
    [[nodiscard]] bool in_gesture() const { return in_gesture_; }

    /// False if there is nothing to undo or redo, or a gesture is going on.
    bool undo();
    bool redo();
    /// Goes to a step of the history panel: 0 is the document as opened, `history().size()` the newest.
    bool go_to(std::size_t position);

    /// A change that isn't the artist's and so isn't undone: a take that a job finished, a file found again. It is made in
    /// every step of the history where the shot exists, so that no undo loses it. False if the shot is in none of them.
    bool update_shot_everywhere(std::string_view shot_id, const std::function<void(Shot&)>& change);

    /// The same for an asset: a file found again or gathered.
    bool update_asset_everywhere(std::string_view asset_id, const std::function<void(Asset&)>& change);

    /// Another id and name in every version of the history: the project was saved as another and its steps stay.
    void become(const std::string& id, const std::string& name);

    /// Replaces document and history, for opening another project.
    void load(Project project);

    /// Called after every change, on the thread that made it. Returns a handle for `remove_listener`.
    int add_listener(Listener listener);
    void remove_listener(int handle);

private:
    void commit(Project next);
    void notify(const ChangeEvent& event);

    Project project_;
    Project gesture_start_;
    std::string gesture_name_;
    std::string merge_key_;
    History history_;
    std::vector<std::pair<int, Listener>> listeners_;
    std::uint64_t revision_ = 0;
    int next_handle_ = 1;
    bool in_gesture_ = false;
};

/// What differs between two versions of a document. Shots that are the same object aren't looked into.
[[nodiscard]] ChangeEvent difference(const Project& before, const Project& after);

}  // namespace kinora::core
