#include "core/media/video_writer.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "core/export/clip_export.h"
#include "core/media/probe.h"
#include "tests/media/media_fixtures.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

core::Result<WrittenFile> write_as(const core::FrameSequence& clip, const char* preset, const fs::path& file)
{
    ExportTarget target;
    target.file = file;
    target.preset = preset;
    return export_frames(clip, target);
}

constexpr int k_width = 256;  // DNxHR needs 256×120 at least
constexpr int k_height = 128;

struct Layout {
    const char* name;
    int bits;
    int across;
    int down;
};

/// Largest distance from a wanted code value, over a whole plane of one frame.
int worst(const std::vector<unsigned short>& samples, const Layout& layout, int frame, int plane, double wanted)
{
    const std::size_t luma = static_cast<std::size_t>(k_width) * k_height;
    const std::size_t chroma = luma >> (layout.across + layout.down);
    const std::size_t start =
        (luma + 2 * chroma) * static_cast<std::size_t>(frame) + (plane == 0 ? 0 : luma + (plane - 1) * chroma);
    const int code = static_cast<int>(std::lround(wanted));
    int largest = 0;
    for (std::size_t i = start; i < start + (plane == 0 ? luma : chroma); ++i) {
        largest = std::max(largest, std::abs(static_cast<int>(samples[i]) - code));
    }
    return largest;
}

const std::vector<Colour> k_patches = {{1, 0, 0},          {0, 1, 0}, {0, 0, 1}, {0.2F, 0.4F, 0.6F},
                                       {0.5F, 0.5F, 0.5F}, {0, 0, 0}, {1, 1, 1}, {0.9F, 0.7F, 0.1F}};

/// One patch a frame, written and read back by the ffmpeg program, against BT.709's code values.
void check_patches(const char* preset, const Layout& layout, int limit)
{
    const TemporaryFolder folder;
    core::FrameSequence clip = plain_clip({}, k_width, k_height, 0);
    for (const Colour colour : k_patches) {
        const auto patch = plain_clip(colour, k_width, k_height, 1);
        clip.rgb.insert(clip.rgb.end(), patch.rgb.begin(), patch.rgb.end());
        ++clip.frames;
    }
    REQUIRE(problem_of(write_as(clip, preset, folder / "patches.mov")) == "");
    const auto samples = raw_planes(folder / "patches.mov", layout.name);
    REQUIRE(samples.size() >= static_cast<std::size_t>(k_width) * k_height * k_patches.size());
    const double unit = 1 << (layout.bits - 8);
    for (int i = 0; i < clip.frames; ++i) {
        const Colour c = k_patches[i];
        const double y = 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b;
        INFO(preset << " " << c.r << " " << c.g << " " << c.b);
        CHECK(worst(samples, layout, i, 0, (16 + 219 * y) * unit) <= limit);
        CHECK(worst(samples, layout, i, 1, (128 + 224 * (c.b - y) / 1.8556) * unit) <= limit);
        CHECK(worst(samples, layout, i, 2, (128 + 224 * (c.r - y) / 1.5748) * unit) <= limit);
    }
}

}  // namespace

TEST_CASE("Pure red is Y 250, U 409, V 960 in a ProRes master")
{
    const TemporaryFolder folder;
    REQUIRE(problem_of(write_as(plain_clip({1, 0, 0}, k_width, k_height), "prores-422-hq", folder / "red.mov")) == "");
    const auto samples = raw_planes(folder / "red.mov", "yuv422p10le");
    const Layout layout{"yuv422p10le", 10, 1, 0};
    for (int frame = 0; frame < 3; ++frame) {
        CHECK(worst(samples, layout, frame, 0, 250) <= 1);
        CHECK(worst(samples, layout, frame, 1, 409) <= 1);
        CHECK(worst(samples, layout, frame, 2, 960) <= 1);
    }
}

