#include "core/project/sound_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/ids.h"
#include "core/project/project_json.h"

namespace kinora::core {
namespace {

using nlohmann::json;

/// A day of 48 kHz times a thousand: longer than any asset.
constexpr std::int64_t k_most_samples = 48'000LL * 86'400 * 1000;
constexpr int k_largest_size = 65536;

template <typename Enum>
using Names = std::vector<std::pair<Enum, const char*>>;

const Names<AssetKind>& asset_kinds()
{
    static const Names<AssetKind> names = {
        {AssetKind::video, "video"}, {AssetKind::image, "image"}, {AssetKind::audio, "audio"}};
    return names;
}

const Names<TransitionKind>& transition_kinds()
{
    static const Names<TransitionKind> names = {{TransitionKind::cut, "cut"},
                                                {TransitionKind::dissolve, "dissolve"},
                                                {TransitionKind::dip_to_black, "dip_to_black"},
                                                {TransitionKind::dip_to_white, "dip_to_white"}};
    return names;
}

template <typename Enum>
const char* name_of(const Names<Enum>& names, Enum value)
{
    for (const auto& [known, name] : names)
        if (known == value) return name;
    return "";
}

/// A name that isn't known, of a newer Kinora, leaves the value as it was: such a file is opened read-only.
template <typename Enum>
void read_name(JsonReader& reader, const char* key, const Names<Enum>& names, Enum& value)
{
    std::string text = name_of(names, value);
    reader.text(key, text, 100);
    for (const auto& [known, name] : names) {
        if (text != name) continue;
        value = known;
        return;
    }
}

void read_id(JsonReader& reader, const char* key, std::string& id)
{
    reader.text(key, id);
    if (!is_valid_id(id)) reader.fail(key, "is missing or no valid id");
}

void read_sha256(JsonReader& reader, std::string& sha256)
{
    reader.text("sha256", sha256, 64);
    const bool hex =
        std::all_of(sha256.begin(), sha256.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    if (!hex || (!sha256.empty() && sha256.size() != 64)) reader.fail("sha256", "is no SHA-256 sum");
}

json to_json(const SoundClip& clip)
{
    json out = from_unknown(clip.unknown);
    out["id"] = clip.id;
    out["asset"] = clip.asset;
    out["start"] = clip.start;
    out["source"] = {clip.source.first, clip.source.end};
    out["gain_db"] = clip.gain_db;
    out["fade_in"] = clip.fade_in;
    out["fade_out"] = clip.fade_out;
    out["mute"] = clip.mute;
    return out;
}

void read_clip(JsonReader& reader, SoundClip& clip)
{
    read_id(reader, "id", clip.id);
    read_id(reader, "asset", clip.asset);
    reader.whole("start", clip.start, 0, k_endless);
    read_range(reader, "source", clip.source, k_most_samples);
    reader.decimal("gain_db", clip.gain_db, k_least_gain_db, k_most_gain_db);
    reader.whole("fade_in", clip.fade_in, 0, k_endless);
    reader.whole("fade_out", clip.fade_out, 0, k_endless);
    reader.truth("mute", clip.mute);
    clip.unknown = reader.unknown();
}

void repair_clips(const Project& project, SoundTrack& track, std::vector<std::string>& repairs)
{
    std::erase_if(track.clips, [&](const SoundClip& clip) {
        const Asset* asset = find_asset(project, clip.asset);
        const bool usable = asset && clip.source.first >= 0 && !clip.source.empty() && clip.source.end <= asset->samples;
        if (!usable) repairs.push_back("Sound clip " + clip.id + " had no such media and was left out.");
        return !usable;
    });
    std::stable_sort(track.clips.begin(), track.clips.end(),
                     [](const SoundClip& a, const SoundClip& b) { return a.start < b.start; });
    std::int64_t end = 0;
    for (SoundClip& clip : track.clips) {
        if (heard_samples(clip, project.rate).first < end) {
            clip.start = frame_of_sample(end - 1, project.rate) + 1;
            repairs.push_back("Sound clip " + clip.id + " lay over another one and was moved behind it.");
        }
        end = heard_samples(clip, project.rate).end;
        const std::int64_t length = heard_frames(clip, project.rate).length();
        if (clip.fade_in + clip.fade_out <= length) continue;
        clip.fade_in = std::min(clip.fade_in, length);
        clip.fade_out = std::min(clip.fade_out, length - clip.fade_in);
        repairs.push_back("The fades of sound clip " + clip.id + " were longer than it is and were shortened.");
    }
}

}  // namespace

void read_range(JsonReader& reader, const char* key, FrameRange& range, std::int64_t most)
{
    const json* value = reader.find(key);
    if (!value) return;
    const bool pair =
        value->is_array() && value->size() == 2 && (*value)[0].is_number_integer() && (*value)[1].is_number_integer();
    if (!pair) return reader.fail(key, "is not a pair of frames");
    range = {(*value)[0].get<std::int64_t>(), (*value)[1].get<std::int64_t>()};
    const bool inside = range.first >= -most && range.first <= most && range.end >= -most && range.end <= most;
    if (!inside) reader.fail(key, "is out of range");
}

json to_json(const Asset& asset)
{
    json out = from_unknown(asset.unknown);
    out["id"] = asset.id;
    out["name"] = asset.name;
    out["file"] = asset.file;
    out["sha256"] = asset.sha256;
    out["bytes"] = asset.bytes;
    out["kind"] = name_of(asset_kinds(), asset.kind);
    out["frames"] = asset.frames;
    out["rate"] = rate_fraction(asset.rate);
    out["width"] = asset.width;
    out["height"] = asset.height;
    out["samples"] = asset.samples;
    return out;
}

json to_json(const SoundTrack& track)
{
    json out = from_unknown(track.unknown);
    out["id"] = track.id;
    out["name"] = track.name;
    out["mute"] = track.mute;
    out["gain_db"] = track.gain_db;
    json clips = json::array();
    for (const SoundClip& clip : track.clips)
        clips.push_back(to_json(clip));
    out["clips"] = std::move(clips);
    return out;
}

json to_json(const Transition& transition)
{
    json out = from_unknown(transition.unknown);
    out["kind"] = name_of(transition_kinds(), transition.kind);
    out["frames"] = transition.frames;
    return out;
}

void read_asset(JsonReader& reader, Asset& asset)
{
    read_id(reader, "id", asset.id);
    reader.text("name", asset.name, 4096);
    reader.text("file", asset.file, 4096);
    if (!is_asset_path(asset.file)) reader.fail("file", "is neither inside the project folder nor absolute");
    read_sha256(reader, asset.sha256);
    reader.whole("bytes", asset.bytes, 0, INT64_MAX);
    read_name(reader, "kind", asset_kinds(), asset.kind);
    reader.whole("frames", asset.frames, 0, k_endless - 1);
    reader.rate("rate", asset.rate);
    reader.whole("width", asset.width, 0, k_largest_size);
    reader.whole("height", asset.height, 0, k_largest_size);
    reader.whole("samples", asset.samples, 0, k_most_samples);
    asset.unknown = reader.unknown();
}

void read_sound_track(JsonReader& reader, SoundTrack& track)
{
    read_id(reader, "id", track.id);
    reader.text("name", track.name, 4096);
    reader.truth("mute", track.mute);
    reader.decimal("gain_db", track.gain_db, k_least_gain_db, k_most_gain_db);
    reader.objects("clips", [&](JsonReader& inner) {
        SoundClip clip;
        read_clip(inner, clip);
        track.clips.push_back(std::move(clip));
    });
    track.unknown = reader.unknown();
}

void read_transition(JsonReader& reader, Transition& transition)
{
    read_name(reader, "kind", transition_kinds(), transition.kind);
    reader.whole("frames", transition.frames, 0, k_endless);
    if (transition.kind == TransitionKind::cut) transition.frames = 0;
    if (transition.frames == 0) transition.kind = TransitionKind::cut;
    transition.unknown = reader.unknown();
}

void repair_sound(Project& project, std::vector<std::string>& repairs)
{
    for (SharedValue<SoundTrack>& track : project.sound_tracks) {
        SoundTrack mended = *track;
        repair_clips(project, mended, repairs);
        if (!(mended == *track)) track = std::move(mended);
    }
}

}  // namespace kinora::core
