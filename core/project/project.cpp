#include "core/project/project.h"

#include <algorithm>
#include <set>

#include "core/base/ids.h"

namespace kinora::core {
namespace {

constexpr int k_planned_frames = 33;
constexpr FrameRate k_planned_rate{12};

std::string check_shot(const Shot& shot)
{
    if (!is_valid_id(shot.id)) return "A shot has no valid id.";
    std::set<std::string_view> takes;
    for (const Take& take : shot.takes) {
        if (!is_valid_id(take.id)) return "A take of shot " + shot.id + " has no valid id.";
        if (!takes.insert(take.id).second) return "Shot " + shot.id + " has take " + take.id + " twice.";
        if (take.frames <= 0) return "Take " + take.id + " has no frames.";
    }
    if (!shot.selected_take.empty() && !takes.contains(shot.selected_take))
        return "The selected take of shot " + shot.id + " is not among its takes.";
    if (shot.selected_take.empty() && !shot.takes.empty()) return "Shot " + shot.id + " has takes but none is selected.";
    const ShotSource source = shot_source(shot);
    if (shot.range.first < 0 || shot.range.end > source.frames) return "The range of shot " + shot.id + " leaves its media.";
    if (shot.range.empty()) return "The range of shot " + shot.id + " is empty.";
    return {};
}

}  // namespace

const Take* find_take(const Shot& shot, std::string_view take_id)
{
    const auto found =
        std::find_if(shot.takes.begin(), shot.takes.end(), [&](const Take& take) { return take.id == take_id; });
    return found == shot.takes.end() ? nullptr : &*found;
}

const Take* selected_take(const Shot& shot)
{
    return shot.selected_take.empty() ? nullptr : find_take(shot, shot.selected_take);
}

ShotSource shot_source(const Shot& shot)
{
    if (const Take* take = selected_take(shot)) return {take->frames, take->rate};
    return {shot.settings.frames.value_or(k_planned_frames), shot.settings.rate.value_or(k_planned_rate)};
}

std::optional<std::size_t> find_shot(const Project& project, std::string_view shot_id)
{
    for (std::size_t i = 0; i < project.shots.size(); ++i)
        if (project.shots[i]->id == shot_id) return i;
    return std::nullopt;
}

Shot make_shot(std::string prompt, ShotSettings settings)
{
    Shot shot;
    shot.id = make_id();
    shot.prompt = std::move(prompt);
    shot.settings = std::move(settings);
    shot.range = {0, shot_source(shot).frames};
    return shot;
}

std::string check_invariants(const Project& project)
{
    std::set<std::string_view> ids;
    for (const SharedValue<Shot>& shot : project.shots) {
        if (std::string problem = check_shot(*shot); !problem.empty()) return problem;
        if (!ids.insert(shot->id).second) return "Two shots have the id " + shot->id + ".";
    }
    std::set<std::string_view> marker_ids;
    for (std::size_t i = 0; i < project.markers.size(); ++i) {
        const Marker& marker = project.markers[i];
        if (!is_valid_id(marker.id) || !marker_ids.insert(marker.id).second) return "A marker's id is missing or taken.";
        if (marker.frame < 0) return "Marker " + marker.id + " lies before the start.";
        if (i > 0 && project.markers[i - 1].frame > marker.frame) return "The markers are out of order.";
    }
    return {};
}

}  // namespace kinora::core
