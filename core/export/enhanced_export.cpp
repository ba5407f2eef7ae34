#include "core/export/enhanced_export.h"

#include <span>

namespace kinora::media {

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
