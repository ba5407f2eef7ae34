#include "core/media/cache_worker.h"

#include <algorithm>

#include "core/base/thread_priority.h"
#include "core/media/ffmpeg_handles.h"

namespace kinora::media {
namespace {

/// Open files kept for later requests.
constexpr std::size_t k_most_readers = 8;
/// Pictures of the clip that plays which have to be there ahead of it before others get a turn.
constexpr int k_ahead = 12;
/// Pictures of a preloaded clip that are decoded in between: enough to start playing it.
constexpr int k_head = 16;

}  // namespace

ClipCache::Worker::Worker(std::size_t budget_bytes)
    : store_(budget_bytes), thread_([this](const std::stop_token& stop) { run(stop); })
{
}

ClipCache::Worker::~Worker()
{
    thread_.request_stop();
    thread_.join();
}

std::shared_ptr<const VideoFrame> ClipCache::Worker::peek(const std::filesystem::path& file, int index)
{
    const std::lock_guard lock(mutex_);
    const CacheStore::Clip* found = store_.find(file);
    if (found == nullptr || index < 0 || index >= static_cast<int>(found->frames.size())) return nullptr;
    CacheStore::Clip& clip = store_.touch(file);
    clip.playhead = index;
    if (clip.frames[index]) {
        store_.played(file);
        clip.requested = true;
    }
    // Playing moves the window of a clip that doesn't fit: go on filling.
    if (clip.requested && store_.next_wanted(clip) >= 0) fill_next_while_locked(file);
    return clip.frames[index];
}

void ClipCache::Worker::fill_next_while_locked(const std::filesystem::path& file)
{
    if (!to_fill_.empty() && to_fill_.back() == file) return;
    std::erase(to_fill_, file);
    to_fill_.push_back(file);
    wake_.notify_one();
}

void ClipCache::Worker::request(const std::filesystem::path& file, int index, Reply reply, int channel)
{
    const std::lock_guard lock(mutex_);
    const auto [slot, fresh] = requests_.insert_or_assign(channel, Request{file, index, std::move(reply)});
    if (fresh) waiting_channels_.push_back(channel);
    CacheStore::Clip& clip = store_.touch(file);
    const int frames = static_cast<int>(clip.frames.size());
    clip.playhead = std::clamp(index, 0, frames > 0 ? frames - 1 : std::max(index, 0));
    clip.requested = true;
    store_.played(file);
    fill_next_while_locked(file);
    wake_.notify_one();
}

void ClipCache::Worker::preload(const std::filesystem::path& file, int index)
{
    const std::lock_guard lock(mutex_);
    CacheStore::Clip& clip = store_.touch(file);
    const int frames = static_cast<int>(clip.frames.size());
    if (!store_.is_playing(file)) {  // it may be both: two parts of one clip that follow each other
        clip.requested = false;
        clip.playhead = std::clamp(index, 0, frames > 0 ? frames - 1 : std::max(index, 0));
    }
    // What was requested is filled first.
    if (std::find(to_fill_.begin(), to_fill_.end(), file) == to_fill_.end()) to_fill_.insert(to_fill_.begin(), file);
    wake_.notify_one();
}

std::optional<ClipInfo> ClipCache::Worker::info(const std::filesystem::path& file)
{
    const std::lock_guard lock(mutex_);
    const CacheStore::Clip* clip = store_.find(file);
    return clip == nullptr ? std::nullopt : clip->info;
}

int ClipCache::Worker::cached_frames(const std::filesystem::path& file)
{
    const std::lock_guard lock(mutex_);
    const CacheStore::Clip* clip = store_.find(file);
    return clip == nullptr ? 0 : clip->cached;
}

std::size_t ClipCache::Worker::used_bytes()
{
    const std::lock_guard lock(mutex_);
    return store_.used_bytes();
}

void ClipCache::Worker::forget(const std::filesystem::path& file)
{
    Dropped dropped;  // freed after the lock
    const std::lock_guard lock(mutex_);
    store_.forget(file, dropped);
    std::erase(to_fill_, file);
    std::erase_if(waiting_channels_, [&](int channel) { return requests_.at(channel).file == file; });
    std::erase_if(requests_, [&](const auto& entry) { return entry.second.file == file; });
}

void ClipCache::Worker::set_budget(std::size_t bytes)
{
    Dropped dropped;  // freed after the lock
    const std::lock_guard lock(mutex_);
    store_.set_budget(bytes, dropped);
}

std::optional<ClipCache::Worker::Task> ClipCache::Worker::next_task_while_locked()
{
    if (!waiting_channels_.empty()) {
        const int channel = waiting_channels_.front();
        waiting_channels_.pop_front();
        auto node = requests_.extract(channel);
        return std::move(node.mapped());
    }
    if (auto head = next_head_while_locked()) return head;
    while (!to_fill_.empty()) {
        const std::filesystem::path file = to_fill_.back();
        const CacheStore::Clip* clip = store_.find(file);
        if (clip != nullptr && !clip->info) return Task{file, 0, {}};
        // A preload takes what is free; only what was asked for may push others out.
        const bool allowed = clip != nullptr && (clip->requested || store_.has_room(*clip) || store_.may_push(*clip));
        const int wanted = allowed ? store_.next_wanted(*clip) : -1;
        if (wanted >= 0) return Task{file, wanted, {}};
        to_fill_.pop_back();
    }
    return std::nullopt;
}

/// A picture at the head of a clip that comes next, while the one that plays has enough ahead.
std::optional<ClipCache::Worker::Task> ClipCache::Worker::next_head_while_locked() const
{
    if (to_fill_.size() < 2) return std::nullopt;
    const CacheStore::Clip* playing = store_.find(to_fill_.back());
    if (playing == nullptr || !playing->info || CacheStore::ready_ahead(*playing, k_ahead) < k_ahead) return std::nullopt;
    for (auto file = to_fill_.rbegin() + 1; file != to_fill_.rend(); ++file) {
        const CacheStore::Clip* clip = store_.find(*file);
        if (clip == nullptr || clip->requested) continue;
        if (!clip->info) return Task{*file, clip->playhead, {}};
        const int ready = CacheStore::ready_ahead(*clip, k_head);
        const int wanted = clip->playhead + ready;
        if (ready < k_head && wanted < clip->info->frames && (store_.has_room(*clip) || store_.may_push(*clip)))
            return Task{*file, wanted, {}};
    }
    return std::nullopt;
}

void ClipCache::Worker::run(const std::stop_token& stop)
{
    core::give_way(core::Urgency::someone_waits);
    while (!stop.stop_requested()) {
        std::optional<Task> task;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, stop, [&] { return (task = next_task_while_locked()).has_value(); });
        }
        if (task && !stop.stop_requested()) carry_out(*task, stop);
    }
}

