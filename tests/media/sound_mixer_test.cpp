#include <catch2/catch.hpp>
#include <cmath>
#include <tuple>

#include "core/media/import_media.h"
#include "core/media/sound_mixer.h"
#include "core/media/waveform.h"
#include "core/storyboard/sound_edits.h"
#include "tests/media/media_fixtures.h"
#include "tests/media/sound_fixtures.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;

namespace {

std::string add_sound(core::Project& project, const std::filesystem::path& file)
{
    const auto asset = describe_media(file);
    REQUIRE(problem_of(asset) == "");
    return core::add_asset(project, *asset).value();
}

SoundMixer mixer_of(const core::Project& project)
{
    return SoundMixer(project, [](const std::string& file) { return std::filesystem::path(file); });
}

core::Project project_at(core::FrameRate rate)
{
    core::Project project;
    project.id = "project";
    project.rate = rate;
    return project;
}

}  // namespace

TEST_CASE("Sound read in any order and in any pieces is the same as read from the start")
{
    const TemporaryFolder folder;
    write_wav(folder / "a.wav", sine(44100 * 6, 440, 44100, 0.5F), 44100);
    const auto whole = whole_sound(folder / "a.wav");
    CHECK(whole.size() == 48000 * 6 * 2);
    auto reader = SoundReader::open(folder / "a.wav");
    REQUIRE(reader);
    for (const std::int64_t start : {200'000LL, 5LL, 100'001LL, 99'000LL, 260'000LL, 0LL}) {
        std::vector<float> part(3000 * 2);
        REQUIRE(problem_of((*reader)->read(start, part)) == "");
        float worst = 0;
        for (std::size_t i = 0; i < part.size(); ++i)
            worst = std::max(worst, std::abs(part[i] - whole[static_cast<std::size_t>(start) * 2 + i]));
        INFO("from " << start);
        CHECK(worst < 1e-6F);
    }
    std::vector<float> outside(200, 1.0F);
    REQUIRE((*reader)->read(-50, outside));
    CHECK(outside[0] == 0.0F);
    CHECK(outside[99] == 0.0F);
    REQUIRE((*reader)->read(48000 * 6 + 10, outside));
    CHECK(outside[199] == 0.0F);
}

