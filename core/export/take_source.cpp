#include "core/export/take_source.h"

#include "core/export/kept_frames.h"

namespace kinora::media {

TakeSource::TakeSource(core::Take take, Files files, DecodeLatents decode, std::int64_t end)
    : take_(std::move(take)), files_(std::move(files)), decode_(std::move(decode)), end_(end)
{
    std::error_code ignored;
    const auto there = [&](const std::filesystem::path& file) {
        return !file.empty() && std::filesystem::is_regular_file(file, ignored);
    };
    if (there(files_.frames)) {
        origin_ = FrameOrigin::floats;
    } else if (decode_ && there(files_.latents)) {
        origin_ = FrameOrigin::latents;
    }
}

core::Result<std::shared_ptr<TakeSource>> TakeSource::of(const core::ProjectStore& store, const core::Take& take,
                                                         DecodeLatents decode, std::int64_t end)
{
    Files files;
    const auto clip = store.resolve(take.clip);
    if (!clip) return clip.error();
    files.clip = *clip;
    if (!take.latents.empty()) {
        const auto latents = store.resolve(take.latents);
        if (!latents) return latents.error();
        files.latents = *latents;
    }
    const auto frames = kept_frames_file(store, take);
    if (!frames) return frames.error();
    files.frames = *frames;
    return std::make_shared<TakeSource>(take, std::move(files), std::move(decode), end);
}

SourceInfo TakeSource::info() const
{
    return {take_.width, take_.height, static_cast<int>(take_.frames), take_.rate};
}

FrameOrigin TakeSource::origin() const
{
    return origin_;
}

bool TakeSource::fits(int frames, int width, int height) const
{
    return frames == take_.frames && width == take_.width && height == take_.height;
}

core::Result<core::FrameSequence> TakeSource::decode(const std::stop_token& stop) const
{
    if (files_.latents.empty() || !decode_)
        return core::make_error(core::ErrorKind::unsupported, "A take has no latents to decode; its clip is used.");
    auto frames = decode_(files_.latents, take_, stop);
    if (frames && !fits(frames->frames, frames->width, frames->height))
        return core::make_error(core::ErrorKind::corrupt, "A take's latents don't belong to its clip; the clip is used.");
    return frames;
}

core::Result<void> TakeSource::open(const std::stop_token& stop)
{
    if (opened_) return {};
    if (auto pack = FramePack::open(files_.frames); pack && fits((*pack)->frames(), (*pack)->width(), (*pack)->height())) {
        pack_ = std::move(*pack);
        origin_ = FrameOrigin::floats;
        opened_ = true;
        return {};
    }
    auto frames = decode(stop);
    if (frames) {
        decoded_ = std::move(*frames);
        origin_ = FrameOrigin::latents;
    } else if (frames.error().kind == core::ErrorKind::cancelled) {
        return frames.error();
    } else {
        auto file = FileSource::open(files_.clip);
        if (!file) return file.error();
        file_ = std::move(*file);
        origin_ = FrameOrigin::preview;
        note_ = frames.error().message;
    }
    opened_ = true;
    return {};
}

core::Result<core::FrameSequence> TakeSource::frames(FrameRange range, std::stop_token stop)
{
    if (auto opened = open(stop); !opened) return opened.error();
    if (pack_) {
        auto part = pack_->read(range, stop);
        if (part || part.error().kind != core::ErrorKind::corrupt) {
            if (part) part->rate = take_.rate;
            return part;
        }
        // A pack that turns out damaged in the middle: the next best thing goes on from the same frame.
        pack_.reset();
        opened_ = false;
        files_.frames.clear();
        return frames(range, std::move(stop));
    }
    if (file_) return file_->frames(range, std::move(stop));
    if (!decoded_) {
        // Let go of after the last frame that was needed, and now asked for once more.
        opened_ = false;
        return frames(range, std::move(stop));
    }
    if (range.first < 0 || range.empty() || range.end > decoded_->frames)
        return core::make_error(core::ErrorKind::invalid_argument, "The clip has no such frames.");
    core::FrameSequence part{static_cast<int>(range.length()), decoded_->height, decoded_->width, take_.rate, {}};
    const auto size = static_cast<std::ptrdiff_t>(decoded_->frame_size());
    part.rgb.assign(decoded_->rgb.begin() + size * range.first, decoded_->rgb.begin() + size * range.end);
    if (range.end >= end_) decoded_.reset();
    return part;
}

}  // namespace kinora::media
