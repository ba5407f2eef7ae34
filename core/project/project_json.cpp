#include "core/project/project_json.h"

#include <nlohmann/json.hpp>

#include "core/base/json_reader.h"
#include "core/base/paths.h"
#include "core/generation/enhancement_json.h"
#include "core/generation/recipe_json.h"
#include "core/project/sound_json.h"
#include "core/time/timecode.h"

namespace kinora::core {
namespace {

using nlohmann::json;

json range_json(FrameRange range)
{
    return {range.first, range.end};
}

json settings_json(const ShotSettings& settings)
{
    json out = from_unknown(settings.unknown);
    out["model"] = settings.model_id;
    if (settings.width) out["width"] = *settings.width;
    if (settings.height) out["height"] = *settings.height;
    if (settings.frames) out["frames"] = *settings.frames;
    if (settings.rate) out["rate"] = rate_fraction(*settings.rate);
    if (settings.steps) out["steps"] = *settings.steps;
    if (settings.guidance) out["guidance"] = *settings.guidance;
    if (settings.guidance_mode) out["guidance_mode"] = *settings.guidance_mode;
    if (settings.shift) out["shift"] = *settings.shift;
    if (settings.sampler) out["sampler"] = *settings.sampler;
    out["seed"] = settings.seed;
    out["seed_locked"] = settings.seed_mode == SeedMode::locked;
    out["takes"] = settings.takes;
    json loras = json::array();
    for (const LoraChoice& lora : settings.loras)
        loras.push_back({{"file", path_to_utf8(lora.file)}, {"weight", lora.weight}, {"expert", lora.expert}});
    out["loras"] = std::move(loras);
    json references = json::array();
    for (const FrameReference& reference : settings.references)
        references.push_back({{"frame", reference.frame}, {"file", reference.file}, {"sha256", reference.sha256}});
    out["references"] = std::move(references);
    if (settings.enhance.wanted()) out["enhance"] = to_json(settings.enhance);
    return out;
}

json take_json(const Take& take)
{
    json out = from_unknown(take.unknown);
    out["id"] = take.id;
    out["number"] = take.number;
    out["clip"] = take.clip;
    out["latents"] = take.latents;
    out["thumbnail"] = take.thumbnail;
    out["frames"] = take.frames;
    out["rate"] = rate_fraction(take.rate);
    out["width"] = take.width;
    out["height"] = take.height;
    out["starred"] = take.starred;
    out["created"] = take.created;
    if (!take.asset.empty()) out["asset"] = take.asset;
    if (take.still) out["still"] = true;
    if (!take.verb.empty()) out["verb"] = take.verb;
    if (!take.parents.empty()) out["parents"] = take.parents;
    if (take.recipe) {
        // What a newer Kinora wrote into the recipe was kept among the unknown keys and stays beside the known ones.
        json& recipe = out["recipe"];
        if (!recipe.is_object()) recipe = json::object();
        recipe.update(to_json(*take.recipe));
    }
    return out;
}

json marker_json(const Marker& marker)
{
    json out = from_unknown(marker.unknown);
    out["id"] = marker.id;
    out["frame"] = marker.frame;
    out["note"] = marker.note;
    return out;
}

json project_settings_json(const ProjectSettings& settings)
{
    json out = from_unknown(settings.unknown);
    out["export_preset"] = settings.export_preset;
    if (settings.export_range) out["export_range"] = range_json(*settings.export_range);
    out["variables"] = settings.variables;
    if (!settings.common_prompt.empty()) out["common_prompt"] = settings.common_prompt;
    if (!settings.common_negative_prompt.empty()) out["common_negative_prompt"] = settings.common_negative_prompt;
    return out;
}

}  // namespace

json to_json(const Shot& shot)
{
    json out = from_unknown(shot.unknown);
    out["id"] = shot.id;
    if (shot.kind != ShotKind::generated) out["kind"] = shot.kind == ShotKind::gap ? "gap" : "media";
    if (shot.transition != Transition()) out["transition"] = to_json(shot.transition);
    out["name"] = shot.name;
    out["prompt"] = shot.prompt;
    out["negative_prompt"] = shot.negative_prompt;
    out["settings"] = settings_json(shot.settings);
    out["range"] = range_json(shot.range);
    out["selected_take"] = shot.selected_take;
    json takes = json::array();
    for (const Take& take : shot.takes)
        takes.push_back(take_json(take));
    out["takes"] = std::move(takes);
    return out;
}

json to_json(const Project& project)
{
    json out = from_unknown(project.unknown);
    out["format"] = k_project_format;
    out["program"] = "Kinora " KINORA_VERSION;
    out["id"] = project.id;
    out["name"] = project.name;
    out["rate"] = rate_fraction(project.rate);
    out["width"] = project.width;
    out["height"] = project.height;
    json shots = json::array();
    for (const SharedValue<Shot>& shot : project.shots)
        shots.push_back(to_json(*shot));
    out["shots"] = std::move(shots);
    json tracks = json::array();
    for (const SharedValue<SoundTrack>& track : project.sound_tracks)
        tracks.push_back(to_json(*track));
    out["sound_tracks"] = std::move(tracks);
    json assets = json::array();
    for (const SharedValue<Asset>& asset : project.assets)
        assets.push_back(to_json(*asset));
    out["assets"] = std::move(assets);
    json markers = json::array();
    for (const Marker& marker : project.markers)
        markers.push_back(marker_json(marker));
    out["markers"] = std::move(markers);
    out["settings"] = project_settings_json(project.settings);
    return out;
}

}  // namespace kinora::core
