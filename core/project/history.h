#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/project/project.h"

namespace kinora::core {

/// Undo and redo as a row of versions of the project with the names of the steps between them. Versions share all shots that
/// didn't change, so a step in a project of 2,000 shots costs about 32 kB. Used through `Document`.
///
///     version 0 ── "Trim shot" ── version 1 ── "Delete shot" ── version 2
///                                     ^ position 1: undo → 0, redo → 2
class History {
public:
    using Time = std::chrono::sys_time<std::chrono::milliseconds>;

    explicit History(Project start = {}, std::size_t limit = 2000);

    /// A new step to `next` after the current position; steps that could be redone are dropped. Beyond `limit` steps the
    /// oldest go.
    void push(std::string name, const Project& next);
    /// Replaces the version at the current position (merging into the step before it).
    void replace_current(const Project& next);

    [[nodiscard]] bool can_undo() const { return position_ > 0; }
    [[nodiscard]] bool can_redo() const { return position_ + 1 < versions_.size(); }
    /// Name of the step that undo or redo would take: "Trim shot"; empty if none.
    [[nodiscard]] std::string_view undo_name() const;
    [[nodiscard]] std::string_view redo_name() const;

    /// Steps in all, and how many of them are done.
    [[nodiscard]] std::size_t size() const { return versions_.size() - 1; }
    [[nodiscard]] std::size_t position() const { return position_; }
    /// Name of step `index` (0 … size()-1).
    [[nodiscard]] const std::string& name(std::size_t index) const { return versions_[index + 1].name; }
    /// When the version at a position (0 … size()) was made; a step that others were merged into counts from its last one.
    [[nodiscard]] Time time(std::size_t position) const { return versions_[position].time; }

    /// Moves to a position (0 … size()) and gives the version there.
    const Project& go_to(std::size_t position);
    [[nodiscard]] const Project& current() const { return versions_[position_].project; }

    /// Calls `visit` with every version, oldest first.
    void for_each_version(const std::function<void(const Project&)>& visit) const;

    /// Changes a shot in every version; versions that shared the shot share the changed one. True if any version has it.
    bool update_shot(std::string_view shot_id, const std::function<void(Shot&)>& change);
    /// The same for an asset.
    bool update_asset(std::string_view asset_id, const std::function<void(Asset&)>& change);
    /// Changes every version, for what isn't a step: the project's id when it is saved as another.
    void update_all(const std::function<void(Project&)>& change);

private:
    struct Version {
        std::string name;  ///< of the step that led here; empty for the first
        Project project;
        Time time;
    };
    std::vector<Version> versions_;
    std::size_t position_ = 0;
    std::size_t limit_;
};

}  // namespace kinora::core
