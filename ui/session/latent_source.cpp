#include "ui/session/latent_source.h"

#include <algorithm>

namespace kinora::ui {

LatentSource::LatentSource(JobEngine& engine, core::Take take, std::filesystem::path latents, std::filesystem::path clip,
                           int end)
    : engine_(engine), take_(std::move(take)), latents_(std::move(latents)), clip_(std::move(clip)), end_(end)
{
}

media::SourceInfo LatentSource::info() const
{
    return {take_.width, take_.height, static_cast<int>(take_.frames), take_.rate};
}

core::Result<core::FrameSequence> LatentSource::decode(std::stop_token stop)
{
    if (!engine_.decoder || !engine_.read_latents || !take_.recipe)
        return core::make_error(core::ErrorKind::unsupported, "This take has no latents to decode.");
    auto latents = engine_.read_latents(latents_);
    if (!latents) return latents.error();
    auto frames = engine_.decoder->decode(*latents, *take_.recipe, stop);
    if (frames && (frames->frames != take_.frames || frames->width != take_.width || frames->height != take_.height))
        return core::make_error(core::ErrorKind::corrupt, "The take's latents don't belong to its clip.");
    return frames;
}

core::Result<core::FrameSequence> LatentSource::frames(media::FrameRange range, std::stop_token stop)
{
    if (!decoded_ && !file_) {
        auto frames = decode(stop);
        if (frames) {
            decoded_ = std::move(*frames);
        } else if (frames.error().kind == core::ErrorKind::cancelled) {
            return frames.error();
        } else {
            auto file = media::FileSource::open(clip_);
            if (!file) return file.error();
            file_ = std::move(*file);
            note_ = frames.error().message;
        }
    }
    if (file_) return file_->frames(range, stop);
    core::FrameSequence part;
    part.frames = static_cast<int>(range.length());
    part.width = decoded_->width;
    part.height = decoded_->height;
    part.rate = take_.rate;
    const auto size = static_cast<std::ptrdiff_t>(decoded_->frame_size());
    part.rgb.assign(decoded_->rgb.begin() + size * range.first, decoded_->rgb.begin() + size * range.end);
    if (range.end >= end_) decoded_.reset();
    return part;
}

}  // namespace kinora::ui
