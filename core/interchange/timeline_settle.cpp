#include "core/interchange/timeline_settle.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/file.h"
#include "core/base/ids.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/interchange/otioz.h"
#include "core/interchange/timeline_build.h"
#include "core/project/project_files.h"
#include "core/storyboard/layout.h"
#include "core/storyboard/sound_edits.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

std::string lower_extension(const fs::path& file)
{
    std::string extension = file.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    return extension;
}

class Settler {
public:
    Settler(ImportedTimeline timeline, const fs::path& folder, const ProjectStore& store, const DescribeMedia& describe,
            const std::stop_token& stop)
        : timeline_(std::move(timeline)), store_(store), describe_(describe), stop_(stop)
    {
        std::error_code unknown;
        folder_ = fs::canonical(folder, unknown);
        for (const TimelineMedia& media : timeline_.media)
            (media.sound.empty() ? of_takes_[media.shot] : of_sounds_[media.sound]).push_back(&media);
    }

    Result<ImportedTimeline> settle()
    {
        for (SharedValue<Shot>& shot : timeline_.project.shots) {
            Shot mended = *shot;
            if (auto settled = settle_shot(mended); !settled) return settled.error();
            if (!(mended == *shot)) shot = std::move(mended);
        }
        for (SharedValue<SoundTrack>& track : timeline_.project.sound_tracks) {
            SoundTrack mended = *track;
            for (SoundClip& clip : mended.clips)
                if (auto settled = settle_sound(clip); !settled) return settled.error();
            if (!(mended == *track)) track = std::move(mended);
        }
        if (missing_ > 0)
            timeline_.notes.push_back(std::to_string(missing_) +
                                      " media files are not there; their shots are to be generated.");
        ImportedTimeline out = std::move(timeline_);
        out.media.clear();
        drop_unused_assets(out.project);
        tidy(out);
        return out;
    }

private:
    /// The file below the timeline's folder, or nothing: links out of it don't count.
    [[nodiscard]] fs::path locate(const std::string& file) const
    {
        std::error_code unknown;
        const fs::path found = fs::canonical(folder_ / path_from_utf8(file), unknown);
        if (unknown || folder_.empty() || !fs::is_regular_file(found, unknown)) return {};
        const auto [end, rest] = std::mismatch(folder_.begin(), folder_.end(), found.begin(), found.end());
        return end == folder_.end() ? found : fs::path();
    }

    [[nodiscard]] bool in_project(const Take& take) const
    {
        const Asset* asset = find_asset(timeline_.project, take.asset);
        const std::string& file = asset != nullptr ? asset->file : take.clip;
        return !file.empty() && in_project(file);
    }

    [[nodiscard]] bool in_project(const std::string& file) const
    {
        const auto path = store_.resolve(file);
        std::error_code unknown;
        return path && fs::is_regular_file(*path, unknown);
    }

    /// The asset for a file of the timeline; empty id: the file isn't there or is none that Kinora reads.
    Result<std::string> asset_of(const std::string& file)
    {
        if (const auto known = brought_.find(file); known != brought_.end()) return known->second;
        const fs::path found = locate(file);
        if (found.empty()) {
            ++missing_;
            return brought_[file] = std::string();
        }
        auto asset = describe_(found, stop_);
        if (!asset) {
            if (asset.error().kind == ErrorKind::cancelled) return asset.error();
            timeline_.notes.push_back(asset.error().message);
            return brought_[file] = std::string();
        }
        auto gathered = gather_file(store_, found, {}, stop_);
        if (!gathered) return gathered.error();
        asset->file = std::move(*gathered);
        auto id = add_asset(timeline_.project, std::move(*asset));
        if (id) brought_[file] = *id;
        return id;
    }