TEST_CASE("Colour patches keep their code values in every preset")
{
    const Layout deep{"yuv422p10le", 10, 1, 0};
    const Layout plain{"yuv420p", 8, 1, 1};
    check_patches("prores-422-hq", deep, 1);
    check_patches("prores-422", deep, 1);
    check_patches("prores-422-lt", deep, 2);
    check_patches("prores-422-proxy", deep, 2);
    check_patches("dnxhr-hqx", deep, 2);
    check_patches("h264-review", plain, 2);
    check_patches("take", plain, 2);
    check_patches("h265-10bit", {"yuv420p10le", 10, 1, 1}, 4);
}

TEST_CASE("A ramp finer than 8 bits survives a ProRes master")
{
    const TemporaryFolder folder;
    core::FrameSequence clip = plain_clip({0, 0, 0}, 1024, 64, 2);
    for (std::size_t i = 0; i < clip.rgb.size(); ++i)
        clip.rgb[i] = static_cast<float>(i / 3 % 1024) / 1023.0F;
    REQUIRE(problem_of(write_as(clip, "prores-422-hq", folder / "ramp.mov")) == "");
    const auto samples = raw_planes(folder / "ramp.mov", "yuv422p10le");
    double error = 0;
    int largest = 0;
    std::vector<int> seen(1024);
    for (int x = 0; x < 1024; ++x) {
        const int wanted = static_cast<int>(std::lround(64 + 876 * x / 1023.0));
        const int difference = std::abs(samples[static_cast<std::size_t>(20) * 1024 + x] - wanted);
        ++seen[samples[static_cast<std::size_t>(20) * 1024 + x]];
        largest = std::max(largest, difference);
        error += difference;
    }
    CHECK(largest <= 3);
    CHECK(error / 1024 < 1.0);
    // 8 bits would leave 219 levels.
    CHECK(std::count_if(seen.begin(), seen.end(), [](int n) { return n > 0; }) > 700);
}

TEST_CASE("ffprobe finds every frame, the exact rate and BT.709 in each preset")
{
    const TemporaryFolder folder;
    for (const Preset& preset : presets()) {
        if (!keeps_metadata(preset.encoder)) continue;
        const fs::path file = folder / (preset.id + "." + preset.extension);
        core::FrameSequence clip = numbered_clip(13, 256, 128, core::FrameRate(24000, 1001));
        REQUIRE(problem_of(write_as(clip, preset.id.c_str(), file)) == "");
        INFO(preset.id);
        auto said = ffprobe(file);
        CHECK(said["nb_read_packets"] == "13");
        CHECK(said["r_frame_rate"] == "24000/1001");
        CHECK(said["color_primaries"] == "bt709");
        CHECK(said["color_transfer"] == "bt709");
        CHECK(said["color_space"] == "bt709");
        CHECK(said["color_range"] == "tv");
        const auto info = probe(file);
        REQUIRE(info);
        CHECK(info->video()->frames == 13);
        CHECK(info->video()->rate == core::FrameRate(24000, 1001));
        CHECK_FALSE(info->damaged);
    }
}

TEST_CASE("The 12 frames a second of the starter are exact, also for a single frame")
{
    const TemporaryFolder folder;
    for (const int frames : {1, 2, 33}) {
        const fs::path file = folder / ("clip" + std::to_string(frames) + ".mp4");
        REQUIRE(problem_of(write_as(numbered_clip(frames), "h264-review", file)) == "");
        auto said = ffprobe(file);
        CHECK(said["nb_read_packets"] == std::to_string(frames));
        CHECK(said["r_frame_rate"] == "12/1");
        CHECK(std::stod(said["duration"]) == Approx(frames / 12.0).margin(1e-4));
    }
}

