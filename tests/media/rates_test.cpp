// Rates, conforming, timecode and sound: what an editing suite checks first.
#include <catch2/catch.hpp>
#include <cmath>

#include "core/export/clip_export.h"
#include "core/export/delivery.h"
#include "core/media/clip_reader.h"
#include "core/media/probe.h"
#include "core/time/timecode.h"
#include "tests/media/masters_fixture.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;
namespace fs = std::filesystem;
using Rate = core::FrameRate;

namespace {

const std::vector<Rate> k_rates{Rate(24000, 1001), Rate(24), Rate(25),          Rate(30000, 1001),
                                Rate(30),          Rate(50), Rate(60000, 1001), Rate(60)};

/// Every frame one grey, rising.
core::FrameSequence steps(int frames, Rate rate)
{
    core::FrameSequence clip{frames, 128, 256, rate, {}};
    for (int i = 0; i < frames; ++i)
        clip.rgb.insert(clip.rgb.end(), clip.frame_size(), 0.1F + 0.8F * static_cast<float>(i) / static_cast<float>(frames));
    return clip;
}

std::vector<float> greys_of(const fs::path& file)
{
    auto reader = ClipReader::open(file);
    REQUIRE(problem_of(reader) == "");
    std::vector<float> greys;
    for (int i = 0; i < (*reader)->info().frames; ++i) {
        const auto frame = (*reader)->frames(i, 1);
        REQUIRE(problem_of(frame) == "");
        greys.push_back(frame->rgb[frame->rgb.size() / 2]);
    }
    return greys;
}

WrittenFile conformed(const core::FrameSequence& clip, Rate rate, const Conform& how, const fs::path& file,
                      const char* preset = "prores-422-hq", const std::string& timecode = {})
{
    MemorySource source(std::make_shared<core::FrameSequence>(clip));
    ClipExport job;
    job.source = &source;
    job.rate = rate;
    job.conform = how;
    job.target.file = file;
    job.target.preset = preset;
    job.target.overwrite = OverwritePolicy::replace;
    if (!timecode.empty()) job.target.metadata["timecode"] = timecode;
    const auto written = export_clip(job);
    REQUIRE(problem_of(written) == "");
    return *written;
}

}  // namespace

TEST_CASE("12, 16 and 24 frames a second become every delivery rate, with the exact number of frames and their own time")
{
    const TemporaryFolder folder;
    for (const Rate from : {Rate(12), Rate(16), Rate(24)}) {
        const core::FrameSequence clip = steps(13, from);
        for (const Rate to : k_rates) {
            for (const ConformMode mode : {ConformMode::repeat, ConformMode::blend}) {
                INFO(core::rate_text(from) << " to " << core::rate_text(to));
                const auto written = conformed(clip, to, {mode, {}}, folder / "a.mov");
                CHECK(written.frames == core::conformed_length(13, from, to));
                auto said = ffprobe(folder / "a.mov");
                CHECK(said["r_frame_rate"] == std::to_string(to.numerator) + "/" + std::to_string(to.denominator));
                CHECK(said["nb_read_packets"] == std::to_string(written.frames));
                const auto greys = greys_of(folder / "a.mov");
                for (int n = 0; n < written.frames; ++n) {
                    double place = n * from.as_double() / to.as_double() + 1e-9;
                    if (mode == ConformMode::repeat) place = std::floor(place);
                    place = std::min(place, 12.0);
                    CHECK(greys[static_cast<std::size_t>(n)] == Approx(0.1 + 0.8 * place / 13).margin(0.003));
                }
            }
        }
    }
}

