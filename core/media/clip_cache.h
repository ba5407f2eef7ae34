#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "core/base/result.h"
#include "core/media/clip_reader.h"

namespace kinora::media {

/// Decodes clips into memory on a thread of its own, so that scrubbing, reverse play and loops only fetch pictures.
/// Clips are kept whole, least recently used ones go first when the budget is reached; a clip larger than the budget is
/// kept as a window around the last frame asked for (three quarters ahead, one quarter behind).
/// Thread-safe. No call decodes, waits for a decode or touches the disk on the caller's thread.
class ClipCache {
public:
    struct Options {
        std::size_t budget_bytes = std::size_t{2} << 30U;
    };

    /// The answer to a request. Called on the cache's thread: hand it over to your own (Qt: a queued call).
    using Reply = std::function<void(const std::filesystem::path& file, int index,
                                     core::Result<std::shared_ptr<const VideoFrame>> frame)>;

    ClipCache();
    explicit ClipCache(Options options);
    /// Stops the thread; no reply comes afterwards. Must not be called from within a reply.
    ~ClipCache();
    ClipCache(const ClipCache&) = delete;
    ClipCache& operator=(const ClipCache&) = delete;

    /// The picture if it is in memory, else null. At most a few microseconds: for every paint.
    [[nodiscard]] std::shared_ptr<const VideoFrame> peek(const std::filesystem::path& file, int index);

    /// Asks for a picture. The newest request of a channel wins: one that hasn't been served when another of the same
    /// channel comes is dropped without a reply. A player uses one channel; two players side by side use two. After the
    /// reply the rest of the clip is decoded in the background, ahead of `index` first.
    void request(const std::filesystem::path& file, int index, Reply reply, int channel = 0);

    /// Decodes a clip in the background before it is asked for, from `index` on. Its first pictures come in between those of
    /// the clip that plays, as soon as that has some ahead; the rest takes what memory is free.
    void preload(const std::filesystem::path& file, int index = 0);

    /// Size, rate and true number of frames once the clip was opened; until then (or if it can't be opened) nothing.
    [[nodiscard]] std::optional<ClipInfo> info(const std::filesystem::path& file);

    /// How many pictures of a clip are in memory, for a buffer bar.
    [[nodiscard]] int cached_frames(const std::filesystem::path& file);

    /// Bytes of pictures in memory.
    [[nodiscard]] std::size_t used_bytes();

    /// Another budget from now on; what is too much for it goes at once.
    void set_budget(std::size_t bytes);

    /// Drops a clip (its file was written anew or deleted). Pending requests for it are dropped without a reply.
    void forget(const std::filesystem::path& file);

private:
    class Worker;
    std::unique_ptr<Worker> worker_;
};

}  // namespace kinora::media
