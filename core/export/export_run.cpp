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

std::string text_of(const std::set<FrameOrigin>& origins)
{
    std::string text;
    for (const FrameOrigin origin : origins)
        text += (text.empty() ? "" : ", ") + std::string(origin_text(origin));
    return text;
}

}  // namespace

core::Result<std::unique_ptr<ExportRun>> ExportRun::start(const ExportTarget& target, int width, int height,
                                                          core::FrameRate rate, int frames, WriteProgress progress,
                                                          std::stop_token stop, const std::set<FrameOrigin>& origins,
                                                          SoundFeed sound)
{
    const auto preset = find_preset(target.preset);
    if (!preset) return preset.error();
    const auto settings = settings_for(**preset, target.colour, target.quality);
    if (!settings) return settings.error();
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
    options.estimated_bytes = static_cast<double>(estimate_bytes(**preset, width, height, frames, target.quality));
    options.sound = std::move(sound);
    if (options.sound && !(*preset)->encoder.sound_encoder.empty())
        options.estimated_bytes += k_sound_bytes * frames / rate.as_double();
    options.metadata = target.metadata;
    options.metadata[k_origin_key] = text_of(origins);
    options.finishers = target.finishers;
    if (target.disclosure != Disclosure::none && !target.recipe_json.empty()) {
        options.recipe_json = target.recipe_json;
        options.metadata.try_emplace("comment", prompt_of(target.recipe_json));
    }
    auto writer = VideoWriter::open(*settings, options);
    if (!writer) return writer.error();
    run->writer_ = std::move(*writer);
    return run;
}

core::Result<void> ExportRun::write(const ShownPicture& picture, int times)
{
    for (int i = 0; i < times; ++i) {
        if (stop_.stop_requested()) return cancelled(target_.file);
        if (auto written = writer_->write(picture.rgb, picture.alpha); !written) return written;
        if (progress_) progress_(++done_, frames_);
    }
    return {};
}

core::Result<WrittenFile> ExportRun::finish(const std::set<FrameOrigin>& origins)
{
    if (stop_.stop_requested()) return cancelled(target_.file);
    writer_->set_metadata(k_origin_key, text_of(origins));
    auto file = writer_->finish();
    if (!file) return file;
    if (target_.disclosure == Disclosure::embed_and_sidecar && !target_.recipe_json.empty()) {
        if (auto written = core::write_file(sidecar_of(target_.file), target_.recipe_json + "\n"); !written)
            return written.error();
    }
    return file;
}

PictureAt pictures_of(FrameSource& source, FrameRange range, std::stop_token stop)
{
    struct Held {
        core::FrameSequence taken;
        FrameRange frames{0, 0};
    };
    auto held = std::make_shared<Held>();
    return [&source, range, stop = std::move(stop), held](std::int64_t number) -> core::Result<ShownPicture> {
        const std::int64_t wanted = range.first + number;
        if (!held->frames.contains(wanted)) {
            const SourceInfo info = source.info();
            held->frames = {wanted, std::min(wanted + chunk_of(info), range.end)};
            auto frames = source.frames(held->frames, stop);
            if (!frames) return frames.error();
            held->taken = std::move(*frames);
            const std::size_t size = static_cast<std::size_t>(info.width) * static_cast<std::size_t>(info.height) * 3;
            const std::int64_t count = held->frames.length();
            if (held->taken.frames != count || held->taken.rgb.size() != size * static_cast<std::size_t>(count))
                return core::make_error(core::ErrorKind::corrupt, "A clip gave other frames than it promised.");
        }
        return ShownPicture{held->taken.frame(static_cast<int>(wanted - held->frames.first)), {}};
    };
}

}  // namespace kinora::media
