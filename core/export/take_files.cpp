#include "core/export/take_files.h"

#include <chrono>
#include <nlohmann/json.hpp>

#include "core/base/file_copy.h"
#include "core/export/clip_export.h"
#include "core/export/enhanced_export.h"
#include "core/export/kept_frames.h"
#include "core/generation/picture_file.h"
#include "core/generation/recipe_json.h"
#include "core/media/thumbnails.h"

namespace kinora::media {
namespace {

std::int64_t now_seconds()
{
    using namespace std::chrono;
    return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

core::Result<void> write_clip_file(const core::GeneratedClip& clip, const std::filesystem::path& file, std::stop_token stop)
{
    ExportTarget target;
    target.file = file;
    target.preset = std::string(k_take_preset);
    target.overwrite = OverwritePolicy::replace;
    target.recipe_json = core::to_json(clip.recipe).dump();
    const auto written = export_frames(clip.frames, target, {}, stop);
    return written ? core::Result<void>() : core::Result<void>(written.error());
}

core::Result<void> write_thumbnail(const core::FrameSequence& frames, const std::filesystem::path& file)
{
    const auto small = shrink(core::to_picture8(frames, frames.frames / 3), 320, 320);
    return small ? core::write_png(file, *small) : core::Result<void>(small.error());
}

}  // namespace

core::Result<void> save_take(const core::GeneratedClip& clip, core::Take& take, const core::ProjectStore& store,
                             std::stop_token stop)
{
    const auto clip_file = store.resolve(take.clip);
    const auto thumbnail_file = store.resolve(take.thumbnail);
    if (!clip_file || !thumbnail_file) return clip_file ? thumbnail_file.error() : clip_file.error();
    if (const auto written = write_clip_file(clip, *clip_file, stop); !written) return written.error();
    if (const auto written = write_thumbnail(clip.frames, *thumbnail_file); !written) return written.error();
    // Exact frames are a convenience: a take is whole without them.
    if (const auto kept = keep_frames(store, take, clip.frames, stop);
        !kept && kept.error().kind == core::ErrorKind::cancelled)
        return kept;
    take.recipe = clip.recipe;
    take.frames = clip.frames.frames;
    take.rate = clip.frames.rate;
    take.width = clip.frames.width;
    take.height = clip.frames.height;
    take.created = now_seconds();
    return store.write_recipe(take);
}

core::Result<void> save_enhanced_take(const EnhancedTake& enhanced, core::Take& take, const core::ProjectStore& store,
                                      const WriteProgress& progress, std::stop_token stop)
{
    const auto clip_file = store.resolve(take.clip);
    const auto thumbnail_file = store.resolve(take.thumbnail);
    const auto latents_file = store.resolve(take.latents);
    for (const auto* file : {&clip_file, &thumbnail_file, &latents_file})
        if (!*file) return file->error();
    const SourceInfo info = enhanced.source->info();
    const auto plan = core::plan_enhance(enhanced.request, {info.width, info.height, info.frames, info.rate});
    if (!plan) return plan.error();
    const auto middle = enhanced.source->frames({info.frames / 3, info.frames / 3 + 1}, stop);
    if (!middle) return middle.error();
    if (const auto saved = write_thumbnail(*middle, *thumbnail_file); !saved) return saved.error();
    EnhancedExport job{enhanced.enhancer, enhanced.request, enhanced.source, enhanced.sound, {}};
    job.target.file = *clip_file;
    job.target.preset = std::string(k_take_preset);
    job.target.overwrite = OverwritePolicy::replace;
    if (enhanced.recipe) job.target.recipe_json = core::to_json(*enhanced.recipe).dump();
    const auto written = export_enhanced(job, progress, stop);
    if (!written) return written.error();
    if (!enhanced.latents.empty())
        if (auto copied = core::copy_file_whole(enhanced.latents, *latents_file, {}, stop); !copied) return copied.error();
    std::error_code ignored;
    if (!std::filesystem::exists(*latents_file, ignored)) take.latents.clear();
    take.recipe = enhanced.recipe;
    take.frames = plan->shape.frames;
    take.width = plan->shape.width;
    take.height = plan->shape.height;
    take.rate = plan->shape.rate;
    take.created = now_seconds();
    return enhanced.recipe ? store.write_recipe(take) : core::Result<void>();
}

}  // namespace kinora::media
