#include "core/storyboard/sound_tracks.h"

#include <algorithm>

#include "core/base/ids.h"
#include "core/storyboard/sound_edits.h"

namespace kinora::core {
namespace {

Error no_track(std::string_view id)
{
    return make_error(ErrorKind::not_found, "There is no sound track " + std::string(id) + " in the project.");
}

template <typename Change>
Result<void> change_track(Project& project, std::string_view id, Change change)
{
    const auto index = find_sound_track(project, id);
    if (!index) return no_track(id);
    project.sound_tracks[*index].update(change);
    return {};
}

bool has_room(const SoundTrack& track, SampleRange heard, FrameRate rate)
{
    return std::none_of(track.clips.begin(), track.clips.end(),
                        [&](const SoundClip& other) { return !intersection(heard_samples(other, rate), heard).empty(); });
}

void insert_in_order(SoundTrack& track, SoundClip clip)
{
    const auto later = std::upper_bound(track.clips.begin(), track.clips.end(), clip.start,
                                        [](std::int64_t start, const SoundClip& other) { return start < other.start; });
    track.clips.insert(later, std::move(clip));
}

}  // namespace

void put_on_free_track(Project& project, std::size_t track, SoundClip clip)
{
    const SampleRange heard = heard_samples(clip, project.rate);
    while (track < project.sound_tracks.size() && !has_room(*project.sound_tracks[track], heard, project.rate))
        ++track;
    if (track >= project.sound_tracks.size()) {
        project.sound_tracks.emplace_back(new_track(project));
        track = project.sound_tracks.size() - 1;
    }
    project.sound_tracks[track].update([&](SoundTrack& t) { insert_in_order(t, std::move(clip)); });
}

void fit_fades(SoundClip& clip, FrameRate project_rate)
{
    const std::int64_t length = heard_frames(clip, project_rate).length();
    clip.fade_in = std::clamp<std::int64_t>(clip.fade_in, 0, length);
    clip.fade_out = std::clamp<std::int64_t>(clip.fade_out, 0, length - clip.fade_in);
}

SoundTrack new_track(const Project& project)
{
    SoundTrack track;
    track.id = make_id();
    const auto taken = [&](const std::string& name) {
        return std::any_of(project.sound_tracks.begin(), project.sound_tracks.end(),
                           [&](const SharedValue<SoundTrack>& other) { return other->name == name; });
    };
    for (std::size_t number = project.sound_tracks.size() + 1; track.name.empty() || taken(track.name); ++number)
        track.name = "Sound " + std::to_string(number);
    return track;
}

std::int64_t frame_from_sample(std::int64_t sample, FrameRate project_rate)
{
    return frame_of_sample(sample - 1, project_rate) + 1;
}

std::optional<std::size_t> find_sound_track(const Project& project, std::string_view track_id)
{
    for (std::size_t i = 0; i < project.sound_tracks.size(); ++i)
        if (project.sound_tracks[i]->id == track_id) return i;
    return std::nullopt;
}

Result<std::string> add_sound_track(Project& project, std::size_t index, std::string name)
{
    SoundTrack track = new_track(project);
    if (!name.empty()) track.name = std::move(name);
    const std::string id = track.id;
    const auto at = static_cast<std::ptrdiff_t>(std::min(index, project.sound_tracks.size()));
    project.sound_tracks.insert(project.sound_tracks.begin() + at, std::move(track));
    return id;
}

Result<void> remove_sound_track(Project& project, std::string_view track_id)
{
    const auto index = find_sound_track(project, track_id);
    if (!index) return no_track(track_id);
    project.sound_tracks.erase(project.sound_tracks.begin() + static_cast<std::ptrdiff_t>(*index));
    return {};
}

Result<void> rename_sound_track(Project& project, std::string_view track_id, std::string name)
{
    return change_track(project, track_id, [&](SoundTrack& track) { track.name = std::move(name); });
}

Result<void> mute_sound_track(Project& project, std::string_view track_id, bool mute)
{
    return change_track(project, track_id, [&](SoundTrack& track) { track.mute = mute; });
}

Result<void> set_sound_track_gain(Project& project, std::string_view track_id, float gain_db)
{
    if (gain_db != gain_db) return make_error(ErrorKind::invalid_argument, "That gain is no number.");
    return change_track(project, track_id,
                        [&](SoundTrack& track) { track.gain_db = std::clamp(gain_db, k_least_gain_db, k_most_gain_db); });
}

Result<std::string> add_asset(Project& project, Asset asset)
{
    for (const SharedValue<Asset>& known : project.assets) {
        const bool same_content = !asset.sha256.empty() && known->sha256 == asset.sha256 && known->bytes == asset.bytes;
        if (same_content) return known->id;
    }
    if (asset.id.empty()) asset.id = make_id();
    if (find_asset(project, asset.id))
        return make_error(ErrorKind::already_exists, "There is an asset " + asset.id + " in the project already.");
    const std::string id = asset.id;
    project.assets.emplace_back(std::move(asset));
    return id;
}

bool is_asset_used(const Project& project, std::string_view asset_id)
{
    for (const SharedValue<Shot>& shot : project.shots)
        for (const Take& take : shot->takes)
            if (take.asset == asset_id) return true;
    for (const SharedValue<SoundTrack>& track : project.sound_tracks)
        for (const SoundClip& clip : track->clips)
            if (clip.asset == asset_id) return true;
    return false;
}

Result<void> remove_asset(Project& project, std::string_view asset_id)
{
    if (!find_asset(project, asset_id))
        return make_error(ErrorKind::not_found, "There is no asset " + std::string(asset_id) + " in the project.");
    if (is_asset_used(project, asset_id))
        return make_error(ErrorKind::invalid_argument, "The file is used on the storyboard; remove it there first.");
    std::erase_if(project.assets, [&](const SharedValue<Asset>& asset) { return asset->id == asset_id; });
    return {};
}

}  // namespace kinora::core
