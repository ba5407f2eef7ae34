#include "core/storyboard/clipboard.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_set>

#include "core/base/file_copy.h"
#include "core/base/ids.h"
#include "core/base/json_reader.h"
#include "core/base/json_text.h"
#include "core/base/paths.h"
#include "core/project/project_files.h"
#include "core/project/project_json.h"
#include "core/project/sound_json.h"
#include "core/storyboard/group_edits.h"
#include "core/storyboard/sound_edits.h"
#include "core/storyboard/sound_tracks.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* k_mark = "kinora_clipboard";

void list_asset(const Project& project, const std::string& id, std::set<std::string>& listed, json& assets)
{
    const Asset* asset = id.empty() ? nullptr : find_asset(project, id);
    if (asset && listed.insert(id).second) assets.push_back(to_json(*asset));
}

Error not_ours()
{
    return make_error(ErrorKind::unsupported, "There are no shots on the clipboard.");
}

Error damaged(const std::string& why)
{
    return make_error(ErrorKind::corrupt, "What is on the clipboard can't be used: " + why);
}

/// Copies one file of the other project to the same place in this one; one that is there already is kept. A thumbnail or
/// latents that are gone are done without, the clip isn't.
Result<void> bring_file(const ProjectStore& store, const fs::path& from, const std::string& relative, bool needed,
                        const std::stop_token& stop)
{
    if (relative.empty()) return {};
    const auto target = store.resolve(relative);
    if (!target) return target.error();
    std::error_code error;
    if (fs::exists(*target, error)) return {};
    const fs::path source = from / path_from_utf8(relative);
    if (!needed && !fs::exists(source, error)) return {};
    fs::create_directories(target->parent_path(), error);
    const auto copied = copy_file_whole(source, *target, {}, stop);
    return copied ? Result<void>() : copied.error();
}

Result<void> bring_takes(const ProjectStore& store, const fs::path& from, Shot& shot, const std::stop_token& stop)
{
    for (const Take& take : shot.takes) {
        if (!take.asset.empty()) continue;
        const auto bring = [&](const std::string& file, bool needed) { return bring_file(store, from, file, needed, stop); };
        if (auto done = bring(take.clip, true); !done) return done;
        if (auto done = bring(take.latents, false); !done) return done;
        if (auto done = bring(take.thumbnail, false); !done) return done;
        if (auto done = bring("takes/" + take.id + "/recipe.json", false); !done) return done;
    }
    for (FrameReference& reference : shot.settings.references) {
        auto file = gather_file(store, from / path_from_utf8(reference.file), {}, stop);
        if (!file) return file.error();
        reference.file = std::move(*file);
    }
    return {};
}

/// Lists the clipboard's assets in the project; tells which id each has there.
Result<std::map<std::string, std::string>> list_assets(Project& project, const std::vector<Asset>& assets)
{
    std::map<std::string, std::string> ids;
    for (Asset asset : assets) {
        const std::string old = asset.id;
        const Asset* known = find_asset(project, old);
        if (known && *known == asset) {
            ids[old] = old;
            continue;
        }
        if (known) asset.id = make_id();
        auto id = add_asset(project, std::move(asset));
        if (!id) return id.error();
        ids[old] = std::move(*id);
    }
    return ids;
}

}  // namespace

Result<std::string> copy_to_text(const Project& project, const fs::path& folder, const std::vector<std::string>& shot_ids,
                                 const std::vector<std::string>& sound_ids)
{
    const std::unordered_set<std::string_view> wanted(shot_ids.begin(), shot_ids.end());
    const std::unordered_set<std::string_view> wanted_sounds(sound_ids.begin(), sound_ids.end());
    std::set<std::string> listed;
    json shots = json::array();
    json assets = json::array();
    for (const SharedValue<Shot>& shot : project.shots) {
        if (!wanted.contains(shot->id)) continue;
        shots.push_back(to_json(*shot));
        for (const Take& take : shot->takes)
            list_asset(project, take.asset, listed, assets);
    }
    SoundTrack sounds;
    sounds.id = "clipboard";
    std::int64_t earliest = k_endless;
    for (const SharedValue<SoundTrack>& track : project.sound_tracks) {
        for (const SoundClip& clip : track->clips) {
            if (!wanted_sounds.contains(clip.id)) continue;
            sounds.clips.push_back(clip);
            earliest = std::min(earliest, clip.start);
            list_asset(project, clip.asset, listed, assets);
        }
    }
    if (shots.empty() && sounds.clips.empty())
        return make_error(ErrorKind::invalid_argument, "Nothing is selected that could be copied.");
    for (SoundClip& clip : sounds.clips)
        clip.start -= earliest;
    std::error_code error;
    const json out = {{k_mark, 1},
                      {"project", project.id},
                      {"folder", path_to_utf8(fs::absolute(folder, error))},
                      {"rate", rate_fraction(project.rate)},
                      {"shots", std::move(shots)},
                      {"sounds", to_json(sounds)},
                      {"assets", std::move(assets)}};
    return json_text(out);
}

