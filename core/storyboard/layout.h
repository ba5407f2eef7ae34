#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/project/project.h"

namespace kinora::core {

/// What is under the playhead.
struct FramePlace {
    std::size_t shot = 0;           ///< index into `Project::shots`
    std::int64_t source_frame = 0;  ///< of the selected take (or of what is planned)
    std::int64_t offset = 0;        ///< project frames since the shot's start
    friend bool operator==(const FramePlace&, const FramePlace&) = default;
};

/// Where every shot lies on the storyboard, in project frames. Shots lie end to end; each is as long as its range conformed
/// to the project's rate by repeating frames.
///
///     shots      |   0   |     1      | 2 |
///     starts     0       66          166  190 = total()
///
/// Made in one pass over the project, asked in O(log n). A value: stays as it was when the project changes.
class Layout {
public:
    explicit Layout(const Project& project);

    [[nodiscard]] std::size_t size() const { return starts_.size() - 1; }
    [[nodiscard]] std::int64_t total() const { return starts_.back(); }
    [[nodiscard]] std::int64_t start(std::size_t shot) const { return starts_[shot]; }
    [[nodiscard]] std::int64_t end(std::size_t shot) const { return starts_[shot + 1]; }
    [[nodiscard]] FrameRange range(std::size_t shot) const { return {start(shot), end(shot)}; }
    /// Nothing before 0 and from `total()` on.
    [[nodiscard]] std::optional<FramePlace> at(std::int64_t frame) const;
    /// The project frame at which a shot first shows a frame of its source, clamped to the shot.
    [[nodiscard]] std::int64_t project_frame(std::size_t shot, std::int64_t source_frame) const;
    /// Where a shot dropped at this frame would go: before the shot whose middle is right of it (0 … size()).
    [[nodiscard]] std::size_t insertion_index(std::int64_t frame) const;
    /// The edit point (start of a shot, or the end of the last) before or after a frame; 0 or `total()` at the ends.
    [[nodiscard]] std::int64_t previous_edit(std::int64_t frame) const;
    [[nodiscard]] std::int64_t next_edit(std::int64_t frame) const;

private:
    struct Source {
        std::int64_t first;
        std::int64_t end;
        FrameRate rate;
    };
    FrameRate rate_;
    std::vector<std::int64_t> starts_;  ///< one more than shots: the last is the total
    std::vector<Source> sources_;
};

/// Length of one shot in project frames.
[[nodiscard]] std::int64_t shot_length(const Project& project, const Shot& shot);

/// For single questions; views that ask often keep a `Layout`.
[[nodiscard]] std::optional<FramePlace> what_is_at(const Project& project, std::int64_t frame);
[[nodiscard]] std::int64_t total_duration(const Project& project);

}  // namespace kinora::core
