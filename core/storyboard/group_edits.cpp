#include "core/storyboard/group_edits.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/ids.h"
#include "core/storyboard/edits.h"
#include "core/storyboard/layout.h"

namespace kinora::core {
namespace {

Error no_shot(std::string_view id)
{
    return make_error(ErrorKind::not_found, "There is no shot " + std::string(id) + " in the project.");
}

/// For every shot whether it is named; `not_found` if one of the names isn't there.
Result<std::vector<bool>> chosen(const Project& project, const std::vector<std::string>& ids)
{
    const std::unordered_set<std::string_view> wanted(ids.begin(), ids.end());
    std::vector<bool> is_wanted(project.shots.size());
    std::size_t found = 0;
    for (std::size_t i = 0; i < project.shots.size(); ++i) {
        is_wanted[i] = wanted.contains(project.shots[i]->id);
        found += is_wanted[i];
    }
    if (found == wanted.size()) return is_wanted;
    for (const std::string& id : ids)
        if (!find_shot(project, id)) return no_shot(id);
    return is_wanted;
}

std::int64_t dissolve_at(const Layout& layout, std::size_t shot)
{
    if (shot >= layout.size() || layout.transition(shot) != TransitionKind::dissolve) return 0;
    return layout.transition_frames(shot);
}

void clear_transition(SharedValue<Shot>& shot)
{
    if (shot->transition.kind != TransitionKind::cut) shot.update([](Shot& s) { s.transition = {}; });
}

/// Adds a shot to a list that is being made; a plain gap joins a gap before it where both count in the project's rate (of
/// other rates the sum of two rounded lengths isn't the rounded sum).
void append(std::vector<SharedValue<Shot>>& shots, SharedValue<Shot> shot, FrameRate rate)
{
    const bool joins = !shots.empty() && shot->kind == ShotKind::gap && shots.back()->kind == ShotKind::gap &&
                       shot->transition.kind == TransitionKind::cut && shot->settings.rate == rate &&
                       shots.back()->settings.rate == rate && shots.back()->range.end + shot->range.end < k_endless;
    if (!joins) return shots.push_back(std::move(shot));
    shots.back().update([&](Shot& gap) { gap.range.end += shot->range.end; });
}

/// What is left of a shot that reaches from before a range into it, or out of it; nothing if no whole frame is.
std::optional<Shot> kept_part(const Shot& shot, std::int64_t length, FrameRate project_rate, bool at_end)
{
    const ShotSource source = shot_source(shot);
    const std::int64_t frames = rescale_frames(length, project_rate, source.rate, Rounding::down);
    if (frames < 1) return std::nullopt;
    Shot kept = shot;
    kept.range = at_end && !source.endless() ? FrameRange{shot.range.end - frames, shot.range.end}
                                             : FrameRange{shot.range.first, shot.range.first + frames};
    return kept;
}

Error in_transition()
{
    return make_error(ErrorKind::invalid_argument, "A gap can't begin or end inside a transition; remove that first.");
}

bool touches_transition(const Layout& layout, std::int64_t frame)
{
    const auto place = layout.at(frame);
    if (!place) return false;
    const auto touches = [&](std::size_t shot) {
        if (shot >= layout.size() || layout.transition_frames(shot) == 0) return false;
        const FrameRange range = layout.transition_range(shot);
        const bool dissolve = layout.transition(shot) == TransitionKind::dissolve;
        return dissolve ? frame >= range.first && frame <= range.end : frame > range.first && frame < range.end;
    };
    return touches(place->shot) || touches(place->shot + 1);
}

}  // namespace

Result<void> lift_shots(Project& project, const std::vector<std::string>& ids)
{
    const auto wanted = chosen(project, ids);
    if (!wanted) return wanted.error();
    const Layout layout(project);
    Project settled = project;
    for (std::size_t i = 0; i < settled.shots.size(); ++i)
        settle_transition(settled, layout, i);
    std::vector<SharedValue<Shot>> shots;
    shots.reserve(project.shots.size());
    for (std::size_t i = 0; i < project.shots.size();) {
        if (!(*wanted)[i] || project.shots[i]->kind == ShotKind::gap) {
            append(shots, settled.shots[i++], project.rate);
            continue;
        }
        // Named shots side by side leave one gap: from where the neighbour on the left has ended to where the next begins.
        std::size_t last = i;
        while (last + 1 < project.shots.size() && (*wanted)[last + 1])
            ++last;
        const std::int64_t first_free = layout.start(i) + dissolve_at(layout, i);
        const std::int64_t end_free = layout.end(last) - dissolve_at(layout, last + 1);
        append(shots, make_gap(end_free - first_free, project.rate), project.rate);
        i = last + 1;
        if (i < project.shots.size()) {
            clear_transition(settled.shots[i]);
            append(shots, settled.shots[i++], project.rate);
        }
    }
    project.shots = std::move(shots);
    return {};
}

Result<std::vector<std::string>> duplicate_shots(Project& project, const std::vector<std::string>& ids)
{
    const auto wanted = chosen(project, ids);
    if (!wanted) return wanted.error();
    std::vector<SharedValue<Shot>> copies;
    std::vector<std::string> new_ids;
    std::size_t behind = 0;
    for (std::size_t i = 0; i < project.shots.size(); ++i) {
        if (!(*wanted)[i]) continue;
        Shot copy = *project.shots[i];
        copy.id = make_id();
        if (copies.empty()) copy.transition = {};
        new_ids.push_back(copy.id);
        copies.emplace_back(std::move(copy));
        behind = i + 1;
    }
    project.shots.insert(project.shots.begin() + static_cast<std::ptrdiff_t>(behind), copies.begin(), copies.end());
    return new_ids;
}

Result<std::vector<std::string>> insert_shots(Project& project, std::size_t index, std::vector<Shot> shots)
{
    Project next = project;
    std::vector<std::string> ids;
    index = std::min(index, project.shots.size());
    for (Shot& shot : shots) {
        if (shot.id.empty() || find_shot(next, shot.id)) shot.id = make_id();
        ids.push_back(shot.id);
        if (auto inserted = insert_shot(next, index++, std::move(shot)); !inserted) return inserted.error();
    }
    project = std::move(next);
    return ids;
}

Result<std::string> insert_gap(Project& project, std::int64_t frame, std::int64_t length)
{
    if (length < 1 || length > k_endless) return make_error(ErrorKind::invalid_argument, "A gap needs at least one frame.");
    const Layout layout(project);
    Shot gap = make_gap(length, project.rate);
    const std::string id = gap.id;
    std::size_t index = project.shots.size();
    if (const auto place = layout.at(std::max<std::int64_t>(frame, 0))) {
        index = place->shot;
        if (place->offset > 0) {
            if (const auto split = split_at(project, frame); !split) return split.error();
            ++index;
        } else if (dissolve_at(layout, index) > 0) {
            return make_error(ErrorKind::invalid_argument, "A gap can't begin inside a transition; remove that first.");
        }
    }
    project.shots.insert(project.shots.begin() + static_cast<std::ptrdiff_t>(index), std::move(gap));
    return id;
}

Result<std::string> overwrite_with_gap(Project& project, FrameRange range)
{
    const Layout layout(project);
    range = intersection(range, {0, layout.total()});
    if (range.empty()) return make_error(ErrorKind::invalid_argument, "There is nothing in that range.");
    if (touches_transition(layout, range.first) || touches_transition(layout, range.end)) return in_transition();
    Project settled = project;
    for (std::size_t k = 0; k < settled.shots.size(); ++k)
        settle_transition(settled, layout, k);
    std::vector<SharedValue<Shot>> shots;
    std::optional<Shot> right;
    FrameRange empty{range.first, range.end};
    std::size_t i = 0;
    for (; i < layout.size() && layout.start(i) < range.end; ++i) {
        if (layout.end(i) <= range.first) {
            shots.push_back(settled.shots[i]);
            continue;
        }
        const Shot& shot = *settled.shots[i];
        const std::int64_t before = range.first - layout.start(i);
        const auto left = kept_part(shot, before, project.rate, false);
        if (before > 0) empty.first = layout.start(i) + (left ? shot_length(project, *left) : 0);
        if (left) shots.emplace_back(*left);
        if (layout.end(i) <= range.end) continue;
        right = kept_part(shot, layout.end(i) - range.end, project.rate, true);
        empty.end = layout.end(i) - (right ? shot_length(project, *right) : 0);
        if (right && left) right->id = make_id();
    }
    Shot gap = make_gap(empty.length(), project.rate);
    const std::string id = gap.id;
    shots.emplace_back(std::move(gap));
    if (right) {
        right->transition = {};
        shots.emplace_back(std::move(*right));
    } else if (i < project.shots.size()) {
        clear_transition(settled.shots[i]);
    }
    shots.insert(shots.end(), settled.shots.begin() + static_cast<std::ptrdiff_t>(i), settled.shots.end());
    settled.shots = std::move(shots);
    // Where source frames last several project frames, what is left of a shot can be too short for its transition.
    if (Layout(settled).total() != layout.total()) return in_transition();
    project = std::move(settled);
    return id;
}

Result<void> set_length(Project& project, std::string_view id, std::int64_t frames)
{
    const auto index = find_shot(project, id);
    if (!index) return no_shot(id);
    const ShotSource source = shot_source(*project.shots[*index]);
    if (!source.endless())
        return make_error(ErrorKind::invalid_argument,
                          "Only gaps and still pictures take any length; trim this shot instead.");
    if (frames < 1 || frames > k_endless)
        return make_error(ErrorKind::invalid_argument, "A length of at least one frame is needed.");
    const std::int64_t length = rescale_frames(frames, project.rate, source.rate, Rounding::nearest);
    project.shots[*index].update([&](Shot& shot) { shot.range = {0, std::clamp<std::int64_t>(length, 1, k_endless)}; });
    return {};
}

std::int64_t longest_transition(const Project& project, std::string_view id, TransitionKind kind)
{
    const auto index = find_shot(project, id);
    if (!index || *index == 0 || kind == TransitionKind::cut) return 0;
    const Layout layout(project);
    const auto length = [&](std::size_t shot) { return layout.range(shot).length(); };
    const std::int64_t before = std::max<std::int64_t>(0, length(*index - 1) - 1 - layout.taken_at_start(*index - 1));
    const std::int64_t after = std::max<std::int64_t>(0, length(*index) - 1 - layout.taken_at_end(*index));
    return kind == TransitionKind::dissolve ? std::min(before, after) : std::min(2 * before + 1, 2 * after);
}

Result<std::int64_t> set_transition(Project& project, std::string_view id, TransitionKind kind, std::int64_t frames)
{
    const auto index = find_shot(project, id);
    if (!index) return no_shot(id);
    if (*index == 0)
        return make_error(ErrorKind::invalid_argument, "The first shot has nothing to come from; put a gap before it.");
    if (frames < 0) return make_error(ErrorKind::invalid_argument, "A transition can't have a negative length.");
    const std::int64_t longest = longest_transition(project, id, kind);
    const bool cut = kind == TransitionKind::cut || frames == 0;
    if (!cut && longest == 0)
        return make_error(ErrorKind::invalid_argument, "The shots at this cut are too short for a transition.");
    const std::int64_t limited = cut ? 0 : std::min(frames, longest);
    project.shots[*index].update([&](Shot& shot) {
        shot.transition.kind = cut ? TransitionKind::cut : kind;
        shot.transition.frames = limited;
    });
    return limited;
}

}  // namespace kinora::core