Result<Clipboard> clipboard_from_text(std::string_view text)
{
    if (text.find(k_mark) == std::string_view::npos) return not_ours();
    const auto object = parse_json(std::string(text), "The clipboard");
    if (!object || !object->is_object() || !object->contains(k_mark)) return not_ours();
    Clipboard clipboard;
    JsonReader reader(*object, "");
    int version = 0;
    reader.whole(k_mark, version, 1, 1);
    reader.text("project", clipboard.project_id, 64);
    std::string folder;
    reader.text("folder", folder, 4096);
    clipboard.folder = path_from_utf8(folder);
    reader.rate("rate", clipboard.rate);
    reader.object("sounds", [&](JsonReader& inner) {
        SoundTrack track;
        read_sound_track(inner, track);
        clipboard.sounds = std::move(track.clips);
    });
    reader.objects("assets", [&](JsonReader& inner) { read_asset(inner, clipboard.assets.emplace_back()); });
    if (!reader.error().empty()) return damaged(reader.error() + ".");
    const json* shots = reader.find("shots");
    if (shots && !shots->is_array()) return damaged("\"shots\" is not a list.");
    for (std::size_t i = 0; shots && i < shots->size(); ++i) {
        auto shot = shot_from_json((*shots)[i]);
        if (!shot) return damaged(shot.error().message);
        clipboard.shots.push_back(std::move(*shot));
    }
    return clipboard;
}

Result<Clipboard> gather(const ProjectStore& store, const Project& project, Clipboard clipboard, std::stop_token stop)
{
    if (clipboard.project_id == project.id) return clipboard;
    if (store.access() == Access::read_only)
        return make_error(ErrorKind::unsupported, "Nothing can be pasted here: " + store.read_only_reason());
    for (Shot& shot : clipboard.shots)
        if (auto brought = bring_takes(store, clipboard.folder, shot, stop); !brought) return brought.error();
    for (Asset& asset : clipboard.assets) {
        if (asset.file.starts_with('/')) continue;
        auto file = gather_file(store, clipboard.folder / path_from_utf8(asset.file), {}, stop);
        if (!file) return file.error();
        asset.file = std::move(*file);
    }
    return clipboard;
}

Result<std::vector<std::string>> paste(Project& project, const Clipboard& clipboard, std::size_t index, std::int64_t frame)
{
    Project next = project;
    const auto assets = list_assets(next, clipboard.assets);
    if (!assets) return assets.error();
    const auto renamed = [&](std::string& id) {
        if (const auto known = assets->find(id); known != assets->end()) id = known->second;
    };
    const auto at_rate = [&](std::int64_t frames) {
        return rescale_frames(frames, clipboard.rate, next.rate, Rounding::nearest);
    };
    std::vector<Shot> shots = clipboard.shots;
    for (Shot& shot : shots) {
        shot.id.clear();
        for (Take& take : shot.takes)
            renamed(take.asset);
        if (shot.transition.kind != TransitionKind::cut)
            shot.transition.frames = std::max<std::int64_t>(1, at_rate(shot.transition.frames));
    }
    auto ids = insert_shots(next, index, std::move(shots));
    if (!ids) return ids.error();
    for (SoundClip clip : clipboard.sounds) {
        renamed(clip.asset);
        const Asset* asset = find_asset(next, clip.asset);
        if (!asset || clip.source.first < 0 || clip.source.empty() || clip.source.end > asset->samples)
            return damaged("a sound has no such media.");
        clip.id = make_id();
        clip.start = std::clamp<std::int64_t>(frame, 0, k_endless / 2) + std::min(at_rate(clip.start), k_endless / 2);
        clip.fade_in = at_rate(clip.fade_in);
        clip.fade_out = at_rate(clip.fade_out);
        fit_fades(clip, next.rate);
        ids->push_back(clip.id);
        put_on_free_track(next, 0, std::move(clip));
    }
    project = std::move(next);
    return ids;
}

}  // namespace kinora::core
