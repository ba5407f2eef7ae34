#include "app/cli/take_source.h"

#ifdef KINORA_HAS_MEDIA

#include <algorithm>

#include "app/cli/cut.h"

namespace kinora::cli {

TakeSource::TakeSource(core::Take take, std::filesystem::path latents, std::filesystem::path clip, std::int64_t end,
                       DecodeLatents decode)
    : take_(std::move(take)), latents_(std::move(latents)), clip_(std::move(clip)), end_(end), decode_(std::move(decode))
{
}

media::SourceInfo TakeSource::info() const
{
    return {take_.width, take_.height, static_cast<int>(take_.frames), take_.rate};
}

core::Result<core::FrameSequence> TakeSource::decode(const std::stop_token& stop)
{
    if (latents_.empty()) return core::make_error(core::ErrorKind::unsupported, "A take has no latents; its clip is used.");
    auto frames = decode_(latents_, stop);
    if (frames && (frames->frames != take_.frames || frames->width != take_.width || frames->height != take_.height))
        return core::make_error(core::ErrorKind::corrupt, "A take's latents don't belong to its clip; the clip is used.");
    return frames;
}

core::Result<void> TakeSource::open(const std::stop_token& stop)
{
    if (decoded_ || file_) return {};
    auto frames = decode(stop);
    if (frames) {
        decoded_ = *std::move(frames);
        decoded_->rate = take_.rate;
        return {};
    }
    if (frames.error().kind == core::ErrorKind::cancelled) return frames.error();
    auto file = media::FileSource::open(clip_);
    if (!file) return file.error();
    file_ = *std::move(file);
    note_ = frames.error().message;
    return {};
}

core::Result<core::FrameSequence> TakeSource::frames(media::FrameRange range, std::stop_token stop)
{
    if (auto opened = open(stop); !opened) return opened.error();
    if (file_) return file_->frames(range, std::move(stop));
    auto part = cut(*decoded_, range);
    if (range.end >= end_) decoded_.reset();
    return part;
}

}  // namespace kinora::cli

#endif
