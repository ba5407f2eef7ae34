#include "core/storyboard/sound_edits.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/ids.h"
#include "core/storyboard/sound_tracks.h"

namespace kinora::core {
namespace {

Error no_clip(std::string_view id)
{
    return make_error(ErrorKind::not_found, "There is no sound clip " + std::string(id) + " in the project.");
}

const SoundClip& clip_at(const Project& project, const SoundPlace& place)
{
    return project.sound_tracks[place.track]->clips[place.clip];
}

void replace(Project& project, const SoundPlace& place, SoundClip clip)
{
    if (clip == clip_at(project, place)) return;
    project.sound_tracks[place.track].update([&](SoundTrack& track) { track.clips[place.clip] = std::move(clip); });
}

template <typename Change>
Result<void> change_clip(Project& project, std::string_view id, Change change)
{
    const auto place = find_sound_clip(project, id);
    if (!place) return no_clip(id);
    SoundClip clip = clip_at(project, *place);
    change(clip);
    replace(project, *place, std::move(clip));
    return {};
}

SoundClip take_out(Project& project, const SoundPlace& place)
{
    SoundClip clip = clip_at(project, place);
    project.sound_tracks[place.track].update(
        [&](SoundTrack& track) { track.clips.erase(track.clips.begin() + static_cast<std::ptrdiff_t>(place.clip)); });
    return clip;
}

}  // namespace

std::optional<SoundPlace> find_sound_clip(const Project& project, std::string_view clip_id)
{
    for (std::size_t t = 0; t < project.sound_tracks.size(); ++t) {
        const std::vector<SoundClip>& clips = project.sound_tracks[t]->clips;
        for (std::size_t c = 0; c < clips.size(); ++c)
            if (clips[c].id == clip_id) return SoundPlace{t, c};
    }
    return std::nullopt;
}

Result<std::string> place_sound(Project& project, std::string_view track_id, std::string_view asset_id, std::int64_t start,
                                std::optional<SampleRange> source)
{
    const Asset* asset = find_asset(project, asset_id);
    if (!asset) return make_error(ErrorKind::not_found, "There is no asset " + std::string(asset_id) + " in the project.");
    const SampleRange part = intersection(source.value_or(SampleRange{0, asset->samples}), {0, asset->samples});
    if (part.empty()) return make_error(ErrorKind::invalid_argument, "\"" + asset->name + "\" has no sound there.");
    if (start < 0 || start > k_endless) return make_error(ErrorKind::invalid_argument, "Sound can't lie before the start.");
    SoundClip clip;
    clip.id = make_id();
    clip.asset = asset->id;
    clip.start = start;
    clip.source = part;
    const std::string id = clip.id;
    put_on_free_track(project, find_sound_track(project, track_id).value_or(0), std::move(clip));
    return id;
}

Result<std::int64_t> move_sound(Project& project, std::string_view clip_id, std::string_view track_id, std::int64_t start)
{
    const auto place = find_sound_clip(project, clip_id);
    if (!place) return no_clip(clip_id);
    const auto track = track_id.empty() ? std::optional(place->track) : find_sound_track(project, track_id);
    if (!track)
        return make_error(ErrorKind::not_found, "There is no sound track " + std::string(track_id) + " in the project.");
    const std::int64_t limited = std::clamp<std::int64_t>(start, 0, k_endless);
    if (limited == clip_at(project, *place).start && *track == place->track) return limited;
    SoundClip clip = take_out(project, *place);
    clip.start = limited;
    fit_fades(clip, project.rate);
    put_on_free_track(project, *track, std::move(clip));
    return limited;
}

Result<std::int64_t> move_sounds(Project& project, const std::vector<std::string>& clip_ids, std::int64_t delta)
{
    std::unordered_set<std::string_view> seen;
    std::vector<std::pair<std::size_t, SoundClip>> moved;
    for (const std::string& id : clip_ids) {
        const auto place = find_sound_clip(project, id);
        if (!place) return no_clip(id);
        if (seen.insert(id).second) moved.emplace_back(place->track, clip_at(project, *place));
    }
    for (const auto& [track, clip] : moved)
        delta = std::clamp(delta, -clip.start, k_endless - clip.start);
    if (delta == 0 || moved.empty()) return 0;
    if (auto removed = remove_sounds(project, clip_ids); !removed) return removed.error();
    for (auto& [track, clip] : moved) {
        clip.start += delta;
        fit_fades(clip, project.rate);
        put_on_free_track(project, track, std::move(clip));
    }
    return delta;
}

Result<std::int64_t> trim_sound_start(Project& project, std::string_view clip_id, std::int64_t frame)
{
    const auto place = find_sound_clip(project, clip_id);
    if (!place) return no_clip(clip_id);
    SoundClip clip = clip_at(project, *place);
    const SampleRange heard = heard_samples(clip, project.rate);
    std::int64_t least = std::max<std::int64_t>(0, frame_from_sample(heard.first - clip.source.first, project.rate));
    if (place->clip > 0) {
        const SoundClip& before = project.sound_tracks[place->track]->clips[place->clip - 1];
        least = std::max(least, frame_from_sample(heard_samples(before, project.rate).end, project.rate));
    }
    const std::int64_t most = heard_frames(clip, project.rate).end - 1;
    const std::int64_t limited = std::clamp(frame, std::min(least, most), most);
    clip.source.first += sample_of_frame(limited, project.rate) - heard.first;
    clip.start = limited;
    fit_fades(clip, project.rate);
    replace(project, *place, std::move(clip));
    return limited;
}

Result<std::int64_t> trim_sound_end(Project& project, std::string_view clip_id, std::int64_t frame)
{
    const auto place = find_sound_clip(project, clip_id);
    if (!place) return no_clip(clip_id);
    SoundClip clip = clip_at(project, *place);
    const std::vector<SoundClip>& clips = project.sound_tracks[place->track]->clips;
    const std::int64_t most = place->clip + 1 < clips.size() ? clips[place->clip + 1].start : k_endless;
    const std::int64_t limited = std::clamp(frame, clip.start + 1, std::max(most, clip.start + 1));
    const std::int64_t begin = heard_samples(clip, project.rate).first;
    const std::int64_t media_end = find_asset(project, clip.asset)->samples;
    clip.source.end = std::min(clip.source.first + sample_of_frame(limited, project.rate) - begin, media_end);
    fit_fades(clip, project.rate);
    const std::int64_t end = heard_frames(clip, project.rate).end;
    replace(project, *place, std::move(clip));
    return end;
}

Result<std::int64_t> slip_sound(Project& project, std::string_view clip_id, std::int64_t samples)
{
    const auto place = find_sound_clip(project, clip_id);
    if (!place) return no_clip(clip_id);
    SoundClip clip = clip_at(project, *place);
    const std::int64_t media_end = find_asset(project, clip.asset)->samples;
    const std::int64_t limited = std::clamp(samples, -clip.source.first, media_end - clip.source.end);
    clip.source = {clip.source.first + limited, clip.source.end + limited};
    replace(project, *place, std::move(clip));
    return limited;
}

Result<std::string> split_sound(Project& project, std::string_view clip_id, std::int64_t frame)
{
    const auto place = find_sound_clip(project, clip_id);
    if (!place) return no_clip(clip_id);
    SoundClip left = clip_at(project, *place);
    const SampleRange heard = heard_samples(left, project.rate);
    const std::int64_t cut = sample_of_frame(frame, project.rate);
    if (cut <= heard.first || cut >= heard.end)
        return make_error(ErrorKind::invalid_argument, "The playhead isn't inside the sound clip; move it there to split.");
    SoundClip right = left;
    right.id = make_id();
    right.start = frame;
    right.source.first = left.source.end = left.source.first + cut - heard.first;
    right.fade_in = left.fade_out = 0;
    fit_fades(left, project.rate);
    fit_fades(right, project.rate);
    const std::string id = right.id;
    project.sound_tracks[place->track].update([&](SoundTrack& track) {
        track.clips[place->clip] = std::move(left);
        track.clips.insert(track.clips.begin() + static_cast<std::ptrdiff_t>(place->clip) + 1, std::move(right));
    });
    return id;
}

Result<void> fade_sound(Project& project, std::string_view clip_id, std::int64_t fade_in, std::int64_t fade_out)
{
    return change_clip(project, clip_id, [&](SoundClip& clip) {
        const std::int64_t length = heard_frames(clip, project.rate).length();
        const std::int64_t in = std::clamp<std::int64_t>(fade_in, 0, length);
        const std::int64_t out = std::clamp<std::int64_t>(fade_out, 0, length);
        const bool out_changes = fade_in == clip.fade_in;
        clip.fade_in = out_changes ? std::min(in, length - out) : in;
        clip.fade_out = std::min(out, length - clip.fade_in);
    });
}

Result<void> set_sound_gain(Project& project, std::string_view clip_id, float gain_db)
{
    if (gain_db != gain_db) return make_error(ErrorKind::invalid_argument, "That gain is no number.");
    return change_clip(project, clip_id,
                       [&](SoundClip& clip) { clip.gain_db = std::clamp(gain_db, k_least_gain_db, k_most_gain_db); });
}

Result<void> mute_sound(Project& project, std::string_view clip_id, bool mute)
{
    return change_clip(project, clip_id, [&](SoundClip& clip) { clip.mute = mute; });
}

Result<void> remove_sounds(Project& project, const std::vector<std::string>& clip_ids)
{
    for (const std::string& id : clip_ids)
        if (!find_sound_clip(project, id)) return no_clip(id);
    const std::unordered_set<std::string_view> wanted(clip_ids.begin(), clip_ids.end());
    const auto goes = [&](const SoundClip& clip) { return wanted.contains(clip.id); };
    for (SharedValue<SoundTrack>& track : project.sound_tracks) {
        if (std::none_of(track->clips.begin(), track->clips.end(), goes)) continue;
        track.update([&](SoundTrack& t) { std::erase_if(t.clips, goes); });
    }
    return {};
}

Result<std::string> duplicate_sound(Project& project, std::string_view clip_id)
{
    const auto place = find_sound_clip(project, clip_id);
    if (!place) return no_clip(clip_id);
    SoundClip copy = clip_at(project, *place);
    copy.id = make_id();
    copy.start = frame_from_sample(heard_samples(copy, project.rate).end, project.rate);
    fit_fades(copy, project.rate);
    const std::string id = copy.id;
    put_on_free_track(project, place->track, std::move(copy));
    return id;
}

std::int64_t sound_end(const Project& project)
{
    std::int64_t end = 0;
    for (const SharedValue<SoundTrack>& track : project.sound_tracks)
        if (!track->clips.empty()) end = std::max(end, heard_frames(track->clips.back(), project.rate).end);
    return end;
}

}  // namespace kinora::core