core::Result<ClipReader*> ClipCache::Worker::reader_for(const std::filesystem::path& file, std::stop_token stop)
{
    std::uint64_t generation = 0;
    {
        const std::lock_guard lock(mutex_);
        generation = store_.touch(file).generation;
    }
    std::erase_if(readers_, [&](const OpenReader& open) { return open.file == file && open.generation != generation; });
    const auto found =
        std::find_if(readers_.begin(), readers_.end(), [&](const OpenReader& open) { return open.file == file; });
    if (found != readers_.end()) {
        readers_.splice(readers_.begin(), readers_, found);
        return readers_.front().reader.get();
    }
    auto reader = ClipReader::open(file, std::move(stop));
    if (!reader) return reader.error();
    readers_.push_front({file, generation, std::move(*reader)});
    if (readers_.size() > k_most_readers) readers_.pop_back();
    const std::lock_guard lock(mutex_);
    if (store_.touch(file).generation == generation) store_.opened(file, readers_.front().reader->info());
    return readers_.front().reader.get();
}

core::Result<std::shared_ptr<const VideoFrame>> ClipCache::Worker::fetch(const Task& task, std::stop_token stop)
{
    {
        const std::lock_guard lock(mutex_);
        const CacheStore::Clip* clip = store_.find(task.file);
        const bool known = clip != nullptr && task.index >= 0 && task.index < static_cast<int>(clip->frames.size());
        if (known && clip->frames[task.index]) return clip->frames[task.index];
    }
    auto reader = reader_for(task.file, std::move(stop));
    if (!reader) return reader.error();
    return (*reader)->frame(task.index);
}

void ClipCache::Worker::carry_out(const Task& task, std::stop_token stop)
{
    std::uint64_t generation = 0;
    {
        const std::lock_guard lock(mutex_);
        generation = store_.touch(task.file).generation;
    }
    core::Result<std::shared_ptr<const VideoFrame>> frame = core::make_error(core::ErrorKind::internal, "");
    try {
        frame = fetch(task, stop);
    } catch (const std::bad_alloc&) {
        frame = core::make_error(core::ErrorKind::out_of_memory,
                                 "There is not enough memory to show " + quoted(task.file) + ".");
    }
    Dropped dropped;  // freed after the lock
    {
        const std::lock_guard lock(mutex_);
        const CacheStore::Clip* clip = store_.find(task.file);
        if (clip == nullptr || clip->generation != generation) return;
        if (frame) {
            store_.insert(task.file, *frame, dropped);
        } else if (clip->info && task.index >= 0 && task.index < clip->info->frames) {
            store_.touch(task.file).unreadable[task.index] = true;
        } else if (!clip->info) {
            std::erase(to_fill_, task.file);
        }
    }
    if (task.reply && !stop.stop_requested()) task.reply(task.file, task.index, std::move(frame));
}

}  // namespace kinora::media
