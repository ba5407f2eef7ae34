#include "core/export/sequence_export.h"

#include <algorithm>
#include <climits>
#include <cmath>

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

/// Puts together what is seen at each frame and writes it.
class Compositor {
public:
    Compositor(const SequenceExport& job, const core::Layout& layout, ExportRun& run, std::stop_token stop)
        : layout_(layout), run_(run), pictures_(job, std::move(stop)), mixed_(pixels_of(job))
    {
    }

    core::Result<void> write(std::int64_t frame)
    {
        const core::FrameMix mix = layout_.mix_at(frame);
        if (mix.plain()) {
            const auto picture = pictures_.picture(mix.layers[0].shot, mix.layers[0].source_frame);
            if (!picture) return picture.error();
            pictures_.forget_before(mix.layers[0].shot);
            return run_.write(*picture);
        }
        std::fill(mixed_.begin(), mixed_.end(), mix.white);
        for (int i = 0; i < mix.count; ++i) {
            const core::MixLayer& layer = mix.layers[static_cast<std::size_t>(i)];
            const auto picture = pictures_.picture(layer.shot, layer.source_frame);
            if (!picture) return picture.error();
            for (std::size_t p = 0; p < mixed_.size(); ++p)
                mixed_[p] += layer.weight * (*picture)[p];
        }
        return run_.write(mixed_);
    }

private:
    static std::size_t pixels_of(const SequenceExport& job)
    {
        return static_cast<std::size_t>(job.project.width) * static_cast<std::size_t>(job.project.height) * 3;
    }

    const core::Layout& layout_;
    ExportRun& run_;
    ShotPictures pictures_;
    Pixels mixed_;
};

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
    std::optional<SoundMixer> mixer;
    if (job.locate) mixer.emplace(project, job.locate);
    SoundFeed sound;
    if (mixer && mixer->audible()) {
        const std::int64_t first = core::sample_of_frame(range.first, project.rate);
        sound = [&mixer, first](std::int64_t start, std::span<float> out) -> core::Result<void> {
            mixer->read(first + start, out);
            if (!mixer->problems().empty()) return mixer->problems().front();
            return {};
        };
    }
    auto run = ExportRun::start(job.target, project.width, project.height, project.rate, static_cast<int>(range.length()),
                                progress, stop, std::move(sound));
    if (!run) return run.error();
    Compositor compositor(job, layout, **run, stop);
    for (std::int64_t frame = range.first; frame < range.end; ++frame)
        if (auto written = compositor.write(frame); !written) return written.error();
    return (*run)->finish();
}

}  // namespace kinora::media
