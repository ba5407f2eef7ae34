#include <catch2/catch.hpp>
#include <cmath>

#include "core/export/sequence_export.h"
#include "core/generation/picture_file.h"
#include "core/media/clip_reader.h"
#include "core/media/import_media.h"
#include "core/media/probe.h"
#include "core/storyboard/edits.h"
#include "core/storyboard/group_edits.h"
#include "core/storyboard/sound_edits.h"
#include "tests/media/media_fixtures.h"
#include "tests/media/sound_fixtures.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;

namespace {

/// A film whose takes are clips in memory.
struct Film {
    core::Project project;
    std::map<std::string, std::shared_ptr<FrameSource>> sources;

    Film()
    {
        project.id = "film";
        project.width = 128;
        project.height = 64;
    }

    std::string add(core::FrameSequence clip, FrameRange range)
    {
        core::Take take;
        take.id = "take" + std::to_string(sources.size());
        take.frames = clip.frames;
        take.rate = clip.rate;
        core::Shot shot = core::make_shot();
        shot.selected_take = take.id;
        shot.range = range;
        shot.takes.push_back(take);
        sources[take.id] = std::make_shared<MemorySource>(std::make_shared<core::FrameSequence>(std::move(clip)));
        const std::string id = shot.id;
        REQUIRE(core::insert_shot(project, project.shots.size(), std::move(shot)));
        return id;
    }

    void add_gap(std::int64_t frames) { REQUIRE(core::insert_gap(project, core::k_endless, frames)); }

    [[nodiscard]] SequenceExport job(const std::filesystem::path& file) const
    {
        SequenceExport job;
        job.project = project;
        job.source = [this](const core::Shot&, const core::Take& take) -> core::Result<std::shared_ptr<FrameSource>> {
            return sources.at(take.id);
        };
        job.locate = [](const std::string& path) { return std::filesystem::path(path); };
        job.target.file = file;
        return job;
    }
};

core::FrameSequence coloured(Colour colour, int frames, core::FrameRate rate = {24})
{
    core::FrameSequence clip = plain_clip(colour, 128, 64, frames);
    clip.rate = rate;
    return clip;
}

/// The middle pixel of every frame of a file.
std::vector<Colour> colours_of(const std::filesystem::path& file)
{
    auto reader = ClipReader::open(file);
    REQUIRE(problem_of(reader) == "");
    std::vector<Colour> colours;
    for (int i = 0; i < (*reader)->info().frames; ++i) {
        const auto frame = (*reader)->frames(i, 1);
        REQUIRE(problem_of(frame) == "");
        const std::size_t middle = (static_cast<std::size_t>(frame->height) / 2 * frame->width + frame->width / 2) * 3;
        colours.push_back({frame->rgb[middle], frame->rgb[middle + 1], frame->rgb[middle + 2]});
    }
    return colours;
}

std::vector<int> numbers_in(const std::filesystem::path& file)
{
    auto reader = ClipReader::open(file);
    REQUIRE(problem_of(reader) == "");
    std::vector<int> numbers;
    for (int i = 0; i < (*reader)->info().frames; ++i)
        numbers.push_back(number_in((*reader)->frame(i).value()->picture));
    return numbers;
}

void check_colour(Colour colour, Colour wanted)
{
    INFO(colour.r << " " << colour.g << " " << colour.b << ", wanted " << wanted.r << " " << wanted.g << " " << wanted.b);
    CHECK(std::abs(colour.r - wanted.r) < 0.01F);
    CHECK(std::abs(colour.g - wanted.g) < 0.01F);
    CHECK(std::abs(colour.b - wanted.b) < 0.01F);
}

}  // namespace

TEST_CASE("A storyboard exports shot after shot at the project's rate, with gaps in black")
{
    const TemporaryFolder folder;
    Film film;
    film.add(numbered_clip(10), {2, 6});
    film.add_gap(3);
    film.add(numbered_clip(60, 128, 64, core::FrameRate(16)), {40, 44});
    film.add(numbered_clip(60, 128, 64, core::FrameRate(24)), {50, 52});
    const SequenceExport job = film.job(folder / "film.mov");
    REQUIRE(problem_of(export_sequence(job)) == "");
    const std::vector<int> wanted = {2, 2, 3, 3, 4, 4, 5, 5, 0, 0, 0, 40, 40, 41, 42, 42, 43, 50, 51};
    CHECK(numbers_in(job.target.file) == wanted);
    auto said = ffprobe(job.target.file);
    CHECK(said["r_frame_rate"] == "24/1");
    CHECK(said["codec_tag_string"] == "apch");

    SequenceExport part = film.job(folder / "part.mov");
    part.range = {5, 14};
    REQUIRE(problem_of(export_sequence(part)) == "");
    CHECK(numbers_in(part.target.file) == std::vector<int>(wanted.begin() + 5, wanted.begin() + 14));
}

