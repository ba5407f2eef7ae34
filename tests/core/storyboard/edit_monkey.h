#pragma once

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "core/project/project_json.h"
#include "core/storyboard/clipboard.h"
#include "core/storyboard/edits.h"
#include "core/storyboard/group_edits.h"
#include "core/storyboard/layout.h"
#include "core/storyboard/sound_edits.h"
#include "tests/core/project/sample_project.h"

namespace kinora::tests {

using namespace kinora::core;

/// Draws edits as an artist without a plan would make them, sensible and senseless ones.
class Monkey {
public:
    explicit Monkey(unsigned seed) : random_(seed) {}

    std::int64_t number(std::int64_t least, std::int64_t most)
    {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
    }

    std::string some_shot(const Project& project)
    {
        if (project.shots.empty() || number(0, 30) == 0) return "nobody";
        return project.shots[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(project.shots.size()) - 1))]->id;
    }

    Result<void> edit(Project& project)
    {
        const std::string id = some_shot(project);
        const auto shots = static_cast<std::int64_t>(project.shots.size());
        const std::int64_t frame = number(-5, total_duration(project) + 5);
        const auto index = static_cast<std::size_t>(number(0, shots + 1));
        switch (number(0, 26)) {
            case 0:
                return insert_shot(project, index, new_shot());
            case 1:
                return shots > 40 ? remove_shots(project, {id, some_shot(project)}) : remove_shots(project, {id});
            case 2:
                return move_shots(project, {id, some_shot(project)}, index);
            case 3:
                return without_value(trim_in(project, id, number(-10, 100)));
            case 4:
                return without_value(trim_out(project, id, number(-10, 100)));
            case 5:
                return moves_nothing(project, [&] { return without_value(roll_cut(project, id, number(-60, 60))); });
            case 6:
                return without_value(slip(project, id, number(-40, 40)));
            case 7:
                return shots > 60 ? remove_shots(project, {id}) : without_value(split_at(project, frame));
            case 8:
                return shots > 60 ? remove_shots(project, {id}) : without_value(duplicate_shot(project, id));
            case 9:
                return trim_start_to(project, frame);
            case 10:
                return trim_end_to(project, frame);
            case 11:
                return without_value(add_marker(project, frame));
            case 12:
                return some_marker(project, frame);
            case 13:
                return set_prompt(project, id, "prompt " + std::to_string(number(0, 1000)));
            case 14:
                return add_or_remove_take(project, id);
            case 15:
                return select_some_take(project, id);
            case 16:
                return plan(project, id);
            case 17:
                return moves_nothing(project, [&] { return lift_shots(project, {id, some_shot(project)}); });
            case 18:
                return shots > 60 ? remove_shots(project, {id})
                                  : without_value(duplicate_shots(project, {id, some_shot(project)}));
            case 19:
                return shots > 60 ? remove_shots(project, {id}) : without_value(insert_gap(project, frame, number(0, 40)));
            case 20:
                return moves_nothing(project, [&] {
                    return without_value(overwrite_with_gap(project, {frame, frame + number(-2, 150)}));
                });
            case 21:
                return set_length(project, id, number(0, 60));
            case 22:
            case 23:
                return without_value(set_transition(project, id, static_cast<TransitionKind>(number(0, 3)), number(-1, 50)));
            case 24:
                return copy_and_paste(project, id, index, frame);
            case 25:
                return sound_edit(project, frame);
            default:
                return set_project_rate(project, number(0, 1) == 0 ? FrameRate(24) : FrameRate(30000, 1001));
        }
    }

    template <typename Edit>
    static Result<void> moves_nothing(Project& project, Edit edit)
    {
        const std::int64_t before = total_duration(project);
        const Result<void> done = edit();
        REQUIRE(total_duration(project) == before);
        return done;
    }

    std::string some_sound(const Project& project)
    {
        std::vector<std::string> ids{"nobody"};
        for (const auto& track : project.sound_tracks)
            for (const SoundClip& clip : track->clips)
                ids.push_back(clip.id);
        return ids[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(ids.size()) - 1))];
    }

    std::string some_track(const Project& project)
    {
        const auto tracks = static_cast<std::int64_t>(project.sound_tracks.size());
        const std::int64_t which = number(-1, tracks - 1);
        return which < 0 ? "nobody" : project.sound_tracks[static_cast<std::size_t>(which)]->id;
    }

    Result<void> sound_edit(Project& project, std::int64_t frame)
    {
        const std::string id = some_sound(project);
        const std::string track = some_track(project);
        const bool full = project.sound_tracks.size() > 5;
        switch (number(0, 15)) {
            case 0:
            case 1:
                if (full) return remove_sound_track(project, track);
                return without_value(place_sound(project, track, "song", frame, SampleRange{number(-10, 99'999), 100'000}));
            case 2:
                return without_value(move_sound(project, id, track, frame));
            case 3:
                return without_value(trim_sound_start(project, id, frame));
            case 4:
                return without_value(trim_sound_end(project, id, frame));
            case 5:
                return full ? remove_sounds(project, {id}) : without_value(split_sound(project, id, frame));
            case 6:
                return fade_sound(project, id, number(-3, 80), number(-3, 80));
            case 7:
                return set_sound_gain(project, id, static_cast<float>(number(-200, 60)));
            case 8:
                return mute_sound(project, id, number(0, 1) == 0);
            case 9:
                return remove_sounds(project, {id, some_sound(project)});
            case 10:
                return full ? remove_sound_track(project, track)
                            : without_value(add_sound_track(project, static_cast<std::size_t>(number(0, 3))));
            case 11:
                return mute_sound_track(project, track, number(0, 1) == 0);
            case 12:
                return set_sound_track_gain(project, track, static_cast<float>(number(-50, 10)));
            case 13:
                return full ? remove_sound_track(project, track) : without_value(duplicate_sound(project, id));
            case 14:
                return without_value(move_sounds(project, {id, some_sound(project)}, number(-60, 60)));
            default:
                return without_value(slip_sound(project, id, number(-40'000, 40'000)));
        }
    }

private:
    Result<void> copy_and_paste(Project& project, const std::string& id, std::size_t index, std::int64_t frame)
    {
        if (project.shots.size() > 60) return remove_shots(project, {id});
        const auto text = copy_to_text(project, "/nowhere", {id, some_shot(project)}, {some_sound(project)});
        if (!text) return text.error();
        const auto clipboard = clipboard_from_text(*text);
        if (!clipboard) return clipboard.error();
        return without_value(paste(project, *clipboard, index, frame));
    }

    template <typename T>
    static Result<void> without_value(const Result<T>& result)
    {
        if (!result) return result.error();
        return {};
    }

    Take new_take()
    {
        static constexpr FrameRate k_rates[] = {12, 16, 24, FrameRate(24000, 1001), 60};
        return sample_take("take" + std::to_string(++made_), number(1, 90), k_rates[number(0, 4)]);
    }

    Shot new_shot()
    {
        if (number(0, 5) == 0) {
            Asset picture = sample_asset("picture", AssetKind::image);
            return make_media_shot(picture, 24, number(1, 60));
        }
        Shot shot = make_shot("new");
        if (number(0, 3) > 0) add_take(shot, new_take(), Selection::select);
        return shot;
    }

    Result<void> some_marker(Project& project, std::int64_t frame)
    {
        if (project.markers.empty()) return remove_marker(project, "nobody");
        const std::string id =
            project.markers[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(project.markers.size()) - 1))].id;
        return number(0, 1) == 0 ? remove_marker(project, id) : change_marker(project, id, frame, "note");
    }

    Result<void> add_or_remove_take(Project& project, const std::string& id)
    {
        const auto index = find_shot(project, id);
        if (!index) return make_error(ErrorKind::not_found, "nobody");
        const Shot& shot = *project.shots[*index];
        if (shot.kind == ShotKind::gap) return make_error(ErrorKind::invalid_argument, "a gap");
        if (!shot.takes.empty() && number(0, 2) == 0) return remove_take(project, id, shot.takes.front().id);
        project.shots[*index].update(
            [&](Shot& s) { add_take(s, new_take(), number(0, 1) == 0 ? Selection::keep : Selection::select); });
        return {};
    }

    Result<void> select_some_take(Project& project, const std::string& id)
    {
        const auto index = find_shot(project, id);
        if (!index || project.shots[*index]->takes.empty()) return select_take(project, id, "none");
        const auto& takes = project.shots[*index]->takes;
        return select_take(project, id,
                           takes[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(takes.size()) - 1))].id);
    }

    Result<void> plan(Project& project, const std::string& id)
    {
        ShotSettings settings;
        settings.frames = static_cast<int>(number(0, 97));
        settings.rate = FrameRate(number(8, 30));
        return set_settings(project, id, settings);
    }

    std::mt19937 random_;
    int made_ = 0;
};

}  // namespace kinora::tests
