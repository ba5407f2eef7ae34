#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/generation/recipe_json.h"
#include "core/interchange/writers.h"
#include "core/project/project_json.h"
#include "core/project/sound_json.h"
#include "core/provenance/disclosure.h"

namespace kinora::core {
namespace {

using nlohmann::json;

class OtioWriter {
public:
    OtioWriter(const Cut& cut, const Project& project) : cut_(cut), project_(project), rate_(cut.rate.as_double()) {}

    json timeline() const
    {
        json stack = composable("Stack.1", "tracks");
        stack["source_range"] = nullptr;
        stack["children"] = json::array({picture()});
        for (std::size_t i = 0; i < cut_.sound.size(); ++i)
            stack["children"].push_back(sound(i));
        for (const Marker& marker : cut_.markers)
            stack["markers"].push_back(this->marker(marker));
        json timeline = {{"OTIO_SCHEMA", "Timeline.1"}, {"name", cut_.name}, {"tracks", std::move(stack)}};
        timeline["global_start_time"] = time(cut_.start);
        timeline["metadata"] = kinora(project_metadata());
        return timeline;
    }

private:
    json time(std::int64_t frames) const
    {
        return {{"OTIO_SCHEMA", "RationalTime.1"}, {"value", static_cast<double>(frames)}, {"rate", rate_}};
    }

    json range(FrameRange frames) const
    {
        return {{"OTIO_SCHEMA", "TimeRange.1"}, {"start_time", time(frames.first)}, {"duration", time(frames.length())}};
    }

    static json composable(const char* schema, const std::string& name)
    {
        return {{"OTIO_SCHEMA", schema},    {"name", name},    {"metadata", json::object()},
                {"effects", json::array()}, {"enabled", true}, {"markers", json::array()}};
    }

    /// Metadata under our one key; none where nothing may be disclosed.
    json kinora(json value) const
    {
        json metadata = json::object();
        if (!value.is_null()) metadata["kinora"] = std::move(value);
        return metadata;
    }

    /// The document without what the tracks tell. Files outside the project folder are named by nothing but their name.
    json project_metadata() const
    {
        if (!cut_.disclose)
            return {{"format", 1}, {"rate", rate_fraction(cut_.rate)}, {"width", cut_.width}, {"height", cut_.height}};
        json document = to_json(project_);
        document.erase("shots");
        document.erase("sound_tracks");
        for (json& asset : document["assets"])
            if (!is_safe_relative_path(asset["file"].get<std::string>()))
                asset["file"] = "media/" + asset["id"].get<std::string>();
        return {{"format", 1}, {"rate", rate_fraction(cut_.rate)}, {"name", cut_.name}, {"project", std::move(document)}};
    }

    json marker(const Marker& marker) const
    {
        return {{"OTIO_SCHEMA", "Marker.2"},
                {"name", marker.note},
                {"color", "GREEN"},
                {"comment", marker.note},
                {"marked_range", range({marker.frame, marker.frame + 1})},
                {"metadata", kinora({{"id", marker.id}})}};
    }

    json picture() const
    {
        json track = composable("Track.1", "Storyboard");
        track["kind"] = "Video";
        track["source_range"] = nullptr;
        track["children"] = json::array();
        for (std::size_t i = 0; i < cut_.picture.size(); ++i) {
            if (const CutTransition* transition = cut_.into(i)) track["children"].push_back(this->transition(*transition));
            track["children"].push_back(cut_.picture[i].gap ? gap(i) : clip(i));
        }
        return track;
    }

    json transition(const CutTransition& transition) const
    {
        const bool dissolve = transition.kind == TransitionKind::dissolve;
        const char* name = dissolve                                          ? "Dissolve"
                           : transition.kind == TransitionKind::dip_to_black ? "Dip to black"
                                                                             : "Dip to white";
        const char* kind = dissolve                                          ? "dissolve"
                           : transition.kind == TransitionKind::dip_to_black ? "dip_to_black"
                                                                             : "dip_to_white";
        return {{"OTIO_SCHEMA", "Transition.1"},
                {"name", name},
                {"transition_type", dissolve ? "SMPTE_Dissolve" : "Custom_Transition"},
                {"in_offset", time(transition.before)},
                {"out_offset", time(transition.after)},
                {"metadata", kinora({{"kind", kind}})}};
    }

    json gap(std::size_t i) const
    {
        json item = composable("Gap.1", cut_.picture[i].name);
        item["source_range"] = range(cut_.picture[i].source);
        item["metadata"] = kinora(shot_metadata(i));
        return item;
    }

    /// The shot without anybody's folders: LoRAs by their names, pictures that recipes name by their sums.
    static Shot told(Shot shot)
    {
        for (LoraChoice& lora : shot.settings.loras)
            lora.file = lora.file.filename();
        for (Take& take : shot.takes)
            if (take.recipe) take.recipe = disclosed_recipe(*take.recipe);
        return shot;
    }

    /// A recipe for people and other programs, that names no folders.
    static json readable(const Recipe& recipe)
    {
        json out = to_json(disclosed_recipe(recipe));
        out["seed"] = std::to_string(recipe.seed);
        return out;
    }