TEST_CASE("A storyboard without any take is black, not an error")
{
    const TemporaryFolder folder;
    Film film;
    REQUIRE(core::insert_shot(film.project, 0, core::make_shot()));
    film.project.shots[0].update([](core::Shot& shot) { shot.range = {0, 3}; });
    const SequenceExport job = film.job(folder / "film.mov");
    const auto written = export_sequence(job);
    REQUIRE(problem_of(written) == "");
    CHECK(written->frames == 6);
    CHECK(export_sequence({}).error().kind == core::ErrorKind::invalid_argument);
}

TEST_CASE("A dissolve mixes both shots by halves in its middle and shortens the film by its length")
{
    const TemporaryFolder folder;
    Film film;
    film.add(coloured({1, 0, 0}, 24), {0, 24});
    const std::string blue = film.add(coloured({0, 0, 1}, 24), {0, 24});
    REQUIRE(core::set_transition(film.project, blue, core::TransitionKind::dissolve, 9).value() == 9);
    const SequenceExport job = film.job(folder / "film.mov");
    REQUIRE(problem_of(export_sequence(job)) == "");
    const auto colours = colours_of(job.target.file);
    REQUIRE(colours.size() == 24 + 24 - 9);
    check_colour(colours[14], {1, 0, 0});
    check_colour(colours[15], {0.9F, 0, 0.1F});
    check_colour(colours[19], {0.5F, 0, 0.5F});
    check_colour(colours[23], {0.1F, 0, 0.9F});
    check_colour(colours[24], {0, 0, 1});
}

TEST_CASE("Dips go through black and through white around the cut and shorten nothing")
{
    const TemporaryFolder folder;
    Film film;
    film.add(coloured({1, 0, 0}, 12), {0, 12});
    const std::string green = film.add(coloured({0, 1, 0}, 12), {0, 12});
    const std::string blue = film.add(coloured({0, 0, 1}, 12), {0, 12});
    REQUIRE(core::set_transition(film.project, green, core::TransitionKind::dip_to_black, 5));
    REQUIRE(core::set_transition(film.project, blue, core::TransitionKind::dip_to_white, 4));
    const SequenceExport job = film.job(folder / "film.mov");
    REQUIRE(problem_of(export_sequence(job)) == "");
    const auto colours = colours_of(job.target.file);
    REQUIRE(colours.size() == 36);
    check_colour(colours[9], {1, 0, 0});
    check_colour(colours[11], {1 / 3.0F, 0, 0});
    check_colour(colours[12], {0, 0, 0});
    check_colour(colours[13], {0, 1 / 3.0F, 0});
    check_colour(colours[14], {0, 2 / 3.0F, 0});
    check_colour(colours[15], {0, 1, 0});
    check_colour(colours[22], {0.4F, 1, 0.4F});
    check_colour(colours[23], {0.8F, 1, 0.8F});
    check_colour(colours[24], {0.8F, 0.8F, 1});
    check_colour(colours[26], {0, 0, 1});
}

TEST_CASE("A dissolve from a gap fades in from black")
{
    const TemporaryFolder folder;
    Film film;
    film.add_gap(10);
    const std::string shot = film.add(coloured({1, 1, 1}, 10), {0, 10});
    REQUIRE(core::set_transition(film.project, shot, core::TransitionKind::dissolve, 3));
    const SequenceExport job = film.job(folder / "film.mov");
    REQUIRE(problem_of(export_sequence(job)) == "");
    const auto colours = colours_of(job.target.file);
    REQUIRE(colours.size() == 17);
    check_colour(colours[6], {0, 0, 0});
    check_colour(colours[7], {0.25F, 0.25F, 0.25F});
    check_colour(colours[8], {0.5F, 0.5F, 0.5F});
    check_colour(colours[10], {1, 1, 1});
}

