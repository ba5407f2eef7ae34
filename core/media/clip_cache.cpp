#include "core/media/clip_cache.h"

#include "core/media/cache_worker.h"

namespace kinora::media {

ClipCache::ClipCache() : ClipCache(Options{}) {}
ClipCache::ClipCache(Options options) : worker_(std::make_unique<Worker>(options.budget_bytes)) {}
ClipCache::~ClipCache() = default;

std::shared_ptr<const VideoFrame> ClipCache::peek(const std::filesystem::path& file, int index)
{
    return worker_->peek(file, index);
}

void ClipCache::request(const std::filesystem::path& file, int index, Reply reply, int channel)
{
    worker_->request(file, index, std::move(reply), channel);
}

void ClipCache::preload(const std::filesystem::path& file, int index)
{
    worker_->preload(file, index);
}

std::optional<ClipInfo> ClipCache::info(const std::filesystem::path& file)
{
    return worker_->info(file);
}

int ClipCache::cached_frames(const std::filesystem::path& file)
{
    return worker_->cached_frames(file);
}

std::size_t ClipCache::used_bytes()
{
    return worker_->used_bytes();
}

void ClipCache::forget(const std::filesystem::path& file)
{
    worker_->forget(file);
}

void ClipCache::set_budget(std::size_t bytes)
{
    worker_->set_budget(bytes);
}

}  // namespace kinora::media