TEST_CASE("The same frames give the same bytes")
{
    const TemporaryFolder folder;
    for (const Preset& preset : presets()) {
        INFO(preset.id);
        if (preset.encoder.pictures()) {
            core::FrameSequence clip = numbered_clip(3, 256, 128);
            for (const char* name : {"a", "b"})
                REQUIRE(problem_of(write_as(clip, preset.id.c_str(), folder / name)) == "");
            for (int i = 1; i <= 3; ++i) {
                const auto one = bytes_of(folder / "a" / picture_name("a", preset.encoder, i));
                CHECK_FALSE(one.empty());
                CHECK(one == bytes_of(folder / "b" / picture_name("b", preset.encoder, i)));
            }
            fs::remove_all(folder / "a");
            fs::remove_all(folder / "b");
            continue;
        }
        const core::FrameSequence clip = numbered_clip(30, 256, 128, core::FrameRate(24));
        REQUIRE(problem_of(write_as(clip, preset.id.c_str(), folder / "a.mov")) == "");
        REQUIRE(problem_of(write_as(clip, preset.id.c_str(), folder / "b.mov")) == "");
        CHECK(bytes_of(folder / "a.mov") == bytes_of(folder / "b.mov"));
        fs::remove(folder / "a.mov");
        fs::remove(folder / "b.mov");
    }
}

TEST_CASE("An MP4 can be played while it loads: its index comes first")
{
    const TemporaryFolder folder;
    REQUIRE(problem_of(write_as(numbered_clip(24), "h264-review", folder / "clip.mp4")) == "");
    const std::string bytes = bytes_of(folder / "clip.mp4");
    REQUIRE(bytes.find("mdat") != std::string::npos);
    CHECK(bytes.find("moov") < bytes.find("mdat"));
}

TEST_CASE("Odd sizes become even and the frames stay")
{
    const TemporaryFolder folder;
    const auto written = write_as(numbered_clip(5, 131, 65), "h264-review", folder / "odd.mp4");
    REQUIRE(written);
    CHECK(written->width == 132);
    CHECK(written->height == 66);
    CHECK(ffprobe(folder / "odd.mp4")["width"] == "132");
}

TEST_CASE("Impossible sizes and rates are refused with what is possible")
{
    const TemporaryFolder folder;
    core::FrameSequence clip = plain_clip({0, 0, 0});
    clip.rate.numerator = 0;
    CHECK(write_as(clip, "take", folder / "x.mp4").error().kind == core::ErrorKind::invalid_argument);
    CHECK(write_as(core::FrameSequence{}, "take", folder / "x.mp4").error().kind == core::ErrorKind::invalid_argument);
    WriteOptions options;
    options.target = folder / "x.mp4";
    options.width = 1 << 20;
    options.height = 16;
    const auto preset = find_preset("take");
    REQUIRE(preset);
    const auto writer = VideoWriter::open((*preset)->encoder, options);
    REQUIRE_FALSE(writer);
    CHECK(writer.error().message.find("16384") != std::string::npos);
    CHECK(folder.names().empty());
}

TEST_CASE("A picture too small for a codec is refused with the size it needs")
{
    const TemporaryFolder folder;
    const auto written = write_as(plain_clip({0, 0, 0}, 128, 64), "dnxhr-hqx", folder / "small.mov");
    REQUIRE_FALSE(written);
    CHECK(written.error().message.find("256×120") != std::string::npos);
    CHECK(folder.names().empty());
}

TEST_CASE("A timecode track starts where it was asked to")
{
    const TemporaryFolder folder;
    ExportTarget target;
    target.file = folder / "tc.mov";
    target.metadata["timecode"] = "01:00:00:00";
    core::FrameSequence clip = numbered_clip(4, 128, 64, core::FrameRate(24));
    REQUIRE(problem_of(export_frames(clip, target)) == "");
    const Ran ran =
        run_command("ffprobe -v error -show_entries stream_tags=timecode -of default=nw=1:nk=1 " + shell_word(target.file));
    CHECK(ran.output.find("01:00:00:00") != std::string::npos);
}
