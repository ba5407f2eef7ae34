#pragma once

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

    void forget(const std::filesystem::path& file, std::vector<std::shared_ptr<const VideoFrame>>& dropped);
    [[nodiscard]] std::size_t used_bytes() const { return bytes_; }

private:
    void drop(Clip& clip, int index, std::vector<std::shared_ptr<const VideoFrame>>& dropped);
    [[nodiscard]] int window(const Clip& clip) const;

    std::size_t budget_;
    std::size_t bytes_ = 0;
    std::uint64_t clock_ = 0;
    std::map<std::filesystem::path, Clip> clips_;
};

}  // namespace kinora::media
