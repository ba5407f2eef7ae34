#pragma once

#include <condition_variable>
#include <filesystem>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/media/cache_store.h"
#include "core/media/clip_cache.h"

namespace kinora::media {

/// The thread behind `ClipCache`: serves requests first (the newest of each channel), fills clips in between.
class ClipCache::Worker {
public:
    explicit Worker(std::size_t budget_bytes);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    [[nodiscard]] std::shared_ptr<const VideoFrame> peek(const std::filesystem::path& file, int index);
    void request(const std::filesystem::path& file, int index, Reply reply, int channel);
    void preload(const std::filesystem::path& file, int index);
    [[nodiscard]] std::optional<ClipInfo> info(const std::filesystem::path& file);
    [[nodiscard]] int cached_frames(const std::filesystem::path& file);
    [[nodiscard]] std::size_t used_bytes();
    void forget(const std::filesystem::path& file);
    void set_budget(std::size_t bytes);

private:
    using Dropped = std::vector<std::shared_ptr<const VideoFrame>>;
    struct Request {
        std::filesystem::path file;
        int index = 0;
        Reply reply;
    };
    /// One thing to do: a request, or a picture to fill in (without a reply).
    using Task = Request;
    struct OpenReader {
        std::filesystem::path file;
        std::uint64_t generation = 0;
        std::unique_ptr<ClipReader> reader;
    };

    void fill_next_while_locked(const std::filesystem::path& file);
    void run(const std::stop_token& stop);
    [[nodiscard]] std::optional<Task> next_task_while_locked();
    [[nodiscard]] std::optional<Task> next_head_while_locked() const;
    void carry_out(const Task& task, std::stop_token stop);
    [[nodiscard]] core::Result<ClipReader*> reader_for(const std::filesystem::path& file, std::stop_token stop);
    [[nodiscard]] core::Result<std::shared_ptr<const VideoFrame>> fetch(const Task& task, std::stop_token stop);

    std::mutex mutex_;
    std::condition_variable_any wake_;
    CacheStore store_;                            // guarded by mutex_
    std::map<int, Request> requests_;             // guarded by mutex_, by channel
    std::list<int> waiting_channels_;             // guarded by mutex_, oldest first
    std::vector<std::filesystem::path> to_fill_;  // guarded by mutex_, the next one last
    std::list<OpenReader> readers_;               // the thread's own, newest first
    std::jthread thread_;                         // last: it stops before the rest goes
};

}  // namespace kinora::media
