#include <catch2/catch.hpp>

#include "core/storyboard/layout.h"
#include "core/storyboard/media_edits.h"
#include "core/storyboard/snapping.h"
#include "core/storyboard/sound_edits.h"
#include "tests/core/project/sample_project.h"

using namespace kinora::core;
using namespace kinora::tests;

namespace {

/// A song of 10 s: 240 frames at 24.
Project with_song()
{
    Project project = sample_project(3);
    REQUIRE(add_asset(project, sample_asset("song", AssetKind::audio)));
    return project;
}

const SoundClip& clip(const Project& project, const std::string& id)
{
    const auto place = find_sound_clip(project, id);
    REQUIRE(place);
    return project.sound_tracks[place->track]->clips[place->clip];
}

}  // namespace

TEST_CASE("frames and samples fit together at every rate")
{
    CHECK(sample_of_frame(24, 24) == 48000);
    CHECK(sample_of_frame(1, FrameRate(30000, 1001)) == 1602);
    for (const FrameRate rate :
         {FrameRate(24), FrameRate(24000, 1001), FrameRate(30000, 1001), FrameRate(25), FrameRate(60)})
        for (std::int64_t frame = 0; frame < 3000; ++frame) {
            REQUIRE(frame_of_sample(sample_of_frame(frame, rate), rate) == frame);
            REQUIRE(frame_of_sample(sample_of_frame(frame + 1, rate) - 1, rate) == frame);
        }
}

TEST_CASE("a sound is placed on a track that is made for it, and never over another")
{
    Project project = with_song();
    const std::string first = place_sound(project, "", "song", 10).value();
    REQUIRE(project.sound_tracks.size() == 1);
    CHECK(project.sound_tracks[0]->name == "Sound 1");
    CHECK(heard_frames(clip(project, first), project.rate) == FrameRange{10, 250});
    const std::string track = project.sound_tracks[0]->id;
    const std::string second = place_sound(project, track, "song", 100).value();
    REQUIRE(project.sound_tracks.size() == 2);
    CHECK(find_sound_clip(project, second)->track == 1);
    const std::string third = place_sound(project, track, "song", 250).value();
    CHECK(find_sound_clip(project, third)->track == 0);
    CHECK_FALSE(place_sound(project, track, "nothing", 0));
    CHECK_FALSE(place_sound(project, track, "song", -1));
    CHECK_FALSE(place_sound(project, track, "song", 0, SampleRange{480'000, 480'001}));
    CHECK(check_invariants(project).empty());
    CHECK(sound_end(project) == 490);
}

TEST_CASE("a moved sound goes to a free track where its place is taken")
{
    Project project = with_song();
    const std::string first = place_sound(project, "", "song", 0).value();
    const std::string second = place_sound(project, "", "song", 300).value();
    CHECK(find_sound_clip(project, second)->track == 0);
    CHECK(move_sound(project, second, "", 100).value() == 100);
    CHECK(find_sound_clip(project, second)->track == 1);
    CHECK(move_sound(project, second, project.sound_tracks[0]->id, 240).value() == 240);
    CHECK(find_sound_clip(project, second)->track == 0);
    CHECK(move_sound(project, first, "", -50).value() == 0);
    CHECK(move_sounds(project, {first, second}, -10).value() == 0);
    CHECK(move_sounds(project, {first, second}, 30).value() == 30);
    CHECK(clip(project, first).start == 30);
    CHECK(clip(project, second).start == 270);
    CHECK(find_sound_clip(project, second)->track == 0);
    CHECK(check_invariants(project).empty());
}

