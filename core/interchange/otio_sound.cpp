#include "core/interchange/otio_sound.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/ids.h"
#include "core/interchange/otio_json.h"
#include "core/interchange/timeline_build.h"
#include "core/project/sound_json.h"

namespace kinora::core {
namespace {

using nlohmann::json;
using namespace otio;

/// A clip of Kinora's as it was noted; nothing if it can't be read.
std::optional<SoundClip> noted_clip(const json& own)
{
    const json* noted = object_in(own, "clip");
    if (noted == nullptr) return std::nullopt;
    const json track = {{"id", "t"}, {"clips", json::array({*noted})}};
    JsonReader reader(track, "");
    SoundTrack read;
    read_sound_track(reader, read);
    if (!reader.error().empty() || read.clips.size() != 1) return std::nullopt;
    return read.clips[0];
}

class SoundTrackReader {
public:
    explicit SoundTrackReader(ImportedTimeline& timeline) : timeline_(timeline), rate_(timeline.project.rate) {}

    void read(const json& track)
    {
        SoundTrack out;
        out.id = make_id();
        out.name = text_in(track, "name");
        if (const auto enabled = track.find("enabled"); enabled != track.end() && enabled->is_boolean())
            out.mute = !enabled->get<bool>();
        if (const json* own = kinora_in(track))
            if (const json* noted = object_in(*own, "track")) {
                JsonReader reader(*noted, "");
                SoundTrack known;
                core::read_sound_track(reader, known);
                if (reader.error().empty()) {
                    known.clips.clear();
                    out = std::move(known);
                }
            }
        std::int64_t at = 0;
        for (const json& node : *list_in(track, "children")) {
            const auto source = range_of(object_in(node, "source_range"), rate_);
            if (!source || is_a(node, "Transition")) continue;
            if (is_a(node, "Clip")) clip(node, *source, at, out);
            at = std::min(at + source->length(), k_longest_clip);
        }
        if (out.name.empty()) out.name = "Sound " + std::to_string(timeline_.project.sound_tracks.size() + 1);
        timeline_.project.sound_tracks.emplace_back(std::move(out));
    }

private:
    void clip(const json& node, FrameRange source, std::int64_t at, SoundTrack& track)
    {
        const json* references = object_in(node, "media_references");
        const std::string key = raw_text_in(node, "active_media_reference_key");
        const json* reference = references == nullptr ? object_in(node, "media_reference")
                                                      : object_in(*references, key.empty() ? "DEFAULT_MEDIA" : key.c_str());
        const std::string file = reference == nullptr ? std::string() : path_of_url(raw_text_in(*reference, "target_url"));
        const json* own = kinora_in(node);
        std::optional<SoundClip> clip = own == nullptr ? std::nullopt : noted_clip(*own);
        const bool known = clip && find_asset(timeline_.project, clip->asset) != nullptr;
        if (!known && file.empty()) {
            timeline_.notes.push_back("The sound \"" + text_in(node, "name") +
                                      "\" has no file beside the timeline and was left out.");
            return;
        }
        const json* noted = reference == nullptr ? nullptr : kinora_in(*reference);
        const std::int64_t sample = noted == nullptr ? 0 : std::max<std::int64_t>(0, whole_in(*noted, "sample").value_or(0));
        if (!known) clip = SoundClip{};
        if (!is_valid_id(clip->id)) clip->id = make_id();
        if (!known || !unchanged(*own, source, at)) {
            const auto available =
                reference == nullptr ? std::nullopt : range_of(object_in(*reference, "available_range"), rate_);
            const std::int64_t origin = available ? available->first : 0;
            const std::int64_t first = std::max<std::int64_t>(0, source.first - origin);
            clip->start = at;
            clip->source = {(known ? sample : 0) + sample_of_frame(first, rate_),
                            (known ? sample : 0) + sample_of_frame(first + source.length(), rate_)};
            if (known) {
                const std::int64_t samples = find_asset(timeline_.project, clip->asset)->samples;
                clip->source = intersection(clip->source, {0, samples});
            }
            clip->fade_in = std::min(clip->fade_in, source.length());
            clip->fade_out = std::min(clip->fade_out, source.length() - clip->fade_in);
        }
        if (!known) clip->asset = standing_for(text_in(node, "name"), clip->source.end);
        if (!file.empty()) timeline_.media.push_back({{}, {}, clip->id, file, source, known ? sample : 0});
        track.clips.push_back(std::move(*clip));
    }

    static bool unchanged(const json& own, FrameRange source, std::int64_t at)
    {
        const json* written = object_in(own, "written");
        return written != nullptr && pair_of(*written, "source") == source && whole_in(*written, "start") == at;
    }

    std::string standing_for(const std::string& name, std::int64_t samples)
    {
        Asset asset;
        asset.id = make_id();
        asset.name = name.empty() ? "Sound" : name;
        asset.file = "media/" + asset.id;
        asset.kind = AssetKind::audio;
        asset.samples = std::max<std::int64_t>(samples, 1);
        timeline_.project.assets.emplace_back(asset);
        return asset.id;
    }

    ImportedTimeline& timeline_;
    FrameRate rate_;
};

}  // namespace

void read_sound_track(const json& track, ImportedTimeline& timeline)
{
    SoundTrackReader(timeline).read(track);
}

}  // namespace kinora::core
