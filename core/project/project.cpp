#include "core/project/project.h"

#include <algorithm>
#include <set>

#include "core/base/ids.h"

namespace kinora::core {
namespace {

constexpr int k_planned_frames = 33;
constexpr FrameRate k_planned_rate{12};
constexpr std::int64_t k_planned_still = 120;

std::string check_transition(const Shot& shot)
{
    const Transition& transition = shot.transition;
    const bool cut = transition.kind == TransitionKind::cut;
    if (cut != (transition.frames == 0) || transition.frames < 0 || transition.frames > k_endless)
        return "The transition of shot " + shot.id + " has an impossible length.";
    return {};
}

std::string check_takes(const Project& project, const Shot& shot)
{
    if (shot.kind == ShotKind::gap && !shot.takes.empty()) return "Gap " + shot.id + " has takes.";
    std::set<std::string_view> takes;
    for (const Take& take : shot.takes) {
        if (!is_valid_id(take.id)) return "A take of shot " + shot.id + " has no valid id.";
        if (!takes.insert(take.id).second) return "Shot " + shot.id + " has take " + take.id + " twice.";
        if (take.frames <= 0) return "Take " + take.id + " has no frames.";
        if (!take.asset.empty() && !find_asset(project, take.asset))
            return "Take " + take.id + " shows an asset that isn't in the project.";
    }
    if (!shot.selected_take.empty() && !takes.contains(shot.selected_take))
        return "The selected take of shot " + shot.id + " is not among its takes.";
    if (shot.selected_take.empty() && !shot.takes.empty()) return "Shot " + shot.id + " has takes but none is selected.";
    return {};
}

std::string check_shot(const Project& project, const Shot& shot)
{
    if (!is_valid_id(shot.id)) return "A shot has no valid id.";
    if (std::string problem = check_takes(project, shot); !problem.empty()) return problem;
    if (std::string problem = check_transition(shot); !problem.empty()) return problem;
    const ShotSource source = shot_source(shot);
    if (shot.range.first < 0 || shot.range.end > source.frames) return "The range of shot " + shot.id + " leaves its media.";
    if (shot.range.empty()) return "The range of shot " + shot.id + " is empty.";
    if (source.endless() && shot.range.first != 0) return "The range of shot " + shot.id + " doesn't begin at 0.";
    return {};
}

bool is_gain(float gain_db)
{
    return gain_db >= k_least_gain_db && gain_db <= k_most_gain_db;
}

std::string check_clip(const Project& project, const SoundClip& clip)
{
    const Asset* asset = find_asset(project, clip.asset);
    if (!asset) return "Sound clip " + clip.id + " plays an asset that isn't in the project.";
    if (clip.source.first < 0 || clip.source.empty() || clip.source.end > asset->samples)
        return "Sound clip " + clip.id + " leaves its media.";
    if (clip.start < 0) return "Sound clip " + clip.id + " lies before the start.";
    if (!is_gain(clip.gain_db)) return "The gain of sound clip " + clip.id + " is out of range.";
    const bool fades = clip.fade_in >= 0 && clip.fade_out >= 0;
    if (!fades || clip.fade_in + clip.fade_out > heard_frames(clip, project.rate).length())
        return "The fades of sound clip " + clip.id + " are longer than it is.";
    return {};
}

std::string check_sound(const Project& project)
{
    std::set<std::string_view> ids;
    for (const SharedValue<SoundTrack>& track : project.sound_tracks) {
        if (!is_valid_id(track->id) || !ids.insert(track->id).second) return "A sound track's id is missing or taken.";
        if (!is_gain(track->gain_db)) return "The gain of sound track " + track->id + " is out of range.";
        std::int64_t end = 0;
        for (const SoundClip& clip : track->clips) {
            if (!is_valid_id(clip.id) || !ids.insert(clip.id).second) return "A sound clip's id is missing or taken.";
            if (std::string problem = check_clip(project, clip); !problem.empty()) return problem;
            const SampleRange heard = heard_samples(clip, project.rate);
            if (heard.first < end) return "Sound clip " + clip.id + " lies over the one before it.";
            end = heard.end;
        }
    }
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
    if (shot.kind == ShotKind::gap) return {k_endless, shot.settings.rate.value_or(FrameRate(24))};
    if (const Take* take = selected_take(shot)) return {take->still ? k_endless : take->frames, take->rate};
    return {shot.settings.frames.value_or(k_planned_frames), shot.settings.rate.value_or(k_planned_rate)};
}

FrameRange range_within(FrameRange range, const ShotSource& source)
{
    FrameRange inside = intersection(range, {0, source.frames});
    if (source.endless()) inside = {0, inside.length()};
    if (inside.empty()) inside = {0, source.endless() ? k_planned_still : source.frames};
    return inside;
}

std::optional<std::size_t> find_shot(const Project& project, std::string_view shot_id)
{
    for (std::size_t i = 0; i < project.shots.size(); ++i)
        if (project.shots[i]->id == shot_id) return i;
    return std::nullopt;
}

const Asset* find_asset(const Project& project, std::string_view asset_id)
{
    const auto found = std::find_if(project.assets.begin(), project.assets.end(),
                                    [&](const SharedValue<Asset>& asset) { return asset->id == asset_id; });
    return found == project.assets.end() ? nullptr : &**found;
}

const std::string& clip_file(const Project& project, const Take& take)
{
    const Asset* asset = take.asset.empty() ? nullptr : find_asset(project, take.asset);
    return asset ? asset->file : take.clip;
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

Shot make_gap(std::int64_t frames, FrameRate project_rate)
{
    Shot gap;
    gap.id = make_id();
    gap.kind = ShotKind::gap;
    gap.settings.rate = project_rate;
    gap.range = {0, std::clamp<std::int64_t>(frames, 1, k_endless)};
    return gap;
}

Shot make_media_shot(const Asset& asset, FrameRate project_rate, std::int64_t still_frames)
{
    Take take;
    take.id = make_id();
    take.asset = asset.id;
    take.still = asset.kind == AssetKind::image;
    take.frames = take.still ? 1 : std::max<std::int64_t>(asset.frames, 1);
    take.rate = take.still ? project_rate : asset.rate;
    take.width = asset.width;
    take.height = asset.height;
    Shot shot;
    shot.id = make_id();
    shot.kind = ShotKind::media;
    shot.name = asset.name;
    shot.range = {0, take.still ? std::clamp<std::int64_t>(still_frames, 1, k_endless) : take.frames};
    shot.selected_take = take.id;
    shot.takes.push_back(std::move(take));
    return shot;
}

std::string check_invariants(const Project& project)
{
    std::set<std::string_view> asset_ids;
    for (const SharedValue<Asset>& asset : project.assets)
        if (!is_valid_id(asset->id) || !asset_ids.insert(asset->id).second) return "An asset's id is missing or taken.";
    std::set<std::string_view> ids;
    for (const SharedValue<Shot>& shot : project.shots) {
        if (std::string problem = check_shot(project, *shot); !problem.empty()) return problem;
        if (!ids.insert(shot->id).second) return "Two shots have the id " + shot->id + ".";
    }
    if (std::string problem = check_sound(project); !problem.empty()) return problem;
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
