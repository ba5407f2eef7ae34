#include "core/interchange/timeline_build.h"

#include <algorithm>
#include <set>

#include "core/base/ids.h"
#include "core/base/utf8.h"
#include "core/project/project_json.h"
#include "core/project/sound_json.h"

namespace kinora::core {
namespace {

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Takes and their assets that don't fit together, selections and ranges that don't fit the takes.
void tidy_shot(const Project& project, Shot& shot)
{
    if (shot.kind == ShotKind::gap) shot.takes.clear();
    std::set<std::string> ids;
    std::erase_if(shot.takes, [&](const Take& take) {
        return !is_valid_id(take.id) || take.frames <= 0 || !ids.insert(take.id).second ||
               (!take.asset.empty() && !find_asset(project, take.asset));
    });
    if (shot.takes.empty())
        shot.selected_take.clear();
    else if (!find_take(shot, shot.selected_take))
        shot.selected_take = shot.takes.back().id;
    shot.range = range_within(shot.range, shot_source(shot));
    if ((shot.transition.kind == TransitionKind::cut) != (shot.transition.frames == 0)) shot.transition = {};
    shot.transition.frames = std::clamp<std::int64_t>(shot.transition.frames, 0, k_longest_clip);
}

}  // namespace

std::string path_of_url(std::string_view url)
{
    std::string path;
    for (std::size_t i = 0; i < url.size(); ++i) {
        if (url[i] != '%') {
            path += url[i];
            continue;
        }
        if (i + 2 >= url.size() || hex_digit(url[i + 1]) < 0 || hex_digit(url[i + 2]) < 0) return {};
        path += static_cast<char>(hex_digit(url[i + 1]) * 16 + hex_digit(url[i + 2]));
        i += 2;
    }
    while (path.starts_with("./"))
        path.erase(0, 2);
    if (path.find(':') != std::string::npos) return {};  // another scheme, or a drive
    return is_safe_relative_path(path) && is_valid_utf8(path) ? path : std::string();
}

std::string clean_text(std::string_view text)
{
    if (!is_valid_utf8(text)) return {};
    std::string line;
    for (const char c : utf8_prefix(text, 500))
        line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    const std::size_t first = line.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return line.substr(first, line.find_last_not_of(' ') - first + 1);
}

Shot wanted_shot(const std::string& name, std::int64_t frames, FrameRate project_rate)
{
    const std::int64_t length = std::clamp<std::int64_t>(frames, 1, 1'000'000 - 4);
    ShotSettings settings;
    settings.rate = project_rate;
    // Video models make one frame more than a multiple of four.
    settings.frames = static_cast<int>((length + 2) / 4 * 4 + 1);
    Shot shot = make_shot(name, std::move(settings));
    shot.range = {0, length};
    return shot;
}

void tidy(ImportedTimeline& timeline)
{
    Project& project = timeline.project;
    if (!is_valid_id(project.id)) project.id = make_id();
    std::set<std::string> ids;
    std::erase_if(project.assets,
                  [&](const SharedValue<Asset>& asset) { return !is_valid_id(asset->id) || !ids.insert(asset->id).second; });
    ids.clear();
    for (SharedValue<Shot>& shot : project.shots) {
        Shot mended = *shot;
        if (!is_valid_id(mended.id) || !ids.insert(mended.id).second) ids.insert(mended.id = make_id());
        tidy_shot(project, mended);
        shot = std::move(mended);
    }
    std::vector<std::string> repairs;
    ids.clear();
    for (SharedValue<SoundTrack>& track : project.sound_tracks)
        track.update([&](SoundTrack& mended) {
            const auto fresh = [&](std::string& id) {
                if (!is_valid_id(id) || !ids.insert(id).second) ids.insert(id = make_id());
            };
            fresh(mended.id);
            for (SoundClip& clip : mended.clips)
                fresh(clip.id);
        });
    repair_sound(project, repairs);
    ids.clear();
    for (Marker& marker : project.markers)
        if (!is_valid_id(marker.id) || !ids.insert(marker.id).second) ids.insert(marker.id = make_id());
    std::stable_sort(project.markers.begin(), project.markers.end(),
                     [](const Marker& a, const Marker& b) { return a.frame < b.frame; });
}

}  // namespace kinora::core
