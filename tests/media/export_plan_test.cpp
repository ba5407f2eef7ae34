#include <catch2/catch.hpp>
#include <cmath>

#include "core/export/plan_run.h"
#include "core/media/clip_reader.h"
#include "core/media/import_media.h"
#include "core/media/probe.h"
#include "core/storyboard/edits.h"
#include "core/storyboard/group_edits.h"
#include "core/storyboard/layout.h"
#include "core/storyboard/sound_edits.h"
#include "tests/media/masters_fixture.h"
#include "tests/media/sound_fixtures.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

/// Three shots of 12, 16 and 24 frames a second, each trimmed out of 40 frames that show their numbers.
struct Film {
    TemporaryFolder folder;
    core::Project project;
    std::map<std::string, core::FrameSequence> clips;
    ExportPlan plan;

    Film()
    {
        project.id = "film";
        project.name = "My film";
        project.width = 256;
        project.height = 128;
        for (const int rate : {12, 16, 24}) {
            core::Take take;
            take.id = "take" + std::to_string(rate);
            take.number = 2;
            take.frames = 40;
            take.rate = core::FrameRate(rate);
            take.width = 256;
            take.height = 128;
            take.recipe.emplace();
            take.recipe->seed = static_cast<std::uint64_t>(rate);
            take.recipe->prompt = "a red balloon";
            core::Shot shot = core::make_shot();
            shot.selected_take = take.id;
            shot.range = {10, 20};
            shot.takes.push_back(take);
            clips[take.id] = numbered_clip(40, 256, 128, take.rate);
            plan.shots.push_back(shot.id);
            REQUIRE(core::insert_shot(project, project.shots.size(), std::move(shot)));
        }
        plan.delivery.preset = "prores-422-proxy";
    }

    /// A tone beneath the whole film.
    void add_sound(float level)
    {
        write_wav(folder / "song.wav", sine(10 * 48000, 440, 48000, level), 48000);
        const auto asset = describe_media(folder / "song.wav");
        REQUIRE(problem_of(asset) == "");
        const auto id = core::add_asset(project, *asset);
        REQUIRE(id);
        const auto track = core::add_sound_track(project);
        REQUIRE(track);
        REQUIRE(core::place_sound(project, *track, *id, 0));
    }

    core::Result<ExportOutcome> run(const std::string& into = "out") const
    {
        ExportServices services;
        services.source = [this](const core::Shot&, const core::Take& take) -> core::Result<std::shared_ptr<FrameSource>> {
            return std::shared_ptr<FrameSource>(std::make_shared<MemorySource>(
                std::make_shared<const core::FrameSequence>(clips.at(take.id)), FrameOrigin::latents));
        };
        services.locate = [](const std::string& file) { return fs::path(file); };
        fs::create_directories(folder / into);
        return run_export_plan(project, plan, {folder / into, {}, OverwritePolicy::refuse}, services);
    }
};

std::vector<int> numbers_in(const fs::path& file)
{
    auto reader = ClipReader::open(file);
    REQUIRE(problem_of(reader) == "");
    std::vector<int> numbers;
    for (int i = 0; i < (*reader)->info().frames; ++i)
        numbers.push_back(number_in((*reader)->frame(i).value()->picture));
    return numbers;
}

std::vector<std::string> names_of(const ExportOutcome& outcome)
{
    std::vector<std::string> names;
    for (const WrittenFile& file : outcome.files)
        names.push_back(file.file.filename().string());
    return names;
}

}  // namespace

TEST_CASE("A file a shot: named by the pattern, at each take's own rate, with handles as far as there are any")
{
    Film film;
    film.plan.handles = 12;
    int last = 0;
    const auto outcome = film.run();
    REQUIRE(problem_of(outcome) == "");
    CHECK(names_of(*outcome) ==
          std::vector<std::string>{"My film_001_2_12.mov", "My film_002_2_16.mov", "My film_003_2_24.mov"});
    for (const WrittenFile& file : outcome->files) {
        const auto numbers = numbers_in(file.file);
        CHECK(numbers.front() == 0);
        CHECK(numbers.back() == 31);
        CHECK(numbers.size() == 32);
        CHECK(ffprobe(file.file)["r_frame_rate"] ==
              std::to_string(std::vector{12, 16, 24}[static_cast<std::size_t>(last++)]) + "/1");
    }
    REQUIRE(outcome->notes.size() == 3);
    CHECK(outcome->notes[0] == "Shot 1 has handles of 10 and 12 frames: its take has no more.");
    CHECK(probe(outcome->files[0].file)->metadata.at("kinora_made_from") == "latents decoded again");
    // Again beside the first ones: nothing is overwritten.
    const auto again = film.run();
    REQUIRE(problem_of(again) == "");
    CHECK(names_of(*again).front() == "My film_001_2_12 2.mov");
}

TEST_CASE("Patterns fill in what they name, and names stay inside the folder whatever a project is called")
{
    Film film;
    film.project.name = "../../../tmp/evil\n%s";
    film.plan.shots.resize(2);
    film.plan.pattern = "../{project}/{shot:03}-{preset}";
    const auto outcome = film.run();
    REQUIRE(problem_of(outcome) == "");
    for (const WrittenFile& file : outcome->files) {
        CHECK(file.file.parent_path() == film.folder / "out");
        CHECK(fs::exists(file.file));
    }
    CHECK(film.folder.names() == std::vector<std::string>{"out"});
}

