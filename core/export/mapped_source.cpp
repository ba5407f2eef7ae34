#include "core/export/mapped_source.h"

#include <algorithm>
#include <span>

namespace kinora::media {

SourceInfo MappedSource::info() const
{
    SourceInfo info = source_->info();
    info.frames = static_cast<int>(map_.length);
    info.rate = map_.rate;
    return info;
}

core::Result<core::FrameSequence> MappedSource::frames(FrameRange range, std::stop_token stop)
{
    const int available = source_->info().frames;
    const auto source_frame = [&](std::int64_t frame) {
        return std::min<std::int64_t>(map_.source_frame(frame), available - 1);
    };
    const FrameRange needed{source_frame(range.first), source_frame(range.end - 1) + 1};
    auto taken = source_->frames(needed, std::move(stop));
    if (!taken) return taken;
    const std::size_t size = taken->frame_size();
    core::FrameSequence out{static_cast<int>(range.length()), taken->height, taken->width, map_.rate, {}};
    out.rgb.resize(size * static_cast<std::size_t>(range.length()));
    for (std::int64_t frame = range.first; frame < range.end; ++frame) {
        const auto from = taken->frame(static_cast<int>(source_frame(frame) - needed.first));
        std::copy(from.begin(), from.end(),
                  out.rgb.begin() + static_cast<std::ptrdiff_t>(size * static_cast<std::size_t>(frame - range.first)));
    }
    return out;
}

}  // namespace kinora::media