TEST_CASE("sounds are trimmed at both edges as far as media and neighbours allow")
{
    Project project = with_song();
    const std::string id = place_sound(project, "", "song", 10, SampleRange{48'000, 240'000}).value();
    CHECK(trim_sound_start(project, id, 20).value() == 20);
    CHECK(clip(project, id).source.first == 68'000);
    CHECK(trim_sound_start(project, id, -100).value() == 0);
    CHECK(clip(project, id).source.first == 28'000);
    CHECK(trim_sound_end(project, id, 5000).value() == 226);
    CHECK(clip(project, id).source.end == 480'000);
    CHECK(trim_sound_end(project, id, 0).value() == 1);
    CHECK(clip(project, id).source.length() == 2000);
    const std::string next = place_sound(project, project.sound_tracks[0]->id, "song", 50).value();
    CHECK(trim_sound_end(project, id, 400).value() == 50);
    CHECK(trim_sound_start(project, next, 0).value() == 50);
    REQUIRE(fade_sound(project, id, 30, 30));
    CHECK(clip(project, id).fade_in == 30);
    CHECK(clip(project, id).fade_out == 20);
    REQUIRE(fade_sound(project, id, 30, 40));
    CHECK(clip(project, id).fade_in == 10);
    REQUIRE(trim_sound_end(project, id, 12));
    CHECK(clip(project, id).fade_in + clip(project, id).fade_out <= 12);
    CHECK(check_invariants(project).empty());
}

TEST_CASE("a sound is split at a frame, its fades stay at its ends")
{
    Project project = with_song();
    const std::string id = place_sound(project, "", "song", 10).value();
    REQUIRE(fade_sound(project, id, 12, 24));
    const std::string right = split_sound(project, id, 60).value();
    CHECK(heard_frames(clip(project, id), project.rate) == FrameRange{10, 60});
    CHECK(heard_frames(clip(project, right), project.rate) == FrameRange{60, 250});
    CHECK(clip(project, right).source == SampleRange{100'000, 480'000});
    CHECK(clip(project, id).fade_in == 12);
    CHECK(clip(project, id).fade_out == 0);
    CHECK(clip(project, right).fade_out == 24);
    CHECK_FALSE(split_sound(project, id, 10));
    CHECK_FALSE(split_sound(project, id, 300));
    CHECK(slip_sound(project, id, -10).value() == 0);
    CHECK(slip_sound(project, id, 1000).value() == 1000);
    REQUIRE(set_sound_gain(project, id, 400));
    CHECK(clip(project, id).gain_db == k_most_gain_db);
    REQUIRE(mute_sound(project, id, true));
    CHECK(clip(project, id).mute);
    const std::string copy = duplicate_sound(project, right).value();
    CHECK(clip(project, copy).start == 250);
    REQUIRE(remove_sounds(project, {id, right}));
    CHECK_FALSE(remove_sounds(project, {id}));
    CHECK(project.sound_tracks[0]->clips.size() == 1);
    CHECK(check_invariants(project).empty());
}

TEST_CASE("tracks are added, named, muted and removed; a used file stays listed")
{
    Project project = with_song();
    const std::string track = add_sound_track(project).value();
    REQUIRE(rename_sound_track(project, track, "Music"));
    REQUIRE(mute_sound_track(project, track, true));
    REQUIRE(set_sound_track_gain(project, track, -3));
    CHECK(project.sound_tracks[0]->gain_db == -3);
    REQUIRE(place_sound(project, track, "song", 0));
    CHECK_FALSE(remove_asset(project, "song"));
    REQUIRE(remove_sound_track(project, track));
    CHECK(project.sound_tracks.empty());
    CHECK_FALSE(remove_sound_track(project, track));
    REQUIRE(remove_asset(project, "song"));
    Asset same = sample_asset("x", AssetKind::audio);
    same.sha256 = std::string(64, 'a');
    const std::string listed = add_asset(project, same).value();
    same.id = "y";
    CHECK(add_asset(project, same).value() == listed);
}

TEST_CASE("an imported video comes with its sound beneath it")
{
    Project project = with_song();
    Asset video = sample_asset("video", AssetKind::video);
    video.samples = 200'000;
    REQUIRE(add_asset(project, video));
    const auto placed = place_media(project, "video", 1, 0);
    REQUIRE(placed);
    CHECK(project.shots[1]->id == placed->shot);
    CHECK(heard_frames(clip(project, placed->sound), project.rate) == FrameRange{66, 126});
    const auto song = place_media(project, "song", 0, 300);
    REQUIRE(song);
    CHECK(song->shot.empty());
    CHECK(clip(project, song->sound).start == 300);
    CHECK_FALSE(place_media(project, "nobody", 0, 0));
    CHECK(check_invariants(project).empty());
}

TEST_CASE("drags stick to the edges of sounds")
{
    Project project = with_song();
    const std::string id = place_sound(project, "", "song", 10, SampleRange{0, 20'000}).value();
    const Layout layout(project);
    auto points = snap_points(project, layout);
    CHECK(std::find(points.begin(), points.end(), 10) != points.end());
    CHECK(std::find(points.begin(), points.end(), 20) != points.end());
    points = snap_points(project, layout, {}, id);
    CHECK(std::find(points.begin(), points.end(), 20) == points.end());
}