    Result<void> settle_shot(Shot& shot)
    {
        if (shot.kind == ShotKind::gap) return {};
        std::vector<Take> kept;
        for (Take& take : shot.takes) {
            if (in_project(take)) {
                kept.push_back(std::move(take));
                continue;
            }
            const bool selected = take.id == shot.selected_take;
            auto shown = brought(shot, take.id, take, selected);
            if (!shown) return shown.error();
            if (*shown) kept.push_back(std::move(take));
        }
        shot.takes = std::move(kept);
        const auto media = of_takes_.find(shot.id);
        if (shot.takes.empty() && media != of_takes_.end()) {
            Take take;
            take.id = media->second.front()->take;
            auto shown = brought(shot, take.id, take, true);
            if (!shown) return shown.error();
            if (*shown) {
                shot.kind = ShotKind::media;
                shot.name = shot.name.empty() ? shot.prompt : shot.name;
                shot.prompt.clear();
                shot.settings = {};
                shot.takes.push_back(std::move(take));
            }
        }
        if (shot.takes.empty()) {
            shot.kind = ShotKind::generated;
            if (shot.prompt.empty()) shot.prompt = shot.name;
        }
        return {};
    }

    /// Lets a take show the file that the timeline names for it; false: there is none.
    Result<bool> brought(Shot& shot, const std::string& take_id, Take& take, bool selected)
    {
        const auto found = of_takes_.find(shot.id);
        if (found == of_takes_.end()) return false;
        const auto media = std::find_if(found->second.begin(), found->second.end(),
                                        [&](const TimelineMedia* one) { return one->take == take_id; });
        if (media == found->second.end()) return false;
        const auto id = asset_of((*media)->file);
        if (!id) return id.error();
        const Asset* asset = id->empty() ? nullptr : find_asset(timeline_.project, *id);
        if (asset == nullptr || asset->kind == AssetKind::audio) return false;
        take.asset = *id;
        take.clip.clear();
        take.latents.clear();
        take.thumbnail.clear();
        take.still = asset->kind == AssetKind::image;
        take.frames = take.still ? 1 : std::max<std::int64_t>(1, asset->frames);
        take.rate = take.still ? timeline_.project.rate : asset->rate;
        take.width = asset->width;
        take.height = asset->height;
        if (selected) shot.range = in_source((*media)->shown, take);
        return true;
    }

    /// Frames of the file at the project's rate as frames of the file's own.
    [[nodiscard]] FrameRange in_source(FrameRange shown, const Take& take) const
    {
        if (take.still) return {0, shown.length()};
        const FrameRate rate = timeline_.project.rate;
        const std::int64_t first = rescale_frames(shown.first, rate, take.rate, Rounding::nearest);
        return {first, first + source_frame_at(shown.length() - 1, take.rate, rate) + 1};
    }

    Result<void> settle_sound(SoundClip& clip)
    {
        const Asset* asset = find_asset(timeline_.project, clip.asset);
        const auto media = of_sounds_.find(clip.id);
        if (asset != nullptr && in_project(asset->file)) return {};
        clip.asset.clear();  // a clip without an asset is left out in the end
        if (media == of_sounds_.end()) return {};
        const auto id = asset_of(media->second.front()->file);
        if (!id) return id.error();
        if (id->empty()) return {};
        clip.asset = *id;
        const std::int64_t samples = find_asset(timeline_.project, *id)->samples;
        const std::int64_t shift = media->second.front()->sample;
        clip.source = intersection({clip.source.first - shift, clip.source.end - shift}, {0, samples});
        return {};
    }

    static void drop_unused_assets(Project& project)
    {
        std::set<std::string> used;
        for (const SharedValue<Shot>& shot : project.shots)
            for (const Take& take : shot->takes)
                used.insert(take.asset);
        for (const SharedValue<SoundTrack>& track : project.sound_tracks)
            for (const SoundClip& clip : track->clips)
                used.insert(clip.asset);
        std::erase_if(project.assets, [&](const SharedValue<Asset>& asset) { return !used.contains(asset->id); });
    }

    ImportedTimeline timeline_;
    fs::path folder_;
    const ProjectStore& store_;
    const DescribeMedia& describe_;
    std::stop_token stop_;
    std::map<std::string, std::vector<const TimelineMedia*>> of_takes_;
    std::map<std::string, std::vector<const TimelineMedia*>> of_sounds_;
    std::map<std::string, std::string> brought_;  ///< file → asset id
    int missing_ = 0;
};

}  // namespace

