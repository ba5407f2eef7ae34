#include "core/export/frame_source.h"

#include <algorithm>

namespace kinora::media {

const char* origin_text(FrameOrigin origin)
{
    switch (origin) {
        case FrameOrigin::floats:
            return "float frames";
        case FrameOrigin::latents:
            return "latents decoded again";
        case FrameOrigin::preview:
            return "8-bit preview clip";
        case FrameOrigin::media:
            break;
    }
    return "imported media";
}

SourceInfo MemorySource::info() const
{
    return {clip_->width, clip_->height, clip_->frames, clip_->rate};
}

core::Result<core::FrameSequence> MemorySource::frames(FrameRange range, std::stop_token)
{
    if (range.first < 0 || range.length() < 1 || range.end > clip_->frames) {
        return core::make_error(core::ErrorKind::invalid_argument, "The clip has no such frames.");
    }
    const std::size_t size = clip_->frame_size();
    const auto pixels = std::span<const float>(clip_->rgb).subspan(size * range.first, size * range.length());
    return core::FrameSequence{
        static_cast<int>(range.length()), clip_->height, clip_->width, clip_->rate, {pixels.begin(), pixels.end()}};
}

core::Result<std::unique_ptr<FileSource>> FileSource::open(const std::filesystem::path& file)
{
    auto reader = ClipReader::open(file);
    if (!reader) return reader.error();
    return std::unique_ptr<FileSource>(new FileSource(std::move(*reader)));
}

SourceInfo FileSource::info() const
{
    const ClipInfo& clip = reader_->info();
    return {clip.width, clip.height, clip.frames, clip.rate};
}

core::Result<core::FrameSequence> FileSource::frames(FrameRange range, std::stop_token stop)
{
    if (range.first < 0 || range.length() < 1 || range.end > reader_->info().frames) {
        return core::make_error(core::ErrorKind::invalid_argument, "The clip has no such frames.");
    }
    return reader_->frames(static_cast<int>(range.first), static_cast<int>(range.length()), std::move(stop));
}

}  // namespace kinora::media
