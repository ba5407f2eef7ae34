// kinora-cli export with all of its choices: what comes out, and what is refused.
#ifdef KINORA_HAS_MEDIA

#include <catch2/catch.hpp>
#include <fstream>
#include <random>

#include "core/export/clip_export.h"
#include "core/media/probe.h"
#include "core/project/project_store.h"
#include "core/project/take_edits.h"
#include "tests/app/cli_fixture.h"
#include "tests/paths.h"

using namespace kinora;
using namespace kinora::tests;
namespace fs = std::filesystem;

struct MastersFixture : CliFixture {
    /// A take as a project keeps one: 24 numbered frames at 12 a second, as `name`.
    void make_clip(const fs::path& file, int frames = 24) const
    {
        core::FrameSequence clip{frames, 128, 256, core::FrameRate(12), {}};
        clip.rgb.resize(clip.frame_size() * static_cast<std::size_t>(frames));
        for (std::size_t i = 0; i < clip.rgb.size(); ++i)
            clip.rgb[i] = static_cast<float>(i * 37 % 4099) / 4098.0F;
        media::ExportTarget target;
        target.file = file;
        target.preset = "take";
        REQUIRE(media::export_frames(clip, target));
    }

    /// Three shots of that take, frames 8 to 15 of each.
    void make_project() const
    {
        auto opened = core::create_project(path("Film"), {"Film", core::FrameRate(24), 256, 128});
        REQUIRE(opened);
        auto take = opened->store.new_take("taketaketake");
        REQUIRE(take);
        make_clip(path("Film") / take->clip);
        take->frames = 24;
        take->rate = core::FrameRate(12);
        take->width = 256;
        take->height = 128;
        for (int i = 0; i < 3; ++i) {
            core::Shot shot = core::make_shot("a red balloon");
            core::add_take(shot, *take, core::Selection::select);
            shot.range = {8, 16};
            opened->project.shots.emplace_back(shot);
        }
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
    void refused(const std::vector<std::string>& arguments, const std::string& part) const
    {
        std::vector<std::string> all{"export"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        const auto before = left();
        const auto finished = run(all);
        INFO(finished.err);
        CHECK(finished.exit_code != 0);
        CHECK_THAT(finished.err, Catch::Contains(part));
        CHECK(left() == before);
    }
};

TEST_CASE_METHOD(MastersFixture, "The presets are listed with what they are good for", "[program]")
{
    const auto list = exported({"--presets"});
    for (const char* id : {"prores-422-hq", "prores-4444", "dnxhr-444-mxf", "av1-10bit", "vp9-webm", "png16", "tiff16",
                           "exr-half", "gif", "webp"})
        CHECK_THAT(list.out, Catch::Contains(id));
    CHECK(std::count(list.out.begin(), list.out.end(), '\n') == 22);
    CHECK_FALSE(run({"export"}).exit_code == 0);
}

TEST_CASE_METHOD(MastersFixture, "Chosen shots become a file each with handles, in any preset", "[program]")
{
    make_project();
    const auto told = nlohmann::json::parse(
        exported({"Film", "--shots", "1,3", "--handles", "4", "--preset", "dnxhr-sq-mxf", "--fps", "25", "--conform",
                  "blend", "--timecode", "10:00:00:00", "--pattern", "{project}-{shot:03}", "-o", "out/", "--json"})
            .out);
    REQUIRE(told["files"].size() == 2);
    CHECK(left() == std::vector<std::string>{"Film", "out"});
    for (const char* name : {"out/Film-001.mxf", "out/Film-003.mxf"}) {
        const auto info = media::probe(path(name));
        REQUIRE(info);
        CHECK(info->video()->frames == 34);  // 16 frames at 12 are 33.3 at 25
        CHECK(info->video()->rate == core::FrameRate(25));
        CHECK(info->metadata.at("comment_kinora_made_from") == "8-bit preview clip");
    }
    exported({"Film", "--shots", "all", "--one-file", "-o", "joined.mov"});
    CHECK(media::probe(path("joined.mov"))->video()->frames == 48);
    refused({"Film", "--shots", "2-9", "-o", "x.mov"}, "the storyboard has 3");
    refused({"Film", "--shots", "1,2", "-o", "x.mov"}, "--one-file");
    refused({"Film", "--shots", "1,2", "--range", "0:3", "-o", "y/"}, "--range");
}

TEST_CASE_METHOD(MastersFixture, "The output's ending chooses the preset, pictures go into a folder", "[program]")
{
    make_clip(path("clip.mp4"));
    for (const char* name : {"a.webm", "a.gif", "a.webp", "a.mov", "b.mp4"})
        exported({"clip.mp4", "--fps", "24", "-o", name});
    CHECK(media::probe(path("a.webm"))->video()->codec == "vp9");
    CHECK(media::probe(path("a.gif"))->video()->codec == "gif");
    exported({"clip.mp4", "--preset", "exr-half", "--range", "0:3", "-o", "plates"});
    CHECK(fs::exists(path("plates/plates.0003.exr")));
    exported({"clip.mp4", "--preset", "png16", "--colour", "p3", "--range", "0:2", "-o", "stills.png"});
    CHECK(fs::exists(path("stills/stills.0001.png")));
    refused({"clip.mp4", "-o", "c.mxf"}, "23.976, 24, 25");
    refused({"clip.mp4", "--preset", "h264-review", "-o", "c.mov"}, ".mp4");
    refused({"clip.mp4", "--colour", "p3", "-o", "c.webm"}, "bt709");
    refused({"clip.mp4", "--quality", "99", "--preset", "h264-review", "-o", "c.mp4"}, "8 to 32");
    refused({"clip.mp4", "--conform", "melt", "-o", "c.mov"}, "blend");
    refused({"clip.mp4", "--timecode", "noon", "-o", "c.mov"}, "noon");
}

TEST_CASE_METHOD(MastersFixture, "An own preset works from a file that was sent, and a hostile one is refused", "[program]")
{
    make_clip(path("clip.mp4"));
    std::ofstream(path("web.json")) << R"({"kinora_export_preset": 1, "name": "Web", "description": "Ours.",
        "delivery": {"preset": "h264-review", "quality": 24, "rate": "25/1", "conform": "blend"}})";
    exported({"clip.mp4", "--preset", "web.json", "-o", "a.mp4"});
    CHECK(media::probe(path("a.mp4"))->video()->rate == core::FrameRate(25));
    std::ofstream(path("evil.json")) << R"({"kinora_export_preset": 1, "name": "../../x", "delivery":
        {"preset": "h264-review", "options": {"stats": "/etc/passwd"}}})";
    refused({"clip.mp4", "--preset", "evil.json", "-o", "b.mp4"}, "options");
}

TEST_CASE_METHOD(MastersFixture, "An export that is killed leaves no half file under its name", "[program]")
{
    make_clip(path("clip.mp4"), 300);
    fs::create_directory(path("out"));
    std::mt19937 random(3);
    std::uniform_real_distribution<double> moment(0.05, 1.2);
    int killed = 0;
    for (int i = 0; i < 12; ++i) {
        const bool pictures = i % 3 == 2;
        const std::string name = pictures ? "out/plates" : "out/master.mov";
        const auto finished =
            run_program("timeout",
                        {"-s", "KILL", std::to_string(moment(random)), (binary_dir() / "app/kinora-cli").string(), "export",
                         "clip.mp4", "--preset", pictures ? "png16" : "prores-422-hq", "-o", name},
                        spawn());
        killed += finished.exit_code != 0 ? 1 : 0;
        if (!fs::exists(path(name))) continue;
        CHECK(finished.exit_code == 0);
        fs::remove_all(path(name));
    }
    CHECK(killed > 0);
    CHECK(fs::exists(path("clip.mp4")));
    for (const auto& entry : fs::directory_iterator(path("out")))
        CHECK(entry.path().filename().string().starts_with(".kinora-"));
}

#endif
