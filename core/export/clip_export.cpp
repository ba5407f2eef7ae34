#include "core/export/clip_export.h"

#include <set>

#include "core/base/utf8.h"
#include "core/export/export_run.h"

namespace kinora::media {

std::filesystem::path sidecar_of(const std::filesystem::path& file)
{
    // A name may already be as long as names can be: 255 bytes with the ending.
    const std::string stem = file.stem().string();
    return file.parent_path() / (std::string(core::utf8_prefix(stem, 250)) + ".json");
}

core::Result<WrittenFile> export_clip(const ClipExport& job, const WriteProgress& progress, std::stop_token stop)
{
    if (job.source == nullptr) return core::make_error(core::ErrorKind::invalid_argument, "There is no clip to export.");
    const SourceInfo info = job.source->info();
    const FrameRange range = job.range.value_or(FrameRange{0, info.frames});
    if (range.length() < 1) return core::make_error(core::ErrorKind::invalid_argument, "The range to export has no frames.");
    if (range.first < 0 || range.end > info.frames)
        return core::make_error(core::ErrorKind::invalid_argument,
                                "Frames " + std::to_string(range.first) + " to " + std::to_string(range.end) +
                                    " can't be exported: the clip has " + std::to_string(info.frames) + ".");
    const core::FrameRate rate = job.rate.value_or(info.rate);
    const auto length = static_cast<int>(core::conformed_length(range.length(), info.rate, rate));
    auto run = ExportRun::start(job.target, info.width, info.height, rate, length, progress, stop, {job.source->origin()});
    if (!run) return run.error();
    const ConformShape shape{info.width, info.height, range.length(), info.rate, rate, length};
    const auto show = [&](const ShownPicture& picture, int times) { return (*run)->write(picture, times); };
    const PictureAt pictures = pictures_of(*job.source, range, stop);
    if (auto shown = conform(shape, job.conform, pictures, show, stop); !shown) return shown.error();
    return (*run)->finish({job.source->origin()});
}

core::Result<WrittenFile> export_frames(const core::FrameSequence& clip, const ExportTarget& target,
                                        const WriteProgress& progress, std::stop_token stop)
{
    if (clip.frames < 1 || clip.rgb.size() != clip.frame_size() * static_cast<std::size_t>(clip.frames)) {
        return core::make_error(core::ErrorKind::invalid_argument, "There is no clip to export.");
    }
    const std::set<FrameOrigin> origins{FrameOrigin::floats};
    auto run = ExportRun::start(target, clip.width, clip.height, clip.rate, clip.frames, progress, std::move(stop), origins);
    if (!run) return run.error();
    for (int i = 0; i < clip.frames; ++i) {
        if (auto written = (*run)->write({clip.frame(i), {}}); !written) return written.error();
    }
    return (*run)->finish(origins);
}

}  // namespace kinora::media