TEST_CASE("Imported videos and pictures are exported like takes")
{
    const TemporaryFolder folder;
    core::Picture8 picture{32, 16, std::vector<unsigned char>(32 * 16 * 3, 128)};
    REQUIRE(core::write_png(folder / "grey.png", picture));
    Film small;
    small.add(numbered_clip(6, 128, 64, core::FrameRate(24)), {0, 6});
    REQUIRE(problem_of(export_sequence(small.job(folder / "video.mov"))) == "");

    Film film;
    for (const char* name : {"grey.png", "video.mov"}) {
        auto asset = describe_media(folder / name);
        REQUIRE(problem_of(asset) == "");
        const auto id = core::add_asset(film.project, *asset);
        REQUIRE(id);
        core::Shot shot = core::make_media_shot(*core::find_asset(film.project, *id), film.project.rate, 4);
        REQUIRE(problem_of(core::insert_shot(film.project, 9, shot)) == "");
    }
    REQUIRE(core::check_invariants(film.project).empty());
    const SequenceExport job = film.job(folder / "film.mov");
    REQUIRE(problem_of(export_sequence(job)) == "");
    const auto colours = colours_of(job.target.file);
    REQUIRE(colours.size() == 10);
    for (int i = 0; i < 4; ++i)
        check_colour(colours[static_cast<std::size_t>(i)], {128 / 255.0F, 128 / 255.0F, 128 / 255.0F});
    CHECK(numbers_in(job.target.file)[9] == 5);

    std::filesystem::remove(folder / "video.mov");
    const auto failed = export_sequence(film.job(folder / "gone.mov"));
    REQUIRE(!failed);
    CHECK(failed.error().message.find("video.mov") != std::string::npos);
    CHECK(!std::filesystem::exists(folder / "gone.mov"));
}

TEST_CASE("A click is heard at exactly the sample it was put to, in a master and in a review copy")
{
    const TemporaryFolder folder;
    write_wav(folder / "click.wav", clicks(48000, {12'345}, 0.9F), 48000);
    Film film;
    film.add(coloured({1, 0, 0}, 48), {0, 48});
    auto asset = describe_media(folder / "click.wav");
    REQUIRE(problem_of(asset) == "");
    REQUIRE(asset->samples == 48000);
    const auto id = core::add_asset(film.project, *asset);
    const auto clip = core::place_sound(film.project, "", *id, 24);
    REQUIRE(problem_of(clip) == "");
    // The sound is placed at frame 24 (sample 48000); trimming its start leaves every moment where it was.
    REQUIRE(core::trim_sound_start(film.project, *clip, 26).value() == 26);

    for (const char* preset : {"prores-422-hq", "h264-review"}) {
        SequenceExport job = film.job(folder / (std::string(preset) + ".mov"));
        job.target.preset = preset;
        REQUIRE(problem_of(export_sequence(job)) == "");
        const auto info = probe(job.target.file);
        REQUIRE(info);
        REQUIRE(info->audio() != nullptr);
        CHECK(info->audio()->codec == (std::string(preset) == "h264-review" ? "aac" : "pcm_s24le"));
        CHECK(info->audio()->sample_rate == 48000);
        CHECK(info->video()->frames == 48);
        const auto heard = whole_sound(job.target.file);
        CHECK(std::abs(static_cast<std::int64_t>(heard.size() / 2) - 96000) <= 1024);
        CHECK(loudest_sample(heard) == 48000 + 12'345);
    }
    // A part of the film takes the part of the sound that belongs to it.
    SequenceExport part = film.job(folder / "part.mov");
    part.range = {25, 40};
    REQUIRE(problem_of(export_sequence(part)) == "");
    const auto heard = whole_sound(part.target.file);
    CHECK(heard.size() == 15 * 2000 * 2);
    CHECK(loudest_sample(heard) == 48000 + 12'345 - 25 * 2000);
}

TEST_CASE("A sound that can't be read stops the export with its name")
{
    const TemporaryFolder folder;
    write_wav(folder / "tone.wav", clicks(4800, {10}, 0.5F), 48000);
    Film film;
    film.add(coloured({1, 0, 0}, 24), {0, 24});
    const auto asset = describe_media(folder / "tone.wav");
    REQUIRE(asset);
    const auto id = core::add_asset(film.project, *asset);
    REQUIRE(core::place_sound(film.project, "", *id, 2));
    std::filesystem::remove(folder / "tone.wav");
    const auto written = export_sequence(film.job(folder / "film.mov"));
    REQUIRE(!written);
    CHECK(written.error().message.find("tone.wav") != std::string::npos);
    CHECK(folder.names().empty());
}
