#include "core/export/sequence_export.h"

#include <algorithm>
#include <climits>
#include <cmath>

#include "core/export/export_run.h"
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

core::Result<void> write_segment(const Segment& segment, const SequenceExport& job, ExportRun& run,
                                 const std::stop_token& stop)
{
    const auto length = static_cast<int>(record_length(segment, job.rate));
    if (segment.source == nullptr) {
        return run.write(Pixels(static_cast<std::size_t>(job.width) * job.height * 3), length);
    }
    const SourceInfo info = segment.source->info();
    const auto show = [&](std::span<const float> rgb, int times) -> core::Result<void> {
        if (info.width == job.width && info.height == job.height) return run.write(rgb, times);
        const auto fitted = fit_frame(rgb, info.width, info.height, job.width, job.height, segment.fit);
        if (!fitted) return fitted.error();
        return run.write(*fitted, times);
    };
    return for_each_conformed(*segment.source, segment.range, job.rate, length, stop, show);
}

}  // namespace

std::int64_t record_length(const Segment& segment, core::FrameRate rate)
{
    if (segment.record_frames) return *segment.record_frames;
    if (segment.source == nullptr) return segment.range.length();
    return core::conformed_length(segment.range.length(), segment.source->info().rate, rate);
}

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
    std::int64_t length = 0;
    for (const Segment& segment : job.segments)
        length += std::max<std::int64_t>(record_length(segment, job.rate), 0);
    if (length < 1 || length > INT_MAX)
        return core::make_error(core::ErrorKind::invalid_argument, "The storyboard has no frames to export, or too many.");
    auto run = ExportRun::start(job.target, job.width, job.height, job.rate, static_cast<int>(length), progress, stop);
    if (!run) return run.error();
    for (const Segment& segment : job.segments) {
        if (auto written = write_segment(segment, job, **run, stop); !written) return written.error();
    }
    return (*run)->finish();
}

}  // namespace kinora::media
