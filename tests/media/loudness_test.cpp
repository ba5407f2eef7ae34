#include "core/media/loudness.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>

#include "tests/media/media_fixtures.h"
#include "tests/media/sound_fixtures.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;

namespace {

SoundFeed feed_of(std::vector<float> sound)
{
    return [sound = std::move(sound)](std::int64_t start, std::span<float> out) -> core::Result<void> {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const std::size_t at = static_cast<std::size_t>(start) * 2 + i;
            out[i] = at < sound.size() ? sound[at] : 0.0F;
        }
        return {};
    };
}

/// What the ffmpeg program's own summary says.
double integrated_by_ffmpeg(const std::filesystem::path& file)
{
    const Ran ran = run_command("ffmpeg -nostdin -i " + shell_word(file) + " -af ebur128 -f null - 2>&1");
    const auto summary = ran.output.rfind("I:");
    REQUIRE(summary != std::string::npos);
    return std::atof(ran.output.c_str() + summary + 2);
}

}  // namespace

TEST_CASE("A tone at -23 dBFS in both channels has -23 LUFS, as EBU Tech 3341 asks")
{
    // Test signal 1: a stereo sine of 1 kHz at -23 dBFS for 20 seconds.
    const float level = static_cast<float>(std::pow(10.0, -23.0 / 20.0));
    const auto loudness = measure_loudness(feed_of(sine(20 * 48000, 1000, 48000, level)), 20 * 48000, {});
    REQUIRE(problem_of(loudness) == "");
    CHECK(loudness->integrated == Approx(-23.0).margin(0.1));
    CHECK(loudness->true_peak == Approx(-23.0).margin(0.4));
    CHECK(loudness->range == Approx(0.0).margin(0.1));
}

TEST_CASE("Loudness agrees with the ffmpeg program's meter, and sound normalised to a target has it")
{
    const TemporaryFolder folder;
    std::vector<float> sound = sine(8 * 48000, 440, 48000, 0.05F);
    for (std::size_t i = 0; i < sound.size(); ++i)
        sound[i] *= 1.0F + 2.0F * static_cast<float>(i > sound.size() / 2);
    write_wav(folder / "a.wav", sound, 48000);
    const auto loudness = measure_loudness(feed_of(sound), 8 * 48000, {});
    REQUIRE(problem_of(loudness) == "");
    CHECK(loudness->integrated == Approx(integrated_by_ffmpeg(folder / "a.wav")).margin(0.11));
    for (const double target : {-14.0, -16.0, -23.0}) {
        const LoudnessReport report = plan_gain(*loudness, target);
        CHECK_FALSE(report.held_back);
        std::vector<float> louder(sound.size());
        REQUIRE(with_gain(feed_of(sound), report.gain)(0, louder));
        write_wav(folder / "b.wav", louder, 48000);
        INFO(target);
        CHECK(integrated_by_ffmpeg(folder / "b.wav") == Approx(target).margin(0.15));
        CHECK(report.integrated == Approx(target).margin(0.01));
    }
}

TEST_CASE("Peaks are never driven over -1 dBTP, and silence stays silent")
{
    std::vector<float> quiet = sine(5 * 48000, 200, 48000, 0.01F);
    for (std::size_t i = 0; i < quiet.size(); i += 48000)
        quiet[i] = quiet[i + 1] = 0.8F;
    const auto loudness = measure_loudness(feed_of(quiet), 5 * 48000, {});
    REQUIRE(problem_of(loudness) == "");
    const LoudnessReport report = plan_gain(*loudness, -14);
    CHECK(report.held_back);
    CHECK(loudness->true_peak + 20 * std::log10(report.gain) <= -0.99);
    const auto silent = measure_loudness(feed_of(std::vector<float>(48000)), 24000, {});
    REQUIRE(problem_of(silent) == "");
    CHECK(plan_gain(*silent, -14).gain == 1.0);
}

TEST_CASE("A feed that fails and a stop end the measurement")
{
    const SoundFeed broken = [](std::int64_t, std::span<float>) -> core::Result<void> {
        return core::make_error(core::ErrorKind::not_found, "The song is gone.");
    };
    CHECK(problem_of(measure_loudness(broken, 48000, {})) == "The song is gone.");
    std::stop_source stop;
    stop.request_stop();
    CHECK(measure_loudness(feed_of({}), 48000, stop.get_token()).error().kind == core::ErrorKind::cancelled);
}
