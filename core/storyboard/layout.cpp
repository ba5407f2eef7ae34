#include "core/storyboard/layout.h"

#include <algorithm>

namespace kinora::core {

Layout::Layout(const Project& project) : rate_(project.rate)
{
    starts_.reserve(project.shots.size() + 1);
    sources_.reserve(project.shots.size());
    starts_.push_back(0);
    for (const SharedValue<Shot>& shot : project.shots) {
        const FrameRate rate = shot_source(*shot).rate;
        sources_.push_back({shot->range.first, shot->range.end, rate});
        starts_.push_back(starts_.back() + conformed_length(shot->range.length(), rate, rate_));
    }
}

std::optional<FramePlace> Layout::at(std::int64_t frame) const
{
    if (frame < 0 || frame >= total()) return std::nullopt;
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), frame);
    const auto shot = static_cast<std::size_t>(after - starts_.begin()) - 1;
    const std::int64_t offset = frame - starts_[shot];
    return FramePlace{shot, sources_[shot].first + source_frame_at(offset, sources_[shot].rate, rate_), offset};
}

std::int64_t Layout::project_frame(std::size_t shot, std::int64_t source_frame) const
{
    const Source& source = sources_[shot];
    const std::int64_t inside = std::clamp(source_frame, source.first, source.end - 1) - source.first;
    return std::min(starts_[shot] + first_timeline_frame_of(inside, source.rate, rate_), end(shot) - 1);
}

std::size_t Layout::insertion_index(std::int64_t frame) const
{
    std::size_t low = 0;
    std::size_t high = size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (start(middle) + end(middle) > 2 * frame)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

std::int64_t Layout::previous_edit(std::int64_t frame) const
{
    const auto at_or_after = std::lower_bound(starts_.begin(), starts_.end(), frame);
    return at_or_after == starts_.begin() ? 0 : *(at_or_after - 1);
}

std::int64_t Layout::next_edit(std::int64_t frame) const
{
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), frame);
    return after == starts_.end() ? total() : *after;
}

std::int64_t shot_length(const Project& project, const Shot& shot)
{
    return conformed_length(shot.range.length(), shot_source(shot).rate, project.rate);
}

std::optional<FramePlace> what_is_at(const Project& project, std::int64_t frame)
{
    return Layout(project).at(frame);
}

std::int64_t total_duration(const Project& project)
{
    return Layout(project).total();
}

}  // namespace kinora::core
