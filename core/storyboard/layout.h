#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/project/project.h"

namespace kinora::core {

/// What is under the playhead.
struct FramePlace {
    std::size_t shot = 0;           ///< index into `Project::shots`; in a dissolve the one that comes
    std::int64_t source_frame = 0;  ///< of the selected take (or of what is planned); 0 for a gap and a still picture
    std::int64_t offset = 0;        ///< project frames since the shot's start
    friend bool operator==(const FramePlace&, const FramePlace&) = default;
};

/// One picture of a mix.
struct MixLayer {
    std::size_t shot = 0;
    std::int64_t source_frame = 0;  ///< as in `FramePlace`
    float weight = 1;
    friend bool operator==(const MixLayer&, const MixLayer&) = default;
};

/// What is seen at a project frame: the sum of the layers' pictures by their weights, plus `white`, computed on display
/// values. What the weights leave open is black, so a gap has no layer.
struct FrameMix {
    std::array<MixLayer, 2> layers;
    int count = 0;  ///< layers in use; the one that goes comes first
    float white = 0;
    /// True if it is one picture as it is.
    [[nodiscard]] bool plain() const { return count == 1 && layers[0].weight == 1 && white == 0; }
    friend bool operator==(const FrameMix&, const FrameMix&) = default;
};

/// Where every shot lies on the storyboard, in project frames. Shots lie end to end, but for dissolves, which lay the head
/// of a shot over the tail of the one before; each is as long as its range conformed to the project's rate by repeating
/// frames.
///
///     shots      |   0   |     1      | 2 |
///     starts     0       66          166  190 = total()
///
/// A transition is as long as asked for where it fits: each shot keeps at least one frame that belongs to it alone, and at
/// its start more room is given than at its end. Made in one pass over the project, asked in O(log n). A value: stays as it
/// was when the project changes.
class Layout {
public:
    explicit Layout(const Project& project);

    [[nodiscard]] std::size_t size() const { return starts_.size(); }
    [[nodiscard]] std::int64_t total() const { return total_; }
    [[nodiscard]] std::int64_t start(std::size_t shot) const { return starts_[shot]; }
    [[nodiscard]] std::int64_t end(std::size_t shot) const { return starts_[shot] + sources_[shot].length; }
    [[nodiscard]] FrameRange range(std::size_t shot) const { return {start(shot), end(shot)}; }
    /// Nothing before 0 and from `total()` on.
    [[nodiscard]] std::optional<FramePlace> at(std::int64_t frame) const;
    /// What is seen at a frame; black outside.
    [[nodiscard]] FrameMix mix_at(std::int64_t frame) const;

    /// The transition at a shot's start as it is seen: its kind and how much of it fits; a cut for the first shot.
    [[nodiscard]] TransitionKind transition(std::size_t shot) const { return sources_[shot].transition; }
    [[nodiscard]] std::int64_t transition_frames(std::size_t shot) const { return sources_[shot].transition_frames; }
    /// The project frames it covers; for a cut empty, at the shot's start.
    [[nodiscard]] FrameRange transition_range(std::size_t shot) const;
    /// Frames at a shot's start and at its end that transitions take.
    [[nodiscard]] std::int64_t taken_at_start(std::size_t shot) const;
    [[nodiscard]] std::int64_t taken_at_end(std::size_t shot) const;

    /// The project frame at which a shot first shows a frame of its source, clamped to the shot.
    [[nodiscard]] std::int64_t project_frame(std::size_t shot, std::int64_t source_frame) const;
    /// The frame of a shot's range that is due `offset` project frames after its start; unlike `FramePlace::source_frame` it
    /// counts through gaps and still pictures too.
    [[nodiscard]] std::int64_t range_frame(std::size_t shot, std::int64_t offset) const;
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
        std::int64_t length;  ///< project frames
        std::int64_t transition_frames = 0;
        TransitionKind transition = TransitionKind::cut;
        bool still = false;  ///< shows frame 0 all the time
        bool gap = false;
    };
    void place(const Project& project, std::size_t shot);
    [[nodiscard]] MixLayer layer(std::size_t shot, std::int64_t frame, float weight) const;
    void add_layer(FrameMix& mix, std::size_t shot, std::int64_t frame, float weight) const;

    FrameRate rate_;
    std::int64_t total_ = 0;
    std::vector<std::int64_t> starts_;
    std::vector<Source> sources_;
};

/// Writes the length of a shot's transition as it is seen into the document, before an edit that would give it more room
/// and promises to move nothing. Indices beyond the end are passed over.
void settle_transition(Project& project, const Layout& layout, std::size_t shot);

/// Length of one shot in project frames.
[[nodiscard]] std::int64_t shot_length(const Project& project, const Shot& shot);

/// For single questions; views that ask often keep a `Layout`.
[[nodiscard]] std::optional<FramePlace> what_is_at(const Project& project, std::int64_t frame);
[[nodiscard]] std::int64_t total_duration(const Project& project);

}  // namespace kinora::core
