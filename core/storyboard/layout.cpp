#include "core/storyboard/layout.h"

#include <algorithm>

namespace kinora::core {
namespace {

bool is_dip(TransitionKind kind)
{
    return kind == TransitionKind::dip_to_black || kind == TransitionKind::dip_to_white;
}

/// How much of a transition fits if the shot before can give `before` frames and the shot itself `after`.
std::int64_t fitting(const Transition& transition, std::int64_t before, std::int64_t after)
{
    if (transition.kind == TransitionKind::cut) return 0;
    if (transition.kind == TransitionKind::dissolve) return std::min({transition.frames, before, after});
    return std::min({transition.frames, 2 * before + 1, 2 * after});
}

/// How far the transition has come in its frame `p` of `n`: never quite 0 or 1, and 0.5 in the middle.
float progress(std::int64_t p, std::int64_t n)
{
    return static_cast<float>(p + 1) / static_cast<float>(n + 1);
}

}  // namespace

Layout::Layout(const Project& project) : rate_(project.rate)
{
    starts_.reserve(project.shots.size());
    sources_.reserve(project.shots.size());
    for (std::size_t i = 0; i < project.shots.size(); ++i)
        place(project, i);
    if (!starts_.empty()) total_ = end(size() - 1);
}

void Layout::place(const Project& project, std::size_t shot)
{
    const Shot& now = *project.shots[shot];
    const ShotSource source = shot_source(now);
    Source entry{now.range.first, now.range.end, source.rate, conformed_length(now.range.length(), source.rate, rate_)};
    entry.still = source.endless();
    entry.gap = now.kind == ShotKind::gap;
    std::int64_t start = 0;
    if (shot > 0) {
        const std::int64_t before = sources_.back().length - 1 - taken_at_start(shot - 1);
        entry.transition_frames = std::max<std::int64_t>(0, fitting(now.transition, before, entry.length - 1));
        if (entry.transition_frames > 0) entry.transition = now.transition.kind;
        start = end(shot - 1);
        if (entry.transition == TransitionKind::dissolve) start -= entry.transition_frames;
    }
    starts_.push_back(start);
    sources_.push_back(entry);
}

std::int64_t Layout::taken_at_start(std::size_t shot) const
{
    const Source& source = sources_[shot];
    return is_dip(source.transition) ? source.transition_frames - source.transition_frames / 2 : source.transition_frames;
}

std::int64_t Layout::taken_at_end(std::size_t shot) const
{
    if (shot + 1 >= size()) return 0;
    const Source& next = sources_[shot + 1];
    return is_dip(next.transition) ? next.transition_frames / 2 : next.transition_frames;
}

FrameRange Layout::transition_range(std::size_t shot) const
{
    const Source& source = sources_[shot];
    const std::int64_t first = is_dip(source.transition) ? starts_[shot] - source.transition_frames / 2 : starts_[shot];
    return {first, first + source.transition_frames};
}

std::optional<FramePlace> Layout::at(std::int64_t frame) const
{
    if (frame < 0 || frame >= total()) return std::nullopt;
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), frame);
    const auto shot = static_cast<std::size_t>(after - starts_.begin()) - 1;
    const std::int64_t offset = frame - starts_[shot];
    return FramePlace{shot, sources_[shot].still ? 0 : range_frame(shot, offset), offset};
}

MixLayer Layout::layer(std::size_t shot, std::int64_t frame, float weight) const
{
    return {shot, sources_[shot].still ? 0 : range_frame(shot, frame - starts_[shot]), weight};
}

void Layout::add_layer(FrameMix& mix, std::size_t shot, std::int64_t frame, float weight) const
{
    if (sources_[shot].gap || weight <= 0) return;
    mix.layers[static_cast<std::size_t>(mix.count++)] = layer(shot, frame, weight);
}

FrameMix Layout::mix_at(std::int64_t frame) const
{
    FrameMix mix;
    const auto place = at(frame);
    if (!place) return mix;
    const std::size_t shot = place->shot;
    const FrameRange in = transition_range(shot);
    if (transition(shot) == TransitionKind::dissolve && in.contains(frame)) {
        const float weight = progress(frame - in.first, in.length());
        add_layer(mix, shot - 1, frame, 1 - weight);
        add_layer(mix, shot, frame, weight);
        return mix;
    }
    // A dip belongs to the shot it leads to; its first half is seen over the shot before.
    const bool leaving = shot + 1 < size() && is_dip(transition(shot + 1)) && transition_range(shot + 1).contains(frame);
    const std::size_t owner = leaving ? shot + 1 : shot;
    float colour = 0;
    if (is_dip(transition(owner)) && transition_range(owner).contains(frame)) {
        const FrameRange dip = transition_range(owner);
        const float way = progress(frame - dip.first, dip.length());
        colour = std::min(1.0F, 2 * std::min(way, 1 - way));
        if (transition(owner) == TransitionKind::dip_to_white) mix.white = colour;
    }
    add_layer(mix, shot, frame, 1 - colour);
    return mix;
}

std::int64_t Layout::range_frame(std::size_t shot, std::int64_t offset) const
{
    const Source& source = sources_[shot];
    return std::min(source.first + source_frame_at(offset, source.rate, rate_), source.end - 1);
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
    if (frame > total()) return total();
    const auto at_or_after = std::lower_bound(starts_.begin(), starts_.end(), frame);
    return at_or_after == starts_.begin() ? 0 : *(at_or_after - 1);
}

std::int64_t Layout::next_edit(std::int64_t frame) const
{
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), frame);
    return after == starts_.end() ? total() : *after;
}

void settle_transition(Project& project, const Layout& layout, std::size_t shot)
{
    // The first shot's transition takes no room; it may be wanted again when the shot moves.
    if (shot == 0 || shot >= layout.size()) return;
    const std::int64_t seen = layout.transition_frames(shot);
    if (project.shots[shot]->transition.frames == seen) return;
    project.shots[shot].update([&](Shot& s) {
        s.transition.kind = layout.transition(shot);
        s.transition.frames = seen;
    });
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
