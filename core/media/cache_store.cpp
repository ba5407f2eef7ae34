#include "core/media/cache_store.h"

#include <algorithm>
#include <utility>

namespace kinora::media {
namespace {

/// Clips of which something is known, with pictures or without: a day's work has thousands of files.
constexpr std::size_t k_most_clips = 4096;

std::size_t bytes_of(const VideoFrame& frame)
{
    return frame.picture.rgb.size() + sizeof(VideoFrame);
}

/// Distance behind or ahead of the playhead on a ring, so that loops find what comes after the end.
int ahead_of(const CacheStore::Clip& clip, int index)
{
    const int frames = static_cast<int>(clip.frames.size());
    return (index - clip.playhead + frames) % frames;
}

}  // namespace

/// What one picture of an opened clip takes.
std::size_t CacheStore::picture_size(const Clip& clip)
{
    const std::size_t pixels = clip.info ? static_cast<std::size_t>(clip.info->width) * clip.info->height : 0;
    return pixels * 3 + sizeof(VideoFrame);
}

int CacheStore::ready_ahead(const Clip& clip, int most)
{
    const int frames = static_cast<int>(clip.frames.size());
    for (int step = 0; step < most; ++step) {
        const int index = clip.playhead + step;
        if (index >= frames) return most;
        if (!clip.frames[index] && !clip.unreadable[index]) return step;
    }
    return most;
}

const CacheStore::Clip* CacheStore::find(const std::filesystem::path& file) const
{
    const auto found = clips_.find(file);
    return found == clips_.end() ? nullptr : &found->second;
}

CacheStore::Clip& CacheStore::touch(const std::filesystem::path& file)
{
    const auto [found, created] = clips_.try_emplace(file);
    found->second.used = ++clock_;
    if (created) {
        found->second.generation = clock_;
        if (clips_.size() > k_most_clips) forget_long_unused();
    }
    return found->second;
}

void CacheStore::opened(const std::filesystem::path& file, const ClipInfo& info)
{
    Clip& clip = touch(file);
    clip.info = info;
    clip.frames.resize(static_cast<std::size_t>(info.frames));
    clip.unreadable.resize(static_cast<std::size_t>(info.frames));
    clip.playhead = std::clamp(clip.playhead, 0, info.frames - 1);
}

void CacheStore::played(const std::filesystem::path& file)
{
    constexpr int k_alone = 100;
    if (file == playing_) {
        if (++in_a_row_ > k_alone) paired_ = false;
        return;
    }
    paired_ = file == before_;
    before_ = std::exchange(playing_, file);
    in_a_row_ = 0;
}

bool CacheStore::is_playing(const std::filesystem::path& file) const
{
    return file == playing_ || (paired_ && file == before_);
}

CacheStore::Reserve CacheStore::reserve() const
{
    std::vector<const Clip*> fresh;
    for (const auto& [file, clip] : clips_) {
        if (!clip.requested && clip.cached > 0) fresh.push_back(&clip);
    }
    std::sort(fresh.begin(), fresh.end(), [](const Clip* a, const Clip* b) { return a->used > b->used; });
    Reserve result;
    for (const Clip* clip : fresh) {
        if (result.bytes + clip->bytes > budget_ / 4) break;
        result.bytes += clip->bytes;
        result.oldest = clip->used;
    }
    return result;
}

/// Pictures of this clip that fit into the budget.
int CacheStore::window(const Clip& clip) const
{
    const int frames = static_cast<int>(clip.frames.size());
    if (frames == 0) return 0;
    std::size_t share = budget_;
    if (clip.requested) share -= std::min(share, reserve().bytes);
    if (paired_ && (&clip == find(playing_) || &clip == find(before_))) share /= 2;
    return static_cast<int>(std::clamp<std::size_t>(share / picture_size(clip), 1, static_cast<std::size_t>(frames)));
}

bool CacheStore::has_room(const Clip& clip) const
{
    return bytes_ + picture_size(clip) <= budget_;
}

int CacheStore::next_wanted(const Clip& clip) const
{
    const int frames = static_cast<int>(clip.frames.size());
    const int room = window(clip);
    const int behind = room < frames ? room / 4 : 0;
    const auto missing = [&](int index) { return !clip.frames[index] && !clip.unreadable[index]; };
    for (int step = 0; step < room - behind; ++step) {
        const int index = (clip.playhead + step) % frames;
        if (missing(index)) return index;
    }
    for (int step = behind; step > 0; --step) {
        const int index = (clip.playhead - step + frames) % frames;
        if (missing(index)) return index;
    }
    return -1;
}

void CacheStore::drop(Clip& clip, int index, std::vector<std::shared_ptr<const VideoFrame>>& dropped)
{
    const std::size_t size = bytes_of(*clip.frames[index]);
    clip.bytes -= size;
    bytes_ -= size;
    --clip.cached;
    dropped.push_back(std::move(clip.frames[index]));
    clip.frames[index] = nullptr;
}

void CacheStore::insert(const std::filesystem::path& file, std::shared_ptr<const VideoFrame> frame,
                        std::vector<std::shared_ptr<const VideoFrame>>& dropped)
{
    Clip& clip = touch(file);
    const int index = frame->index;
    if (index < 0 || index >= static_cast<int>(clip.frames.size()) || clip.frames[index]) return;
    const std::size_t size = bytes_of(*frame);
    clip.frames[index] = std::move(frame);
    clip.bytes += size;
    bytes_ += size;
    ++clip.cached;
    while (bytes_ > budget_) {
        // Whole clips that nobody looks at go first, then what is needed last of those on screen.
        if (Clip* oldest = least_used(clip)) {
            drop_all(*oldest, dropped);
            continue;
        }
        Clip* largest = largest_playing();
        if (largest != nullptr && drop_farthest(*largest, largest == &clip ? index : -1, dropped)) continue;
        if (!drop_farthest(clip, index, dropped)) return;
    }
}

void CacheStore::drop_all(Clip& clip, std::vector<std::shared_ptr<const VideoFrame>>& dropped)
{
    for (int i = 0; i < static_cast<int>(clip.frames.size()); ++i) {
        if (clip.frames[i]) drop(clip, i, dropped);
    }
}

void CacheStore::set_budget(std::size_t bytes, std::vector<std::shared_ptr<const VideoFrame>>& dropped)
{
    budget_ = bytes;
    const Clip none;
    while (bytes_ > budget_) {
        if (Clip* oldest = least_used(none)) {
            drop_all(*oldest, dropped);
            continue;
        }
        Clip* largest = largest_playing();
        if (largest == nullptr || !drop_farthest(*largest, -1, dropped)) return;
    }
}

/// What hasn't been asked for in as many questions as there may be clips: nobody has begun anything with it.
void CacheStore::forget_long_unused()
{
    std::erase_if(clips_, [&](const auto& entry) {
        const Clip& clip = entry.second;
        return clip.cached == 0 && !is_playing(entry.first) && clip.used + k_most_clips < clock_;
    });
}

/// Drops the picture that is needed last: a quarter of the window behind the playhead counts as near, the rest by how far
/// ahead it is. False if only `but` is left.
bool CacheStore::drop_farthest(Clip& clip, int but, std::vector<std::shared_ptr<const VideoFrame>>& dropped)
{
    const int frames = static_cast<int>(clip.frames.size());
    const int behind = window(clip) / 4;
    int farthest = -1;
    int distance = -1;
    for (int i = 0; i < frames; ++i) {
        const int ahead = ahead_of(clip, i);
        const int away = ahead >= frames - behind ? 0 : ahead;
        if (clip.frames[i] && i != but && away > distance) {
            farthest = i;
            distance = away;
        }
    }
    if (farthest < 0) return false;
    drop(clip, farthest, dropped);
    return true;
}

CacheStore::Clip* CacheStore::least_used(const Clip& but)
{
    const std::uint64_t reserved = reserve().oldest;
    Clip* oldest = nullptr;
    for (auto& [file, clip] : clips_) {
        const bool kept = is_playing(file) || (!clip.requested && clip.used >= reserved);
        if (clip.cached > 0 && !kept && &clip != &but && (oldest == nullptr || clip.used < oldest->used)) oldest = &clip;
    }
    return oldest;
}

CacheStore::Clip* CacheStore::largest_playing()
{
    Clip* largest = nullptr;
    for (auto& [file, clip] : clips_) {
        if (is_playing(file) && clip.cached > 0 && (largest == nullptr || clip.bytes > largest->bytes)) largest = &clip;
    }
    return largest;
}

void CacheStore::forget(const std::filesystem::path& file, std::vector<std::shared_ptr<const VideoFrame>>& dropped)
{
    const auto found = clips_.find(file);
    if (found == clips_.end()) return;
    bytes_ -= found->second.bytes;
    for (auto& frame : found->second.frames) {
        if (frame) dropped.push_back(std::move(frame));
    }
    clips_.erase(found);
}

}  // namespace kinora::media