Result<ImportedTimeline> settle_timeline(ImportedTimeline timeline, const fs::path& folder, const ProjectStore& store,
                                         const DescribeMedia& describe, const std::stop_token& stop)
{
    return Settler(std::move(timeline), folder, store, describe, stop).settle();
}

Result<std::vector<std::string>> merge_timeline(Project& project, const Project& imported)
{
    Project next = project;
    const bool empty = next.shots.empty() && next.sound_tracks.empty() && next.markers.empty();
    if (empty) {
        next.rate = imported.rate;
        next.width = imported.width;
        next.height = imported.height;
        next.settings.variables.insert(imported.settings.variables.begin(), imported.settings.variables.end());
    }
    std::map<std::string, std::string> assets{{"", ""}};
    for (const SharedValue<Asset>& asset : imported.assets) {
        Asset added = *asset;
        const Asset* taken = find_asset(next, added.id);
        if (taken != nullptr && *taken == added) {
            assets[asset->id] = added.id;
            continue;
        }
        if (taken != nullptr) added.id = make_id();
        const auto id = add_asset(next, std::move(added));
        if (!id) return id.error();
        assets[asset->id] = *id;
    }
    const std::int64_t at = total_duration(next);
    std::vector<std::string> ids;
    for (const SharedValue<Shot>& shot : imported.shots) {
        Shot added = *shot;
        if (find_shot(next, added.id)) added.id = make_id();
        for (Take& take : added.takes)
            take.asset = assets[take.asset];
        ids.push_back(added.id);
        next.shots.emplace_back(std::move(added));
    }
    std::set<std::string> sounds;
    for (const SharedValue<SoundTrack>& track : next.sound_tracks) {
        sounds.insert(track->id);
        for (const SoundClip& clip : track->clips)
            sounds.insert(clip.id);
    }
    for (const SharedValue<SoundTrack>& track : imported.sound_tracks) {
        SoundTrack added = *track;
        const auto fresh = [&](std::string& id) {
            if (!sounds.insert(id).second) sounds.insert(id = make_id());
        };
        fresh(added.id);
        for (SoundClip& clip : added.clips) {
            fresh(clip.id);
            clip.asset = assets[clip.asset];
            clip.start = rescale_frames(clip.start, imported.rate, next.rate, Rounding::nearest) + at;
        }
        next.sound_tracks.emplace_back(std::move(added));
    }
    for (Marker marker : imported.markers) {
        const bool taken = std::any_of(next.markers.begin(), next.markers.end(),
                                       [&](const Marker& other) { return other.id == marker.id; });
        if (taken) marker.id = make_id();
        marker.frame = rescale_frames(marker.frame, imported.rate, next.rate, Rounding::nearest) + at;
        next.markers.push_back(std::move(marker));
    }
    ImportedTimeline whole;
    whole.project = std::move(next);
    tidy(whole);
    project = std::move(whole.project);
    return ids;
}

bool is_timeline(const fs::path& file)
{
    const std::string extension = lower_extension(file);
    return extension == ".otio" || extension == ".otioz" || extension == ".edl";
}

Result<OpenedTimeline> open_timeline(const fs::path& file, FrameRate rate, const fs::path& unpacked,
                                     const std::stop_token& stop)
{
    const std::string name = path_to_utf8(file);
    const std::string extension = lower_extension(file);
    if (!is_timeline(file))
        return make_error(ErrorKind::unsupported,
                          in_quotes(name) + " is no timeline that Kinora reads; these end with .otio, .otioz or .edl.");
    const bool packed = extension == ".otioz";
    const auto text = packed ? unpack_otioz(file, unpacked, stop) : read_file(file, k_longest_timeline);
    if (!text) return text.error();
    auto timeline = extension == ".edl" ? read_edl(*text, name, rate) : read_otio(*text, name);
    if (!timeline) return timeline.error();
    if (timeline->project.name.empty()) timeline->project.name = path_to_utf8(file.stem());
    return OpenedTimeline{std::move(*timeline), packed                   ? unpacked
                                                : file.has_parent_path() ? file.parent_path()
                                                                         : fs::path(".")};
}

}  // namespace kinora::core