TEST_CASE("Chosen shots go into one file, side by side with their sound, apart without")
{
    Film film;
    film.add_sound(0.2F);
    film.plan.file_per_shot = false;
    film.plan.shots = {film.project.shots[1]->id, film.project.shots[0]->id};
    const auto together = film.run();
    REQUIRE(problem_of(together) == "");
    REQUIRE(together->files.size() == 1);
    CHECK(together->files[0].frames == 20 + 15);
    CHECK(numbers_in(together->files[0].file).front() == 10);
    CHECK(probe(together->files[0].file)->audio() != nullptr);

    film.plan.shots = {film.project.shots[0]->id, film.project.shots[2]->id};
    const auto apart = film.run("apart");
    REQUIRE(problem_of(apart) == "");
    CHECK(apart->files[0].frames == 20 + 10);
    CHECK(probe(apart->files[0].file)->audio() == nullptr);
    REQUIRE(apart->notes.size() == 1);
    CHECK(apart->notes[0].find("joined without its sound") != std::string::npos);
}

TEST_CASE("The storyboard at any rate is as long as it was, and its sound stays in sync to the sample")
{
    Film film;
    film.plan.what = ExportWhat::storyboard;
    // Silence with one click at two thirds of a second.
    write_wav(film.folder / "click.wav", clicks(2 * 48000, {32000}, 0.9F), 48000);
    const auto asset = describe_media(film.folder / "click.wav");
    REQUIRE(asset);
    const auto id = core::add_asset(film.project, *asset);
    REQUIRE(id);
    const auto track = core::add_sound_track(film.project);
    REQUIRE(track);
    REQUIRE(core::place_sound(film.project, *track, *id, 0));
    const std::int64_t frames = core::Layout(film.project).total();
    CHECK(frames == 45);
    for (const core::FrameRate rate : {core::FrameRate(24000, 1001), core::FrameRate(24), core::FrameRate(25),
                                       core::FrameRate(30000, 1001), core::FrameRate(60)}) {
        film.plan.delivery.rate = rate;
        for (const ConformMode mode : {ConformMode::repeat, ConformMode::blend}) {
            film.plan.delivery.conform = mode;
            const auto outcome = film.run();
            REQUIRE(problem_of(outcome) == "");
            const WrittenFile& file = outcome->files.front();
            CHECK(file.frames == core::conformed_length(frames, core::FrameRate(24), rate));
            const auto sound = whole_sound(file.file);
            CHECK(loudest_sample(sound) == 32000);
            CHECK(std::abs(static_cast<double>(sound.size()) / 2 - 48000.0 * file.frames / rate.as_double()) < 1);
        }
    }
}

TEST_CASE("The storyboard's sound is normalised to what is asked for, and the outcome says how loud it is")
{
    Film film;
    film.add_sound(0.05F);
    film.plan.what = ExportWhat::storyboard;
    for (const double target : {-14.0, -16.0, -23.0}) {
        film.plan.delivery.loudness = target;
        const auto outcome = film.run();
        REQUIRE(problem_of(outcome) == "");
        REQUIRE(outcome->loudness);
        CHECK(outcome->loudness->integrated == Approx(target).margin(0.01));
        REQUIRE(outcome->notes.size() == 1);
        CHECK(outcome->notes[0].find(std::to_string(static_cast<int>(target)) + ".0 LUFS") != std::string::npos);
        const Ran ran =
            run_command("ffmpeg -nostdin -i " + shell_word(outcome->files.front().file) + " -af ebur128 -f null - 2>&1");
        const double found = std::atof(ran.output.c_str() + ran.output.rfind("I:") + 2);
        CHECK(found == Approx(target).margin(0.2));
    }
}

TEST_CASE("What can't be exported is refused before anything is written, with what is possible")
{
    Film film;
    const auto refuses = [&](const std::string& reason) {
        const auto outcome = film.run();
        REQUIRE_FALSE(outcome);
        CHECK(outcome.error().message.find(reason) != std::string::npos);
        CHECK(fs::is_empty(film.folder / "out"));
    };
    film.plan.delivery.colour = ColourSpace::p3;
    film.plan.delivery.preset = "h264-review";
    refuses("choose bt709");
    film.plan.delivery = {};
    film.plan.delivery.preset = "vhs";
    refuses("There are: prores-422-hq");
    film.plan.delivery = {};
    film.plan.delivery.loudness = 3;
    refuses("LUFS");
    film.plan.delivery = {};
    film.plan.delivery.timecode = "soon";
    refuses("soon");
    film.plan.delivery = {};
    film.plan.shots = {"nobody"};
    refuses("No shot is chosen");
    film.plan.shots = {film.project.shots[0]->id};
    film.project.shots[0].update([](core::Shot& shot) { shot.selected_take.clear(); });
    refuses("Shot 1 has no take yet");
}

TEST_CASE("A gap is transparent in a ProRes 4444")
{
    Film film;
    REQUIRE(core::insert_gap(film.project, core::k_endless, 3));
    film.plan.what = ExportWhat::storyboard;
    film.plan.delivery.preset = "prores-4444";
    const auto outcome = film.run();
    REQUIRE(problem_of(outcome) == "");
    const auto samples = raw_planes(outcome->files.front().file, "yuva444p12le");
    const std::size_t plane = 256 * 128;
    const std::size_t frames = samples.size() / plane / 4;
    CHECK(frames == 48);
    CHECK(samples[plane * 3 + 1000] >= 4092);
    CHECK(samples[plane * 4 * (frames - 1) + plane * 3 + 1000] == 0);
}
