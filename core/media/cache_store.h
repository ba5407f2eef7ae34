#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "core/media/clip_reader.h"

namespace kinora::media {

/// The pictures in memory and which of them go first. No locks: its owner has one.
class CacheStore {
public:
    explicit CacheStore(std::size_t budget_bytes) : budget_(budget_bytes) {}

    struct Clip {
        std::optional<ClipInfo> info;
        std::vector<std::shared_ptr<const VideoFrame>> frames;  ///< by index, null where not in memory
        std::vector<bool> unreadable;                           ///< by index: decoding failed, don't try again
        std::size_t bytes = 0;
        int cached = 0;
        int playhead = 0;        ///< last frame asked for
        bool requested = false;  ///< by a player, not only preloaded
        std::uint64_t used = 0;
        std::uint64_t generation = 0;  ///< changes when the clip is forgotten: work begun before is void
    };

    [[nodiscard]] const Clip* find(const std::filesystem::path& file) const;
    /// The clip, made if it isn't there, and marked as used now.
    Clip& touch(const std::filesystem::path& file);
    void opened(const std::filesystem::path& file, const ClipInfo& info);

    /// Keeps a picture, then drops others until the budget holds: least recently used clips first, then pictures of this
    /// clip far from its playhead. Freed pictures are moved to `dropped`, so that the caller can free them outside its lock.
    void insert(const std::filesystem::path& file, std::shared_ptr<const VideoFrame> frame,
                std::vector<std::shared_ptr<const VideoFrame>>& dropped);

    /// The picture to decode next for a clip: nearest ahead of the playhead, then from the start. -1: nothing left, or no
    /// room for it that isn't taken by pictures nearer to the playhead.
    [[nodiscard]] int next_wanted(const Clip& clip) const;

    /// Whether one more picture of this clip fits without dropping any.
    [[nodiscard]] bool has_room(const Clip& clip) const;

    /// Whether another picture of a preloaded clip may push others out: all that is preloaded takes a quarter of the budget
    /// at most.
    [[nodiscard]] bool may_push(const Clip& clip) const
    {
        return std::max(reserve().bytes, clip.bytes) + picture_size(clip) <= budget_ / 4;
    }

    /// A player shows this clip. Two in turn, as in a comparison or a dissolve, share the budget.
    void played(const std::filesystem::path& file);
    [[nodiscard]] bool is_playing(const std::filesystem::path& file) const;

    /// How many pictures from the playhead on are in memory (or can't be read), without a hole; at most `most`. The end of
    /// the clip counts as all.
    [[nodiscard]] static int ready_ahead(const Clip& clip, int most);

    void forget(const std::filesystem::path& file, std::vector<std::shared_ptr<const VideoFrame>>& dropped);
    /// Another budget from now on; what is too much for it goes at once, by the same rules as in `insert`.
    void set_budget(std::size_t bytes, std::vector<std::shared_ptr<const VideoFrame>>& dropped);
    [[nodiscard]] std::size_t clips() const { return clips_.size(); }
    [[nodiscard]] std::size_t used_bytes() const { return bytes_; }

private:
    [[nodiscard]] static std::size_t picture_size(const Clip& clip);
    /// What is preloaded and shall stay: the newest clips of which no picture was asked for yet.
    struct Reserve {
        std::size_t bytes = 0;
        std::uint64_t oldest = UINT64_MAX;  ///< `used` of the oldest clip in it
    };
    [[nodiscard]] Reserve reserve() const;
    [[nodiscard]] Clip* least_used(const Clip& but);
    [[nodiscard]] Clip* largest_playing();
    void drop_all(Clip& clip, std::vector<std::shared_ptr<const VideoFrame>>& dropped);
    void forget_long_unused();
    bool drop_farthest(Clip& clip, int but, std::vector<std::shared_ptr<const VideoFrame>>& dropped);
    void drop(Clip& clip, int index, std::vector<std::shared_ptr<const VideoFrame>>& dropped);
    [[nodiscard]] int window(const Clip& clip) const;

    std::size_t budget_;
    std::size_t bytes_ = 0;
    std::uint64_t clock_ = 0;
    std::filesystem::path playing_;
    std::filesystem::path before_;  ///< what was played before that
    int in_a_row_ = 0;              ///< pictures of `playing_` without another clip between
    bool paired_ = false;           ///< both are played in turn
    std::map<std::filesystem::path, Clip> clips_;
};

}  // namespace kinora::media
