#pragma once

#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/project/project.h"

namespace kinora::ui {

/// What is chosen on the storyboard: any number of things (shots, sounds, markers, transitions, by their ids) and one shot
/// that the panels show, the current one. The current shot stays when something else is chosen, so that the panels never
/// fall empty; it is then not among the chosen.
class StoryboardSelection {
public:
    [[nodiscard]] bool contains(const std::string& id) const { return ids_.contains(id); }
    [[nodiscard]] bool empty() const { return ids_.empty(); }
    [[nodiscard]] std::size_t size() const { return ids_.size(); }
    [[nodiscard]] const std::string& current() const { return current_; }

    /// Chosen shots in the order of the film.
    [[nodiscard]] std::vector<std::string> shots(const core::Project& project) const;

    void clear() { ids_.clear(); }
    /// Everything, also the current shot.
    void reset();
    /// The current shot, and only that is chosen.
    void choose_shot(const std::string& id);
    /// Another current shot; what is chosen stays.
    void set_current(const std::string& id) { current_ = id; }
    /// These and no others.
    void choose(const std::vector<std::string>& ids);
    void add(const std::string& id) { ids_.insert(id); }
    void toggle(const std::string& id);
    /// Where a Shift click begins to count; the shot that was clicked last.
    [[nodiscard]] const std::string& anchor() const { return anchor_; }
    void set_anchor(const std::string& id) { anchor_ = id; }
    /// Forgets what is gone.
    void keep(const std::function<bool(const std::string& id)>& exists);

private:
    std::unordered_set<std::string> ids_;
    std::string current_;
    std::string anchor_;
};

}  // namespace kinora::ui
