#include "core/storyboard/edits.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/ids.h"
#include "core/storyboard/layout.h"

namespace kinora::core {
namespace {

Error no_shot(std::string_view id)
{
    return make_error(ErrorKind::not_found, "There is no shot " + std::string(id) + " in the project.");
}

/// The named shots' ids as a set, if every one of them is there.
Result<std::unordered_set<std::string_view>> all_there(const Project& project, const std::vector<std::string>& ids)
{
    std::unordered_set<std::string_view> wanted(ids.begin(), ids.end());
    std::size_t found = 0;
    for (const SharedValue<Shot>& shot : project.shots)
        found += wanted.count(shot->id);
    if (found == wanted.size()) return wanted;
    for (const std::string& id : ids)
        if (!find_shot(project, id)) return no_shot(id);
    return wanted;
}

Error nothing_there()
{
    return make_error(ErrorKind::invalid_argument, "There is no shot under the playhead.");
}

}  // namespace

Result<void> insert_shot(Project& project, std::size_t index, Shot shot)
{
    if (shot.id.empty()) shot.id = make_id();
    if (find_shot(project, shot.id))
        return make_error(ErrorKind::already_exists, "There is a shot " + shot.id + " in the project already.");
    for (const Take& take : shot.takes)
        if (!take.asset.empty() && !find_asset(project, take.asset))
            return make_error(ErrorKind::not_found, "The shot shows a file that isn't in the project; import it first.");
    shot.range = range_within(shot.range, shot_source(shot));
    const auto at = static_cast<std::ptrdiff_t>(std::min(index, project.shots.size()));
    project.shots.insert(project.shots.begin() + at, std::move(shot));
    return {};
}

Result<void> remove_shots(Project& project, const std::vector<std::string>& ids)
{
    const auto wanted = all_there(project, ids);
    if (!wanted) return wanted.error();
    std::erase_if(project.shots, [&](const SharedValue<Shot>& shot) { return wanted->contains(shot->id); });
    return {};
}

Result<void> move_shots(Project& project, const std::vector<std::string>& ids, std::size_t index)
{
    const auto wanted = all_there(project, ids);
    if (!wanted) return wanted.error();
    std::vector<SharedValue<Shot>> before;
    std::vector<SharedValue<Shot>> moved;
    std::vector<SharedValue<Shot>> after;
    for (std::size_t i = 0; i < project.shots.size(); ++i) {
        const bool moves = wanted->contains(project.shots[i]->id);
        (moves ? moved : i < index ? before : after).push_back(project.shots[i]);
    }
    before.insert(before.end(), moved.begin(), moved.end());
    before.insert(before.end(), after.begin(), after.end());
    project.shots = std::move(before);
    return {};
}

Result<std::string> split_at(Project& project, std::int64_t frame)
{
    const Layout layout(project);
    const auto place = layout.at(frame);
    if (!place) return nothing_there();
    const SharedValue<Shot> left = project.shots[place->shot];
    const ShotSource source = shot_source(*left);
    const std::int64_t cut = layout.range_frame(place->shot, place->offset);
    if (cut <= left->range.first)
        return make_error(ErrorKind::invalid_argument, "The playhead is at the start of the shot; move it inside to split.");
    const auto too_short = [&](std::int64_t frames, std::int64_t taken) {
        return taken > 0 && conformed_length(frames, source.rate, project.rate) <= taken;
    };
    if (too_short(cut - left->range.first, layout.taken_at_start(place->shot)) ||
        too_short(left->range.end - cut, layout.taken_at_end(place->shot)))
        return make_error(ErrorKind::invalid_argument,
                          "The playhead is inside a transition; move it out, or remove the transition, to split.");
    Shot right = *left;
    right.id = make_id();
    right.transition = {};
    right.range = range_within({source.endless() ? 0 : cut, left->range.end - (source.endless() ? cut : 0)}, source);
    const std::string id = right.id;
    settle_transition(project, layout, place->shot);
    settle_transition(project, layout, place->shot + 1);
    project.shots[place->shot].update([&](Shot& shot) { shot.range.end = cut; });
    project.shots.insert(project.shots.begin() + static_cast<std::ptrdiff_t>(place->shot) + 1, std::move(right));
    return id;
}

Result<std::string> duplicate_shot(Project& project, std::string_view id)
{
    const auto index = find_shot(project, id);
    if (!index) return no_shot(id);
    Shot copy = *project.shots[*index];
    copy.id = make_id();
    copy.transition = {};
    const std::string new_id = copy.id;
    project.shots.insert(project.shots.begin() + static_cast<std::ptrdiff_t>(*index) + 1, std::move(copy));
    return new_id;
}

Result<void> trim_start_to(Project& project, std::int64_t frame)
{
    const Layout layout(project);
    const auto place = layout.at(frame);
    if (!place) return nothing_there();
    const std::int64_t first = layout.range_frame(place->shot, place->offset);
    const auto trimmed = trim_in(project, project.shots[place->shot]->id, first);
    return trimmed ? Result<void>() : trimmed.error();
}

Result<void> trim_end_to(Project& project, std::int64_t frame)
{
    const Layout layout(project);
    const auto place = layout.at(frame);
    if (!place) return nothing_there();
    const std::int64_t end = layout.range_frame(place->shot, place->offset);
    if (end <= project.shots[place->shot]->range.first)
        return make_error(ErrorKind::invalid_argument,
                          "The playhead is at the start of the shot; nothing would be left of it.");
    project.shots[place->shot].update([&](Shot& shot) { shot.range.end = end; });
    return {};
}

}  // namespace kinora::core
