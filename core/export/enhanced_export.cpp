#include "core/export/enhanced_export.h"

#include <memory>
#include <span>
#include <utility>

#include "core/media/sound_reader.h"

namespace kinora::media {

SoundFeed sound_of(const std::filesystem::path& file, const std::stop_token& stop)
{
    auto opened = SoundReader::open(file, stop);
    if (!opened) return {};
    std::shared_ptr<SoundReader> reader = *std::move(opened);
    return [reader](std::int64_t start, std::span<float> out) { return reader->read(start, out); };
}

core::Result<WrittenFile> export_enhanced(const EnhancedExport& job, const WriteProgress& progress, std::stop_token stop)
{
    if (job.source == nullptr || job.enhancer == nullptr)
        return core::make_error(core::ErrorKind::invalid_argument, "There is no clip to enhance.");
    const SourceInfo info = job.source->info();
    auto run = job.enhancer->start(job.request, {info.width, info.height, info.frames, info.rate}, stop);
    if (!run) return run.error();
    const core::ClipShape& shape = (*run)->plan().shape;
    auto file = ExportRun::start(job.target, shape.width, shape.height, shape.rate, static_cast<int>(shape.frames), progress,
                                 stop, {job.source->origin()}, job.sound);
    if (!file) return file.error();
    const core::FrameSink write = [&](std::span<const float> rgb) { return (*file)->write({rgb, {}}); };
    for (std::int64_t frame = 0; frame < info.frames; ++frame) {
        const auto taken = job.source->frames({frame, frame + 1}, stop);
        if (!taken) return taken.error();
        if (auto pushed = (*run)->push(taken->frame(0), write); !pushed) return pushed.error();
    }
    if (auto finished = (*run)->finish(write); !finished) return finished.error();
    return (*file)->finish({job.source->origin()});
}

}  // namespace kinora::media
