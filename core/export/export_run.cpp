#include "core/export/export_run.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/media/ffmpeg_handles.h"

namespace kinora::media {
namespace {

/// Bytes a second of sound at most: 48 kHz, two channels of 24 bit.
constexpr double k_sound_bytes = 48000.0 * 2 * 3;

/// Frames taken from a source at once: as many as fit into 128 MB.
int chunk_of(const SourceInfo& source)
{
    const double one = static_cast<double>(source.width) * source.height * 3 * sizeof(float);
    return std::clamp(static_cast<int>(128e6 / std::max(one, 1.0)), 1, 64);
}

core::Error cancelled(const std::filesystem::path& file)
{
    return core::make_error(core::ErrorKind::cancelled, "The export to " + quoted(file) + " was cancelled.");
}

/// Suites show the comment: the prompt, as typed.
std::string prompt_of(const std::string& recipe_json)
{
    const auto recipe = nlohmann::json::parse(recipe_json, nullptr, false);
    if (!recipe.is_object() || !recipe.contains("prompt") || !recipe["prompt"].is_string()) return {};
    return recipe["prompt"].get<std::string>();
}

}  // namespace

core::Result<std::unique_ptr<ExportRun>> ExportRun::start(const ExportTarget& target, int width, int height,
                                                          core::FrameRate rate, int frames, WriteProgress progress,
                                                          std::stop_token stop, SoundFeed sound)
{
    const auto preset = find_preset(target.preset);
    if (!preset) return preset.error();
    if (stop.stop_requested()) return cancelled(target.file);
    std::unique_ptr<ExportRun> run(new ExportRun(target, frames, std::move(progress), std::move(stop)));
    WriteOptions options;
    options.target = target.file;
    options.width = width;
    options.height = height;
    options.rate = rate;
    options.frames = frames;
    options.overwrite = target.overwrite;
    options.space = target.space;
    options.estimated_bytes = static_cast<double>(estimate_bytes(**preset, width, height, frames));
    options.sound = std::move(sound);
    if (options.sound && !(*preset)->encoder.sound_encoder.empty())
        options.estimated_bytes += k_sound_bytes * frames / rate.as_double();
    options.metadata = target.metadata;
    if (target.disclosure != Disclosure::none && !target.recipe_json.empty()) {
        options.recipe_json = target.recipe_json;
        options.metadata.try_emplace("comment", prompt_of(target.recipe_json));
    }
    auto writer = VideoWriter::open((*preset)->encoder, options);
    if (!writer) return writer.error();
    run->writer_ = std::move(*writer);
    return run;
}

core::Result<void> ExportRun::write(std::span<const float> rgb, int times)
{
    for (int i = 0; i < times; ++i) {
        if (stop_.stop_requested()) return cancelled(target_.file);
        if (auto written = writer_->write(rgb); !written) return written;
        if (progress_) progress_(++done_, frames_);
    }
    return {};
}

core::Result<WrittenFile> ExportRun::finish()
{
    if (stop_.stop_requested()) return cancelled(target_.file);
    auto file = writer_->finish();
    if (!file) return file;
    if (target_.disclosure == Disclosure::embed_and_sidecar && !target_.recipe_json.empty()) {
        if (auto written = core::write_file(sidecar_of(target_.file), target_.recipe_json + "\n"); !written)
            return written.error();
    }
    return file;
}

core::Result<void> for_each_conformed(FrameSource& source, FrameRange range, core::FrameRate rate, int length,
                                      const std::stop_token& stop, const ShowFrame& show)
{
    const SourceInfo info = source.info();
    if (range.first < 0 || range.length() < 1 || range.end > info.frames) {
        return core::make_error(core::ErrorKind::invalid_argument,
                                "Frames " + std::to_string(range.first) + " to " + std::to_string(range.end) +
                                    " can't be exported: the clip has " + std::to_string(info.frames) + ".");
    }
    const int chunk = chunk_of(info);
    core::FrameSequence taken;
    FrameRange held{0, 0};
    const auto source_frame = [&](int i) {
        return range.first + std::min(core::source_frame_at(i, info.rate, rate), range.length() - 1);
    };
    for (int i = 0; i < length;) {
        const std::int64_t wanted = source_frame(i);
        int times = 1;
        while (i + times < length && source_frame(i + times) == wanted)
            ++times;
        if (wanted >= held.end) {
            held = {wanted, std::min(wanted + chunk, range.end)};
            auto frames = source.frames(held, stop);
            if (!frames) return frames.error();
            taken = std::move(*frames);
            const std::size_t size = static_cast<std::size_t>(info.width) * info.height * 3;
            if (taken.frames != held.length() || taken.rgb.size() != size * static_cast<std::size_t>(held.length())) {
                return core::make_error(core::ErrorKind::corrupt, "A clip gave other frames than it promised.");
            }
        }
        if (auto shown = show(taken.frame(static_cast<int>(wanted - held.first)), times); !shown) return shown;
        i += times;
    }
    return {};
}

}  // namespace kinora::media
