#include "core/media/cache_store.h"

#include <algorithm>

namespace kinora::media {
namespace {

std::size_t bytes_of(const VideoFrame& frame)
{
    return frame.picture.rgb.size() + sizeof(VideoFrame);
}

/// What one picture of an opened clip takes.
std::size_t picture_bytes(const CacheStore::Clip& clip)
{
    const std::size_t pixels = clip.info ? static_cast<std::size_t>(clip.info->width) * clip.info->height : 0;
    return pixels * 3 + sizeof(VideoFrame);
}

/// Distance behind or ahead of the playhead on a ring, so that loops find what comes after the end.
int ahead_of(const CacheStore::Clip& clip, int index)
{
    const int frames = static_cast<int>(clip.frames.size());
    return (index - clip.playhead + frames) % frames;
}

}  // namespace

const CacheStore::Clip* CacheStore::find(const std::filesystem::path& file) const
{
    const auto found = clips_.find(file);
    return found == clips_.end() ? nullptr : &found->second;
}

CacheStore::Clip& CacheStore::touch(const std::filesystem::path& file)
{
    const auto [found, created] = clips_.try_emplace(file);
    found->second.used = ++clock_;
    if (created) found->second.generation = clock_;
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

/// Pictures of this clip that fit into the budget.
int CacheStore::window(const Clip& clip) const
{
    const int frames = static_cast<int>(clip.frames.size());
    if (frames == 0) return 0;
    return static_cast<int>(std::clamp<std::size_t>(budget_ / picture_bytes(clip), 1, static_cast<std::size_t>(frames)));
}

bool CacheStore::has_room(const Clip& clip) const
{
    return bytes_ + picture_bytes(clip) <= budget_;
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
        Clip* oldest = nullptr;
        for (auto& [name, other] : clips_) {
            if (other.cached > 0 && &other != &clip && (oldest == nullptr || other.used < oldest->used)) oldest = &other;
        }
        if (oldest != nullptr) {
            for (int i = 0; i < static_cast<int>(oldest->frames.size()); ++i) {
                if (oldest->frames[i]) drop(*oldest, i, dropped);
            }
            continue;
        }
        // Only this clip is left. What lies a quarter of the window behind the playhead counts as near, the rest by how far
        // ahead.
        const int frames = static_cast<int>(clip.frames.size());
        const int behind = window(clip) / 4;
        int farthest = -1;
        int distance = -1;
        for (int i = 0; i < frames; ++i) {
            const int ahead = ahead_of(clip, i);
            const int away = ahead >= frames - behind ? 0 : ahead;
            if (clip.frames[i] && i != index && away > distance) {
                farthest = i;
                distance = away;
            }
        }
        if (farthest < 0) return;
        drop(clip, farthest, dropped);
    }
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
