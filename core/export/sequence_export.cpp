#include "core/export/sequence_export.h"

#include <algorithm>
#include <climits>
#include <cmath>
#include <set>

#include "core/export/export_run.h"
#include "core/export/shot_pictures.h"
#include "core/media/resize.h"

namespace kinora::media {
namespace {

using Pixels = std::vector<float>;

/// Copies the part of `from` that lies under a target of another size, both centred; the rest stays black.
Pixels centred(const Pixels& from, int width, int height, int target_width, int target_height)
{
    Pixels out(static_cast<std::size_t>(target_width) * target_height * 3);
    const int columns = std::min(width, target_width);
    const int rows = std::min(height, target_height);
    const int from_x = (width - columns) / 2, from_y = (height - rows) / 2;
    const int to_x = (target_width - columns) / 2, to_y = (target_height - rows) / 2;
    for (int y = 0; y < rows; ++y) {
        const auto source = from.begin() + (static_cast<std::ptrdiff_t>(from_y + y) * width + from_x) * 3;
        const auto target = out.begin() + (static_cast<std::ptrdiff_t>(to_y + y) * target_width + to_x) * 3;
        std::copy_n(source, static_cast<std::ptrdiff_t>(columns) * 3, target);
    }
    return out;
}

/// Puts together what is seen at a frame.
class Compositor {
public:
    Compositor(const SequenceExport& job, const core::Layout& layout, bool alpha, std::stop_token stop)
        : layout_(layout), pictures_(job, std::move(stop)), mixed_(pixels_of(job) * 3), alpha_(alpha ? pixels_of(job) : 0)
    {
    }

    core::Result<ShownPicture> at(std::int64_t frame)
    {
        const core::FrameMix mix = layout_.mix_at(frame);
        if (mix.plain()) {
            const auto picture = pictures_.picture(mix.layers[0].shot, mix.layers[0].source_frame);
            if (!picture) return picture.error();
            pictures_.forget_before(mix.layers[0].shot);
            return ShownPicture{*picture, {}};
        }
        std::fill(mixed_.begin(), mixed_.end(), mix.white);
        for (int i = 0; i < mix.count; ++i) {
            const core::MixLayer& layer = mix.layers[static_cast<std::size_t>(i)];
            const auto picture = pictures_.picture(layer.shot, layer.source_frame);
            if (!picture) return picture.error();
            for (std::size_t p = 0; p < mixed_.size(); ++p)
                mixed_[p] += layer.weight * (*picture)[p];
        }
        // A gap has no layer; a dip to black has one, or none only at its darkest.
        const bool gap = mix.count == 0 && mix.white == 0;
        std::fill(alpha_.begin(), alpha_.end(), gap ? 0.0F : 1.0F);
        return ShownPicture{mixed_, alpha_};
    }

    [[nodiscard]] const std::set<FrameOrigin>& origins() const { return pictures_.origins(); }

private:
    static std::size_t pixels_of(const SequenceExport& job)
    {
        return static_cast<std::size_t>(job.project.width) * static_cast<std::size_t>(job.project.height);
    }

    const core::Layout& layout_;
    ShotPictures pictures_;
    Pixels mixed_;
    Pixels alpha_;
};

/// The storyboard's sound from the range's start on, as loud as asked for; empty where there is none.
core::Result<SoundFeed> sound_of(const SequenceExport& job, SoundMixer& mixer, FrameRange range, const std::stop_token& stop)
{
    if (!mixer.audible()) return SoundFeed();
    const std::int64_t first = core::sample_of_frame(range.first, job.project.rate);
    const SoundFeed plain = [&mixer, first](std::int64_t start, std::span<float> out) -> core::Result<void> {
        mixer.read(first + start, out);
        if (!mixer.problems().empty()) return mixer.problems().front();
        return {};
    };
    if (!job.loudness && !job.heard) return plain;
    const std::int64_t samples = core::sample_of_frame(range.end, job.project.rate) - first;
    const auto measured = measure_loudness(plain, samples, stop);
    if (!measured) return measured.error();
    const LoudnessReport report = plan_gain(*measured, job.loudness);
    if (job.heard) job.heard(report);
    return report.gain == 1.0 ? plain : with_gain(plain, report.gain);
}

}  // namespace

core::Result<std::vector<float>> fit_frame(std::span<const float> rgb, int width, int height, int target_width,
                                           int target_height, FitMode fit)
{
    const double across = static_cast<double>(target_width) / std::max(width, 1);
    const double down = static_cast<double>(target_height) / std::max(height, 1);
    const double factor = fit == FitMode::fit ? std::min(across, down) : std::max(across, down);
    const int scaled_width = std::max(1, static_cast<int>(std::lround(width * factor)));
    const int scaled_height = std::max(1, static_cast<int>(std::lround(height * factor)));
    auto scaled = resize_rgb(rgb, width, height, scaled_width, scaled_height);
    if (!scaled || (scaled_width == target_width && scaled_height == target_height)) return scaled;
    return centred(*scaled, scaled_width, scaled_height, target_width, target_height);
}

core::Result<WrittenFile> export_sequence(const SequenceExport& job, const WriteProgress& progress, std::stop_token stop)
{
    const core::Project& project = job.project;
    const core::Layout layout(project);
    const FrameRange range = job.range.value_or(FrameRange{0, layout.total()});
    if (range.empty() || range.first < 0 || range.end > layout.total() || range.length() > INT_MAX)
        return core::make_error(core::ErrorKind::invalid_argument, "The storyboard has no frames to export, or too many.");
    const auto preset = find_preset(job.target.preset);
    if (!preset) return preset.error();
    std::optional<SoundMixer> mixer;
    SoundFeed sound;
    if (job.locate && !(*preset)->encoder.sound_encoder.empty()) {
        auto feed = sound_of(job, mixer.emplace(project, job.locate), range, stop);
        if (!feed) return feed.error();
        sound = std::move(*feed);
    }
    const core::FrameRate rate = job.rate.value_or(project.rate);
    const auto length = static_cast<int>(core::conformed_length(range.length(), project.rate, rate));
    auto run = ExportRun::start(job.target, project.width, project.height, rate, length, progress, stop,
                                expected_origins(job, layout, range), std::move(sound));
    if (!run) return run.error();
    Compositor compositor(job, layout, (*preset)->alpha(), stop);
    const PictureAt pictures = [&](std::int64_t frame) { return compositor.at(range.first + frame); };
    const auto show = [&](const ShownPicture& picture, int times) { return (*run)->write(picture, times); };
    const ConformShape shape{project.width, project.height, range.length(), project.rate, rate, length};
    if (auto shown = conform(shape, job.conform, pictures, show, stop); !shown) return shown.error();
    return (*run)->finish(compositor.origins());
}

}  // namespace kinora::media