TEST_CASE("Frames between frames are asked of the engine where they are wanted, and refused where nothing makes them")
{
    const TemporaryFolder folder;
    const core::FrameSequence clip = steps(4, Rate(12));
    std::vector<double> phases;
    Conform how{ConformMode::interpolate, {}};
    how.in_between = [&](std::span<const float> before, std::span<const float> after, int width, int height, double phase,
                         std::span<float> out) -> core::Result<void> {
        CHECK(width == 256);
        CHECK(height == 128);
        CHECK(before[0] < after[0]);
        phases.push_back(phase);
        std::fill(out.begin(), out.end(), 1.0F);
        return {};
    };
    const auto written = conformed(clip, Rate(24), how, folder / "a.mov");
    CHECK(written.frames == 8);
    CHECK(phases == std::vector<double>{0.5, 0.5, 0.5});
    CHECK(greys_of(folder / "a.mov")[1] == Approx(1.0).margin(0.003));

    MemorySource source(std::make_shared<core::FrameSequence>(clip));
    ClipExport job;
    job.source = &source;
    job.rate = Rate(24);
    job.conform.mode = ConformMode::interpolate;
    job.target.file = folder / "b.mov";
    const auto refused = export_clip(job);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == core::ErrorKind::unsupported);
    CHECK(refused.error().message.find("blend or repeat") != std::string::npos);
    CHECK(folder.names() == std::vector<std::string>{"a.mov"});
}

TEST_CASE("Timecode begins where it is told, with drop-frame where it belongs, in MOV, MP4 and MXF")
{
    const TemporaryFolder folder;
    for (const Rate rate : k_rates) {
        const auto asked = start_timecode("01:02:03;04", rate);
        REQUIRE(problem_of(asked) == "");
        const bool drop = core::supports_drop_frame(rate);
        CHECK(*asked == (drop ? "01:02:03;04" : "01:02:03:04"));
        for (const auto& [name, preset] : {std::pair("a.mov", "prores-422-proxy"), std::pair("a.mxf", "dnxhr-sq-mxf"),
                                           std::pair("a.mp4", "h264-review")}) {
            INFO(name << " " << core::rate_text(rate));
            (void)conformed(steps(5, Rate(12)), rate, {}, folder / name, preset, *asked);
            CHECK(mediainfo(folder / name, "Other")["TimeCode_FirstFrame"] == *asked);
        }
    }
    CHECK(*start_timecode("", Rate(24)) == "");
    CHECK_FALSE(start_timecode("tea time", Rate(24)));
    CHECK_FALSE(start_timecode("-1", Rate(24)));
    CHECK_FALSE(start_timecode("01:00:00:30", Rate(24)));
}

TEST_CASE("MXF says which rates it holds when it is given another")
{
    const TemporaryFolder folder;
    ExportTarget target;
    target.file = folder / "a.mxf";
    target.preset = "dnxhr-hqx-mxf";
    const auto refused = export_frames(steps(3, Rate(12)), target);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == core::ErrorKind::invalid_argument);
    CHECK(refused.error().message.find("23.976, 24, 25") != std::string::npos);
    CHECK(folder.names().empty());
}

TEST_CASE("Transparency goes into a ProRes 4444 and comes out of it")
{
    const TemporaryFolder folder;
    const auto preset = find_preset("prores-4444");
    REQUIRE(preset);
    WriteOptions options;
    options.target = folder / "a.mov";
    options.width = 256;
    options.height = 128;
    options.rate = Rate(24);
    auto writer = VideoWriter::open((*preset)->encoder, options);
    REQUIRE(problem_of(writer) == "");
    const std::vector<float> rgb(256 * 128 * 3, 0.5F);
    std::vector<float> alpha(256 * 128);
    for (std::size_t i = 0; i < alpha.size(); ++i)
        alpha[i] = static_cast<float>(i % 256) / 255.0F;
    REQUIRE((*writer)->write(rgb, alpha));
    REQUIRE((*writer)->write(rgb));
    REQUIRE(problem_of((*writer)->finish()) == "");
    const auto samples = raw_planes(options.target, "yuva444p12le");
    const std::size_t plane = 256 * 128;
    REQUIRE(samples.size() == plane * 8);
    for (std::size_t x = 0; x < 256; ++x) {
        CHECK(std::abs(samples[plane * 3 + 64 * 256 + x] - 4095.0 * static_cast<double>(x) / 255) <= 4);
        CHECK(samples[plane * 7 + 64 * 256 + x] >= 4092);
    }
    CHECK_FALSE((*VideoWriter::open((*preset)->encoder,
                                    [&] {
                                        options.target = folder / "b.mov";
                                        return options;
                                    }()))
                    ->write(rgb, std::span(alpha).first(7)));
}
