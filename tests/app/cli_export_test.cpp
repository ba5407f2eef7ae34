#ifdef KINORA_HAS_MEDIA

#include <catch2/catch.hpp>
#include <sstream>

#include "core/project/project_store.h"
#include "core/project/take_edits.h"
#include "tests/app/cli_fixture.h"

using namespace kinora;
using namespace kinora::tests;

namespace {

/// The hash of each frame, in order.
std::vector<std::string> hashes(const std::string& framemd5)
{
    std::vector<std::string> all;
    std::istringstream lines(framemd5);
    for (std::string line; std::getline(lines, line);)
        if (!line.empty() && line[0] != '#') all.push_back(line.substr(line.rfind(' ') + 1));
    return all;
}

}  // namespace

struct ExportFixture : CliFixture {
    /// A project at 24 fps of two shots: frames 1 to 4 of a take of 5 frames at 12 fps, and the whole take.
    void make_project() const
    {
        auto opened = core::create_project(path("Film"), {"Film", core::FrameRate(24), 64, 64});
        REQUIRE(opened);
        auto take = opened->store.new_take("taketaketake");
        REQUIRE(take);
        const auto in_project = [&](const std::string& file) { return (path("Film") / file).string(); };
        const auto made = generate({"-o", in_project(take->clip), "--latents", in_project(take->latents)});
        INFO(made.err);
        REQUIRE(made.exit_code == 0);
        take->frames = 5;
        take->rate = core::FrameRate(12);
        take->width = take->height = 64;
        for (const core::FrameRange range : {core::FrameRange{1, 4}, core::FrameRange{0, 5}}) {
            core::Shot shot = core::make_shot("a red balloon");
            core::add_take(shot, *take, core::Selection::select);
            shot.range = range;
            opened->project.shots.emplace_back(shot);
        }
        REQUIRE(core::check_invariants(opened->project).empty());
        REQUIRE(opened->store.save(opened->project));
    }

    Finished exported(const std::vector<std::string>& arguments) const
    {
        std::vector<std::string> all{"export"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        auto finished = run(all);
        INFO(finished.err);
        CHECK(finished.exit_code == 0);
        return finished;
    }
};

TEST_CASE_METHOD(ExportFixture, "A part of a clip is exported frame-exactly, at its own rate or conformed")
{
    REQUIRE(generate({"-o", "clip.mp4"}).exit_code == 0);
    exported({"clip.mp4", "--range", "1:4", "-o", "part.mov"});
    exported({"clip.mp4", "-o", "whole.mov"});
    exported({"clip.mp4", "--range", ":2", "--fps", "24", "-o", "slow.mov"});
    if (!has_program("ffmpeg") || !has_program("ffprobe")) {
        WARN("ffmpeg isn't installed");
        return;
    }
    const auto whole = hashes(frame_hashes("whole.mov"));
    const auto part = hashes(frame_hashes("part.mov"));
    REQUIRE(whole.size() == 5);
    CHECK(part == std::vector<std::string>(whole.begin() + 1, whole.begin() + 4));
    CHECK(hashes(frame_hashes("slow.mov")) == std::vector<std::string>{whole[0], whole[0], whole[1], whole[1]});
    const auto video = stream("part.mov");
    CHECK(video["codec_name"] == "prores");
    CHECK(video["profile"] == "HQ");
    CHECK(video["pix_fmt"] == "yuv422p10le");
    CHECK(video["color_space"] == "bt709");
    CHECK(video["r_frame_rate"] == "12/1");
}

TEST_CASE_METHOD(ExportFixture, "An exported clip still carries its recipe unless that is left out")
{
    REQUIRE(generate({"-o", "clip.mp4"}).exit_code == 0);
    exported({"clip.mp4", "-o", "with.mov"});
    exported({"clip.mp4", "--no-recipe", "-o", "without.mov"});
    CHECK(run({"generate", "--recipe", "with.mov", "-o", "again/"}).exit_code == 0);
    const auto refused = run({"generate", "--recipe", "without.mov", "-o", "other/"});
    CHECK(refused.exit_code == 1);
    CHECK_THAT(refused.err, Catch::Contains("carries no recipe"));
}

TEST_CASE_METHOD(ExportFixture, "A storyboard is exported as one file at its own rate, and any range of it exactly")
{
    make_project();
    const auto told = nlohmann::json::parse(exported({"Film", "--json"}).out);
    CHECK(told["frames"] == 16);
    CHECK(told["notes"].empty());
    const std::filesystem::path file = path(told["output"].get<std::string>());
    CHECK(file.filename() == "Film.mov");
    CHECK(std::filesystem::exists(file));
    exported({"Film", "-o", "whole.mov"});
    exported({"Film", "--range", "3:11", "-o", "part.mov"});
    if (!has_program("ffmpeg") || !has_program("ffprobe")) {
        WARN("ffmpeg isn't installed");
        return;
    }
    CHECK(stream("whole.mov")["r_frame_rate"] == "24/1");
    const auto whole = hashes(frame_hashes("whole.mov"));
    REQUIRE(whole.size() == 16);
    CHECK(whole[0] == whole[8]);   // frame 1 of the take: first in the first shot, second in the other
    CHECK(whole[5] == whole[13]);  // frame 3 of the take: last in the first shot
    CHECK(hashes(frame_hashes("part.mov")) == std::vector<std::string>(whole.begin() + 3, whole.begin() + 11));
}

TEST_CASE_METHOD(ExportFixture, "One shot is exported between its in and out, at its take's rate, from the latents")
{
    make_project();
    exported({"Film", "--shot", "1", "-o", "shot.mov"});
    exported({"Film/takes/taketaketake/latents.safetensors", "--range", "1:4", "-o", "latents.mov"});
    if (has_program("ffmpeg")) CHECK(hashes(frame_hashes("shot.mov")) == hashes(frame_hashes("latents.mov")));

    std::filesystem::remove(path("Film/takes/taketaketake/latents.safetensors"));
    const auto fallen_back = exported({"Film", "--shot", "1", "-o", "clip.mov"});
    CHECK_THAT(fallen_back.err, Catch::Contains("Note: ") && Catch::Contains("latents.safetensors"));
    const auto none = run({"export", "Film", "--shot", "3"});
    CHECK(none.exit_code == 2);
    CHECK_THAT(none.err, Catch::Contains("the storyboard has 2"));
}

#endif