    static json offsets(const CutTransition* transition)
    {
        return transition == nullptr ? json(nullptr) : json{transition->before, transition->after};
    }

    /// What the importer needs to tell what was changed since, and the shot as it is.
    json shot_metadata(std::size_t i) const
    {
        const CutClip& clip = cut_.picture[i];
        json out = {{"written",
                     {{"source", {clip.source.first, clip.source.end}},
                      {"into", offsets(cut_.into(i))},
                      {"out_of", offsets(cut_.out_of(i))}}}};
        if (!cut_.disclose) return out;
        const Shot& shot = *project_.shots[clip.shot];
        // As text: the OpenTimelineIO library keeps no number beyond 63 bits, and seeds have 64.
        out["shot"] = json_text(to_json(told(shot)));
        if (clip.gap) return out;
        out["prompt"] = shot.prompt;
        out["negative_prompt"] = shot.negative_prompt;
        const Take* take = selected_take(shot);
        out["model"] = take != nullptr && take->recipe ? take->recipe->model_id : shot.settings.model_id;
        if (take != nullptr && take->recipe) {
            out["seed"] = std::to_string(take->recipe->seed);
            out["recipe"] = readable(*take->recipe);
        }
        return out;
    }

    json reference(const CutMedia& media) const
    {
        json metadata = {{"take", media.take},         {"number", media.number},
                         {"anchor", media.map.anchor}, {"first", media.map.first},
                         {"frames", media.map.frames}, {"rate", rate_fraction(media.map.source_rate)}};
        if (media.recipe) metadata["recipe"] = readable(*media.recipe);
        return {{"OTIO_SCHEMA", "ExternalReference.1"},   {"name", media.name},
                {"target_url", relative_url(media.file)}, {"available_range", range({0, media.map.length})},
                {"available_image_bounds", nullptr},      {"metadata", kinora(std::move(metadata))}};
    }

    static json missing(const std::string& name)
    {
        return {{"OTIO_SCHEMA", "MissingReference.1"},
                {"name", name},
                {"available_range", nullptr},
                {"available_image_bounds", nullptr},
                {"metadata", json::object()}};
    }

    json clip(std::size_t i) const
    {
        const CutClip& clip = cut_.picture[i];
        json item = composable("Clip.2", clip.name);
        item["source_range"] = range(clip.source);
        item["metadata"] = kinora(shot_metadata(i));
        item["active_media_reference_key"] = "DEFAULT_MEDIA";
        json references = json::object();
        references["DEFAULT_MEDIA"] = clip.active ? reference(*clip.shown()) : missing(clip.name);
        for (std::size_t take = 0; take < clip.media.size(); ++take)
            if (take != clip.active)
                references["take " + std::to_string(clip.media[take].number) + " " + clip.media[take].take] =
                    reference(clip.media[take]);
        item["media_references"] = std::move(references);
        return item;
    }

    json sound(std::size_t index) const
    {
        const CutSoundTrack& track = cut_.sound[index];
        const SoundTrack& original = *project_.sound_tracks[index];
        json out = composable("Track.1", track.name);
        out["kind"] = "Audio";
        out["source_range"] = nullptr;
        out["enabled"] = !track.mute;
        out["children"] = json::array();
        json own = to_json(original);
        own.erase("clips");
        out["metadata"] = kinora({{"track", std::move(own)}});
        std::int64_t at = 0;
        for (std::size_t i = 0; i < track.clips.size(); ++i) {
            const CutSound& sound = track.clips[i];
            if (sound.record.first > at) {
                json silence = composable("Gap.1", "");
                silence["source_range"] = range({0, sound.record.first - at});
                out["children"].push_back(std::move(silence));
            }
            out["children"].push_back(sound_clip(sound, to_json(original)["clips"][i]));
            at = sound.record.end;
        }
        return out;
    }

    json sound_clip(const CutSound& sound, json own) const
    {
        json item = composable("Clip.2", sound.name);
        item["source_range"] = range(sound.source);
        item["enabled"] = !sound.mute;
        item["metadata"] =
            kinora({{"written", {{"source", {sound.source.first, sound.source.end}}, {"start", sound.record.first}}},
                    {"gain_db", sound.gain_db},
                    {"fade_in", sound.fade_in},
                    {"fade_out", sound.fade_out},
                    {"clip", std::move(own)}});
        item["active_media_reference_key"] = "DEFAULT_MEDIA";
        item["media_references"] = {{"DEFAULT_MEDIA",
                                     {{"OTIO_SCHEMA", "ExternalReference.1"},
                                      {"name", sound.name},
                                      {"target_url", relative_url(sound.file)},
                                      {"available_range", range({0, sound.frames})},
                                      {"available_image_bounds", nullptr},
                                      {"metadata", kinora({{"sample", sound.media_samples.first}})}}}};
        return item;
    }

    const Cut& cut_;
    const Project& project_;
    double rate_;
};

}  // namespace

std::string write_otio(const Cut& cut, const Project& project)
{
    return json_text(OtioWriter(cut, project).timeline(), 2) + "\n";
}

}  // namespace kinora::core
