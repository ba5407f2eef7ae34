#include "core/export/shot_pictures.h"

#include <algorithm>

#include "core/media/image_reader.h"

namespace kinora::media {
namespace {

/// Frames taken from a source at once: as many as fit into 64 MB; two shots are on screen in a dissolve.
std::int64_t chunk_of(const SourceInfo& source)
{
    const double one = static_cast<double>(source.width) * source.height * 3 * sizeof(float);
    return std::clamp(static_cast<int>(64e6 / std::max(one, 1.0)), 1, 64);
}

}  // namespace

core::Result<std::shared_ptr<FrameSource>> source_of_asset(const core::Asset& asset, const SoundMixer::Locate& locate)
{
    if (!locate) return core::make_error(core::ErrorKind::internal, "Nothing tells where \"" + asset.name + "\" is.");
    const std::filesystem::path file = locate(asset.file);
    if (asset.kind == core::AssetKind::image) {
        auto picture = read_image(file);
        if (!picture) return picture.error();
        return std::shared_ptr<FrameSource>(
            std::make_shared<MemorySource>(std::make_shared<core::FrameSequence>(std::move(*picture))));
    }
    auto clip = FileSource::open(file);
    if (!clip) return clip.error();
    return std::shared_ptr<FrameSource>(std::move(*clip));
}

std::set<FrameOrigin> expected_origins(const SequenceExport& job, const core::Layout& layout, FrameRange range)
{
    std::set<FrameOrigin> origins;
    for (std::size_t i = 0; i < layout.size(); ++i) {
        const core::Shot& shot = *job.project.shots[i];
        const core::Take* take = core::selected_take(shot);
        if (!take || core::intersection(layout.range(i), range).empty()) continue;
        if (!take->asset.empty()) {
            origins.insert(FrameOrigin::media);
        } else if (job.source) {
            if (const auto source = job.source(shot, *take)) origins.insert((*source)->origin());
        }
    }
    return origins;
}

core::Result<ShotPictures::Reel*> ShotPictures::reel(std::size_t index)
{
    const auto known = reels_.find(index);
    if (known != reels_.end()) return &known->second;
    const core::Shot& shot = *job_.project.shots[index];
    const core::Take* take = core::selected_take(shot);
    Reel reel;
    if (take) {
        const core::Asset* asset = take->asset.empty() ? nullptr : core::find_asset(job_.project, take->asset);
        if (!asset && !job_.source) return core::make_error(core::ErrorKind::internal, "Nothing tells where takes are.");
        auto source = asset ? source_of_asset(*asset, job_.locate) : job_.source(shot, *take);
        if (!source) return source.error();
        reel.source = std::move(*source);
        reel.info = reel.source->info();
    }
    return &reels_.emplace(index, std::move(reel)).first->second;
}

core::Result<std::span<const float>> ShotPictures::raw(Reel& reel, std::size_t index, std::int64_t frame)
{
    const core::Shot& shot = *job_.project.shots[index];
    const bool still = core::shot_source(shot).endless();
    const std::int64_t end = still ? 1 : shot.range.end;
    if (frame < 0 || end > reel.info.frames)
        return core::make_error(core::ErrorKind::invalid_argument,
                                "Frames " + std::to_string(shot.range.first) + " to " + std::to_string(end) +
                                    " can't be exported: the clip has " + std::to_string(reel.info.frames) + ".");
    if (!reel.held.contains(frame)) {
        reel.held = {frame, std::min(frame + chunk_of(reel.info), end)};
        auto frames = reel.source->frames(reel.held, stop_);
        if (!frames) return frames.error();
        reel.taken = std::move(*frames);
        origins_.insert(reel.source->origin());
        const std::size_t size = static_cast<std::size_t>(reel.info.width) * reel.info.height * 3;
        if (reel.taken.frames != reel.held.length() ||
            reel.taken.rgb.size() != size * static_cast<std::size_t>(reel.held.length()))
            return core::make_error(core::ErrorKind::corrupt, "A clip gave other frames than it promised.");
    }
    return std::span<const float>(reel.taken.frame(static_cast<int>(frame - reel.held.first)));
}

core::Result<std::span<const float>> ShotPictures::picture(std::size_t shot, std::int64_t source_frame)
{
    const auto found = reel(shot);
    if (!found) return found.error();
    Reel& reel = **found;
    const int width = job_.project.width;
    const int height = job_.project.height;
    if (!reel.source) {
        black_.resize(static_cast<std::size_t>(width) * height * 3);
        return std::span<const float>(black_);
    }
    if (reel.fitted_frame == source_frame) return std::span<const float>(reel.fitted);
    const auto rgb = raw(reel, shot, source_frame);
    if (!rgb) return rgb.error();
    if (reel.info.width == width && reel.info.height == height) return *rgb;
    auto fitted = fit_frame(*rgb, reel.info.width, reel.info.height, width, height, job_.fit);
    if (!fitted) return fitted.error();
    reel.fitted = std::move(*fitted);
    reel.fitted_frame = source_frame;
    return std::span<const float>(reel.fitted);
}

void ShotPictures::forget_before(std::size_t shot)
{
    reels_.erase(reels_.begin(), reels_.lower_bound(shot));
}

}  // namespace kinora::media
