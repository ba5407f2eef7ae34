#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/ids.h"
#include "core/base/json_reader.h"
#include "core/base/paths.h"
#include "core/generation/enhancement_json.h"
#include "core/generation/recipe_json.h"
#include "core/project/project_json.h"
#include "core/project/sound_json.h"

namespace kinora::core {
namespace {

using nlohmann::json;

constexpr std::int64_t k_most_frames = k_endless;
constexpr int k_largest_size = 65536;

void read_id(JsonReader& reader, std::string& id)
{
    reader.text("id", id);
    if (!is_valid_id(id)) reader.fail("id", "is missing or no valid id");
}

void read_path(JsonReader& reader, const char* key, std::string& path)
{
    reader.text(key, path, 4096);
    if (!path.empty() && !is_safe_relative_path(path)) reader.fail(key, "leaves the project folder");
}

void read_lists(JsonReader& reader, ShotSettings& settings)
{
    reader.objects("loras", [&](JsonReader& item) {
        LoraChoice lora;
        std::string file;
        item.text("file", file, 4096);
        lora.file = path_from_utf8(file);
        item.decimal("weight", lora.weight, -100, 100);
        item.text("expert", lora.expert, 100);
        settings.loras.push_back(std::move(lora));
    });
    reader.objects("references", [&](JsonReader& item) {
        FrameReference reference;
        item.whole("frame", reference.frame, -1, k_most_frames);
        read_path(item, "file", reference.file);
        item.text("sha256", reference.sha256, 64);
        settings.references.push_back(std::move(reference));
    });
}

void read_settings(JsonReader& reader, ShotSettings& settings)
{
    reader.text("model", settings.model_id, 4096);
    const auto whole = [&](const char* key, std::optional<int>& field, std::int64_t most) {
        reader.optional(key, field, [&](int& value) { reader.whole(key, value, 1, most); });
    };
    whole("width", settings.width, k_largest_size);
    whole("height", settings.height, k_largest_size);
    whole("frames", settings.frames, 1'000'000);
    whole("steps", settings.steps, 100'000);
    reader.optional("rate", settings.rate, [&](FrameRate& rate) { reader.rate("rate", rate); });
    reader.optional("guidance", settings.guidance, [&](float& value) { reader.decimal("guidance", value, 0, 1000); });
    reader.optional("guidance_mode", settings.guidance_mode,
                    [&](std::string& value) { reader.text("guidance_mode", value, 100); });
    reader.optional("shift", settings.shift, [&](float& value) { reader.decimal("shift", value, 0, 1000); });
    reader.optional("sampler", settings.sampler, [&](std::string& value) { reader.text("sampler", value, 100); });
    reader.seed("seed", settings.seed);
    bool locked = false;
    reader.truth("seed_locked", locked);
    settings.seed_mode = locked ? SeedMode::locked : SeedMode::roll;
    reader.whole("takes", settings.takes, 1, 1000);
    read_lists(reader, settings);
    if (const json* found = reader.find("enhance"); found != nullptr) {
        auto enhance = enhancement_from_json(*found);
        if (!enhance)
            reader.fail("enhance", "is no known way to enhance a clip");
        else
            settings.enhance = std::move(*enhance);
    }
    settings.unknown = reader.unknown();
}

/// A recipe that this Kinora can't read (a newer one wrote it) is no reason to refuse the film: it stays among the unknown
/// keys as it is. So do the keys of a recipe that aren't known.
json read_recipe(const json& object, Take& take)
{
    Result<Recipe> recipe = recipe_from_json(object);
    if (!recipe) return object;
    take.recipe = std::move(*recipe);
    const json known = to_json(*take.recipe);
    json rest = json::object();
    for (const auto& [key, value] : object.items())
        if (!known.contains(key)) rest[key] = value;
    return rest;
}

void read_parents(JsonReader& reader, Take& take)
{
    const json* list = reader.find("parents");
    if (!list) return;
    if (!list->is_array() || list->size() > 100) return reader.fail("parents", "is no list of ids");
    for (const json& id : *list) {
        if (!id.is_string() || !is_valid_id(id.get<std::string>())) return reader.fail("parents", "holds no valid id");
        take.parents.push_back(id.get<std::string>());
    }
}

void read_take(JsonReader& reader, Take& take)
{
    read_id(reader, take.id);
    reader.whole("number", take.number, 1, k_most_frames);
    read_path(reader, "clip", take.clip);
    read_path(reader, "latents", take.latents);
    read_path(reader, "thumbnail", take.thumbnail);
    take.frames = 0;
    reader.whole("frames", take.frames, 1, k_most_frames - 1);
    if (take.frames == 0) reader.fail("frames", "is missing");
    reader.rate("rate", take.rate);
    reader.whole("width", take.width, 0, k_largest_size);
    reader.whole("height", take.height, 0, k_largest_size);
    reader.truth("starred", take.starred);
    reader.whole("created", take.created, 0, INT64_MAX);
    reader.text("asset", take.asset, 64);
    if (!take.asset.empty() && !is_valid_id(take.asset)) reader.fail("asset", "is no valid id");
    reader.truth("still", take.still);
    reader.text("verb", take.verb, 100);
    read_parents(reader, take);
    json rest = json::object();
    if (const json* recipe = reader.find("recipe")) rest = read_recipe(*recipe, take);
    take.unknown = reader.unknown();
    if (!rest.empty()) {
        json unknown = from_unknown(take.unknown);
        unknown["recipe"] = std::move(rest);
        take.unknown = json_text(unknown);
    }
}

/// A kind that isn't known, of a newer Kinora, is shown as an ordinary shot: such a file is opened read-only.
void read_kind(JsonReader& reader, ShotKind& kind)
{
    std::string text = "generated";
    reader.text("kind", text, 100);
    if (text == "gap")
        kind = ShotKind::gap;
    else if (text == "media")
        kind = ShotKind::media;
}

void read_shot(JsonReader& reader, Shot& shot)
{
    read_id(reader, shot.id);
    read_kind(reader, shot.kind);
    reader.object("transition", [&](JsonReader& inner) { read_transition(inner, shot.transition); });
    reader.text("name", shot.name, 4096);
    reader.text("prompt", shot.prompt);
    reader.text("negative_prompt", shot.negative_prompt);
    reader.object("settings", [&](JsonReader& inner) { read_settings(inner, shot.settings); });
    reader.objects("takes", [&](JsonReader& inner) {
        Take take;
        read_take(inner, take);
        if (find_take(shot, take.id)) inner.fail("id", "is taken by another take of the shot");
        shot.takes.push_back(std::move(take));
    });
    reader.text("selected_take", shot.selected_take);
    shot.range = {0, k_most_frames};
    read_range(reader, "range", shot.range);
    if (shot.kind == ShotKind::gap && !shot.takes.empty()) reader.fail("takes", "are in a gap");
    shot.unknown = reader.unknown();
}

/// Takes whose asset is missing from the file show nothing but stay takes, so that nothing of the film is lost.
void repair_assets(Project& project, std::vector<std::string>& repairs)
{
    for (SharedValue<Shot>& shot : project.shots) {
        const auto lost = [&](const Take& take) { return !take.asset.empty() && !find_asset(project, take.asset); };
        if (std::none_of(shot->takes.begin(), shot->takes.end(), lost)) continue;
        repairs.push_back("Shot " + shot->id + " shows a file that the project doesn't list any more.");
        shot.update([&](Shot& mended) {
            for (Take& take : mended.takes)
                if (lost(take)) take.asset.clear();
        });
    }
}

/// Mends what would break the document's rules but says nothing against the rest of the file.
void repair(Shot& shot, std::vector<std::string>& repairs)
{
    const bool missing = shot.takes.empty() ? !shot.selected_take.empty() : !selected_take(shot);
    if (missing) {
        shot.selected_take = shot.takes.empty() ? std::string() : shot.takes.back().id;
        repairs.push_back("The selected take of shot " + shot.id + " was missing; the newest one is shown.");
    }
    const FrameRange inside = range_within(shot.range, shot_source(shot));
    if (inside == shot.range) return;
    shot.range = inside;
    repairs.push_back("In and out of shot " + shot.id + " lay outside its media and were moved into it.");
}

void read_markers(JsonReader& reader, std::vector<Marker>& markers)
{
    std::set<std::string> ids;
    reader.objects("markers", [&](JsonReader& inner) {
        Marker marker;
        read_id(inner, marker.id);
        if (!ids.insert(marker.id).second) inner.fail("id", "is taken by another marker");
        inner.whole("frame", marker.frame, 0, k_most_frames);
        inner.text("note", marker.note);
        marker.unknown = inner.unknown();
        markers.push_back(std::move(marker));
    });
    std::stable_sort(markers.begin(), markers.end(), [](const Marker& a, const Marker& b) { return a.frame < b.frame; });
}

void read_project_settings(JsonReader& reader, ProjectSettings& settings)
{
    reader.text("export_preset", settings.export_preset, 1000);
    reader.optional("export_range", settings.export_range,
                    [&](FrameRange& range) { read_range(reader, "export_range", range); });
    if (settings.export_range && (settings.export_range->first < 0 || settings.export_range->empty()))
        settings.export_range.reset();
    reader.text("common_prompt", settings.common_prompt);
    reader.text("common_negative_prompt", settings.common_negative_prompt);
    reader.object("variables", [&](JsonReader&) {});
    if (const json* variables = reader.find("variables"); variables && variables->is_object()) {
        for (const auto& [name, value] : variables->items()) {
            if (!value.is_string()) return reader.fail("variables", "holds something that is not a text");
            settings.variables[name] = value.get<std::string>();
        }
    }
    settings.unknown = reader.unknown();
}

void read_project(JsonReader& reader, ParsedProject& parsed)
{
    Project& project = parsed.project;
    reader.skip("program");
    read_id(reader, project.id);
    reader.text("name", project.name, 4096);
    reader.rate("rate", project.rate);
    reader.whole("width", project.width, 16, k_largest_size);
    reader.whole("height", project.height, 16, k_largest_size);
    std::set<std::string> ids;
    reader.objects("shots", [&](JsonReader& inner) {
        Shot shot;
        read_shot(inner, shot);
        if (!inner.error().empty()) return;
        if (!ids.insert(shot.id).second) inner.fail("id", "is taken by another shot");
        repair(shot, parsed.repairs);
        project.shots.emplace_back(std::move(shot));
    });
    std::set<std::string> asset_ids;
    reader.objects("assets", [&](JsonReader& inner) {
        Asset asset;
        read_asset(inner, asset);
        if (!asset_ids.insert(asset.id).second) inner.fail("id", "is taken by another asset");
        project.assets.emplace_back(std::move(asset));
    });
    std::set<std::string> sound_ids;
    reader.objects("sound_tracks", [&](JsonReader& inner) {
        SoundTrack track;
        read_sound_track(inner, track);
        bool distinct = sound_ids.insert(track.id).second;
        for (const SoundClip& clip : track.clips)
            distinct = sound_ids.insert(clip.id).second && distinct;
        if (!distinct) inner.fail("id", "of the track or of one of its clips is taken");
        project.sound_tracks.emplace_back(std::move(track));
    });
    repair_assets(project, parsed.repairs);
    repair_sound(project, parsed.repairs);
    read_markers(reader, project.markers);
    reader.object("settings", [&](JsonReader& inner) { read_project_settings(inner, project.settings); });
    project.unknown = reader.unknown();
}

}  // namespace

Result<ParsedProject> project_from_json(const json& object)
{
    if (!object.is_object()) return make_error(ErrorKind::corrupt, "The project is not a JSON object.");
    ParsedProject parsed;
    JsonReader reader(object, "");
    parsed.format = 0;
    reader.whole("format", parsed.format, 1, 1'000'000);
    if (parsed.format == 0) reader.fail("format", "is missing");
    if (reader.error().empty()) read_project(reader, parsed);
    if (!reader.error().empty()) return make_error(ErrorKind::corrupt, "The project can't be used: " + reader.error() + ".");
    return parsed;
}

Result<Shot> shot_from_json(const json& object)
{
    if (!object.is_object()) return make_error(ErrorKind::corrupt, "The shot is not a JSON object.");
    Shot shot;
    JsonReader reader(object, "");
    read_shot(reader, shot);
    if (!reader.error().empty()) return make_error(ErrorKind::corrupt, "The shot can't be used: " + reader.error() + ".");
    std::vector<std::string> repairs;
    repair(shot, repairs);
    return shot;
}

bool is_safe_relative_path(std::string_view path)
{
    if (path.empty() || path.size() > 4096 || path.find('\0') != std::string_view::npos) return false;
    if (path.find('\\') != std::string_view::npos) return false;
    while (true) {
        const std::size_t slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        if (part.empty() || part == "." || part == "..") return false;
        if (slash == std::string_view::npos) return true;
        path.remove_prefix(slash + 1);
    }
}

bool is_asset_path(std::string_view path)
{
    if (is_safe_relative_path(path)) return true;
    return path.size() > 1 && path.size() <= 4096 && path.front() == '/' && path.find('\0') == std::string_view::npos;
}

}  // namespace kinora::core