TEST_CASE("Resampled sound keeps its time and its loudness")
{
    const TemporaryFolder folder;
    std::vector<float> sound = clicks(44100 * 2, {}, 0);
    for (std::int64_t i = 44100; i < 44100 + 441; ++i)
        sound[static_cast<std::size_t>(i) * 2] = sound[static_cast<std::size_t>(i) * 2 + 1] = 0.5F;
    write_wav(folder / "step.wav", sound, 44100);
    const auto heard = whole_sound(folder / "step.wav");
    CHECK(std::abs(heard[47'900 * 2]) < 0.02F);
    CHECK(heard[48'240 * 2] == Approx(0.5F).margin(0.02));
    CHECK(std::abs(heard[48'600 * 2]) < 0.02F);
    // One channel is heard on both sides as loud as it is.
    write_wav(folder / "mono.wav", std::vector<float>(4800, 0.25F), 48000, 1);
    const auto mono = whole_sound(folder / "mono.wav");
    REQUIRE(mono.size() == 4800 * 2);
    CHECK(mono[1000] == Approx(0.25F));
    CHECK(mono[1001] == Approx(0.25F));
}

TEST_CASE("Compressed sound is found at the same samples after a seek as from the start")
{
    const TemporaryFolder folder;
    write_wav(folder / "a.wav", clicks(48000 * 8, {30'000, 300'000}, 0.8F), 48000);
    for (const char* name : {"a.m4a", "a.mp3", "a.ogg", "a.flac"}) {
        const auto made =
            run_command("ffmpeg -v error -y -i " + shell_word(folder / "a.wav") + " " + shell_word(folder / name));
        INFO(name << ": " << made.output);
        REQUIRE(made.status == 0);
        const auto whole = whole_sound(folder / name);
        CHECK(std::abs(loudest_sample({whole.begin(), whole.begin() + 100'000 * 2}) - 30'000) <= 1);
        auto reader = SoundReader::open(folder / name);
        REQUIRE(reader);
        std::vector<float> part(20'000 * 2);
        REQUIRE((*reader)->read(290'000, part));
        CHECK(std::abs(loudest_sample(part) - 10'000) <= 1);
    }
}

TEST_CASE("The sound of a video is counted from its first picture, whatever holds it")
{
    const TemporaryFolder folder;
    write_wav(folder / "a.wav", clicks(48000 * 4, {144'000}, 0.8F), 48000);
    // Matroska counts milliseconds, so there a click may lie half of one beside its place.
    const std::vector<std::tuple<std::string, std::string, int>> files = {
        {"a.mp4", "-c:a aac", 1}, {"a.mov", "-c:a pcm_s16le", 0}, {"a.mkv", "-c:a aac", 48}};
    for (const auto& [name, codec, tolerance] : files) {
        const auto made =
            run_command("ffmpeg -v error -y -f lavfi -i color=red:s=64x64:r=24:d=4 -i " + shell_word(folder / "a.wav") +
                        " -c:v libx264 -bf 2 " + codec + " " + shell_word(folder / name));
        INFO(name << ": " << made.output);
        REQUIRE(made.status == 0);
        CHECK(std::abs(loudest_sample(whole_sound(folder / name)) - 144'000) <= tolerance);
        auto reader = SoundReader::open(folder / name);
        REQUIRE(reader);
        std::vector<float> part(20'000 * 2);
        REQUIRE((*reader)->read(140'000, part));
        CHECK(std::abs(loudest_sample(part) - 4'000) <= tolerance);
    }
    // Sound that begins later than the pictures stays later.
    const auto late =
        run_command("ffmpeg -v error -y -f lavfi -i color=red:s=64x64:r=24:d=6 -itsoffset 1 -i " +
                    shell_word(folder / "a.wav") + " -c:v libx264 -c:a pcm_s16le " + shell_word(folder / "late.mov"));
    REQUIRE(late.status == 0);
    CHECK(loudest_sample(whole_sound(folder / "late.mov")) == 192'000);
}

TEST_CASE("The mixer adds clips with gains, fades and mutes at their exact places")
{
    const TemporaryFolder folder;
    write_wav(folder / "one.wav", std::vector<float>(48000 * 2, 1.0F), 48000);
    core::Project project = project_at(core::FrameRate(24));
    const std::string asset = add_sound(project, folder / "one.wav");
    const std::string first = core::place_sound(project, "", asset, 24).value();
    const std::string second = core::place_sound(project, "", asset, 36).value();
    REQUIRE(project.sound_tracks.size() == 2);
    REQUIRE(core::set_sound_gain(project, first, -6.0206F));
    REQUIRE(core::fade_sound(project, second, 6, 12));

    SoundMixer mixer = mixer_of(project);
    CHECK(mixer.length() == 36 * 2000 + 48000);
    const auto at = [&](std::int64_t sample) { return mixer.read(sample, 1)[0]; };
    CHECK(at(47'999) == 0.0F);
    CHECK(at(48'000) == Approx(0.5F).margin(0.001));
    CHECK(at(71'999) == Approx(0.5F).margin(0.001));
    CHECK(at(72'000) == Approx(0.5F).margin(0.001));
    CHECK(at(78'000) == Approx(1.0F).margin(0.001));
    CHECK(at(84'000) == Approx(1.5F).margin(0.001));
    CHECK(at(96'000) == Approx(1.0F).margin(0.001));
    CHECK(at(108'000) == Approx(0.5F).margin(0.001));
    CHECK(at(119'999) == Approx(0.0F).margin(0.001));
    CHECK(at(120'000) == 0.0F);

    REQUIRE(core::mute_sound(project, first, true));
    REQUIRE(core::set_sound_track_gain(project, project.sound_tracks[1]->id, 6.0206F));
    mixer.update(project);
    CHECK(at(60'000) == 0.0F);
    CHECK(at(90'000) == Approx(2.0F).margin(0.002));
    REQUIRE(core::mute_sound_track(project, project.sound_tracks[1]->id, true));
    mixer.update(project);
    CHECK(!mixer.audible());
    CHECK(at(90'000) == 0.0F);
}

TEST_CASE("Split sound plays on without a seam at a rate that has no whole samples a frame")
{
    const TemporaryFolder folder;
    write_wav(folder / "tone.wav", sine(48000 * 4, 220, 48000, 0.5F), 48000);
    core::Project project = project_at(core::FrameRate(30000, 1001));
    const std::string asset = add_sound(project, folder / "tone.wav");
    const std::string clip = core::place_sound(project, "", asset, 7).value();
    const auto before = mixer_of(project).read(0, 48000 * 5);
    for (const std::int64_t frame : {11, 50, 51, 99}) {
        const auto place = core::find_sound_clip(project, project.sound_tracks[0]->clips.back().id);
        REQUIRE(place);
        REQUIRE(problem_of(core::split_sound(project, project.sound_tracks[0]->clips.back().id, frame)) == "");
    }
    REQUIRE(core::check_invariants(project).empty());
    CHECK(mixer_of(project).read(0, 48000 * 5) == before);
}

TEST_CASE("A sound file that is missing or damaged is silent and named, the rest plays")
{
    const TemporaryFolder folder;
    write_wav(folder / "one.wav", std::vector<float>(48000 * 2, 1.0F), 48000);
    write_wav(folder / "two.wav", std::vector<float>(48000 * 2, 0.5F), 48000);
    core::Project project = project_at(core::FrameRate(24));
    const std::string one = add_sound(project, folder / "one.wav");
    const std::string two = add_sound(project, folder / "two.wav");
    REQUIRE(core::place_sound(project, "", one, 0));
    REQUIRE(core::place_sound(project, "", two, 0));
    write_bytes(folder / "one.wav", "this is no sound");
    SoundMixer mixer = mixer_of(project);
    CHECK(mixer.read(1000, 1)[0] == Approx(0.5F));
    REQUIRE(mixer.problems().size() == 1);
    CHECK(mixer.problems()[0].message.find("one.wav") != std::string::npos);
    CHECK(mixer.read(2000, 1)[0] == Approx(0.5F));
    CHECK(mixer.problems().size() == 1);
    CHECK(describe_media(folder / "one.wav").error().message.find("one.wav") != std::string::npos);
}

TEST_CASE("A waveform shows the peaks of any stretch and is remembered")
{
    const TemporaryFolder folder;
    std::vector<float> sound = clicks(48000 * 3, {100'000}, 0.5F);
    sound[120'000 * 2] = -1.0F;
    write_wav(folder / "a.wav", sound, 48000);
    const auto made = cached_waveform(folder / "a.wav", folder / "cache");
    REQUIRE(problem_of(made) == "");
    CHECK(made->samples() == 144'000);
    CHECK(made->peak(0, 90'000) == Peak{0, 0});
    CHECK(made->peak(90'000, 110'000) == Peak{0, 64});
    CHECK(made->peak(0, 144'000) == Peak{-127, 64});
    CHECK(made->peak(119'900, 120'100) == Peak{-127, 0});
    CHECK(made->peak(-500, 0) == Peak{0, 0});
    CHECK(made->peak(144'000, 200'000) == Peak{0, 0});
    const auto columns = made->columns(0, 1440, 100);
    REQUIRE(columns.size() == 100);
    CHECK(columns[69].high == 64);
    CHECK(columns[83].low == -127);

    const auto remembered = cached_waveform(folder / "a.wav", folder / "cache");
    REQUIRE(remembered);
    CHECK(remembered->finest() == made->finest());
    // A damaged cache is made anew.
    for (const auto& entry : std::filesystem::directory_iterator(folder / "cache"))
        write_bytes(entry.path(), "kinora-waveform-1\nbroken");
    const auto again = cached_waveform(folder / "a.wav", folder / "cache");
    REQUIRE(again);
    CHECK(again->finest() == made->finest());
    std::stop_source stop;
    stop.request_stop();
    CHECK(make_waveform(folder / "a.wav", stop.get_token()).error().kind == core::ErrorKind::cancelled);
    CHECK(make_waveform(folder / "none.wav").error().kind == core::ErrorKind::not_found);
}
