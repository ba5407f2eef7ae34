// Every preset, read back with programs that others wrote: the README's table is made here. `KINORA_UPDATE_TABLES=1` writes
// it; without it the test checks that the README's rows are those of today's presets and within today's limits.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "core/media/video_writer.h"
#include "core/media/webp_frames.h"
#include "tests/media/masters_fixture.h"
#include "tests/media/sound_fixtures.h"
#include "tests/paths.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

constexpr const char* k_begin = "<!-- masters -->\n";
constexpr const char* k_end = "<!-- /masters -->";

/// Largest error of a flat patch and mean error of a ramp, in codes of the preset's own bits (EXR: of 10 bits).
struct Limit {
    const char* id;
    double patch;
    double ramp;
};
constexpr Limit k_limits[] = {
    {"prores-422-hq", 1.0, 0.6}, {"prores-422", 1.0, 0.8},    {"prores-422-lt", 2.0, 0.8}, {"prores-422-proxy", 2.0, 1.0},
    {"prores-4444", 1.0, 0.6},   {"dnxhr-hqx", 2.0, 1.0},     {"dnxhr-444", 2.0, 1.0},     {"dnxhr-hq", 2.0, 1.0},
    {"dnxhr-sq", 2.0, 1.0},      {"dnxhr-hqx-mxf", 2.0, 1.0}, {"dnxhr-444-mxf", 2.0, 1.0}, {"dnxhr-hq-mxf", 2.0, 1.0},
    {"dnxhr-sq-mxf", 2.0, 1.0},  {"png16", 0.6, 0.5},         {"tiff16", 0.6, 0.5},        {"exr-half", 0.5, 0.25},
    {"h264-review", 2.0, 1.0},   {"h265-10bit", 2.0, 1.0},    {"av1-10bit", 3.0, 1.5},     {"vp9-webm", 2.0, 1.0},
    {"gif", 1.0, 2.0},           {"webp", 4.0, 2.0},
};

const Limit& limit_of(const std::string& id)
{
    for (const Limit& limit : k_limits)
        if (limit.id == id) return limit;
    throw std::logic_error("no limit is written for " + id);
}

std::string decimal(double value, const char* format = "%.2f")
{
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

/// A feed of a tone that goes on as long as it is asked.
SoundFeed tone()
{
    return [](std::int64_t start, std::span<float> out) -> core::Result<void> {
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] =
                0.25F * static_cast<float>(std::sin(0.0576 * static_cast<double>(start + static_cast<std::int64_t>(i / 2))));
        return {};
    };
}

WrittenFile write_chart(const Preset& preset, const fs::path& file)
{
    WriteOptions options;
    options.target = file;
    if (!preset.encoder.sound_encoder.empty()) options.sound = tone();
    if (preset.use == PresetUse::master) options.metadata["timecode"] = "01:00:00:00";
    const auto written = write_clip(chart(), preset.encoder, options);
    INFO(preset.id);
    REQUIRE(problem_of(written) == "");
    return *written;
}

fs::path file_for(const TemporaryFolder& folder, const Preset& preset)
{
    return folder / (preset.encoder.pictures() ? preset.id : preset.id + "." + preset.extension);
}

/// FFmpeg 5.1 reads still WebP only: each picture of the chart is written by itself.
ChartErrors webp_errors(const TemporaryFolder& folder, const Preset& preset)
{
    // The chart's patches and one ramp, in a file each, compared as 24-bit RGB.
    const core::FrameSequence all = chart();
    ChartErrors errors;
    const int patches = static_cast<int>(chart_patches().size());
    double sum = 0;
    std::int64_t count = 0;
    for (int i = 0; i <= patches; ++i) {
        const auto pixels = all.frame(i);
        const core::FrameSequence one{1, all.height, all.width, all.rate, {pixels.begin(), pixels.end()}};
        const fs::path file = folder / ("still" + std::to_string(i) + ".webp");
        WriteOptions options;
        options.target = file;
        REQUIRE(problem_of(write_clip(one, preset.encoder, options)) == "");
        const auto samples = raw_planes(file, "rgb24");
        REQUIRE(samples.size() == all.frame_size());
        for (std::size_t s = 0; s < samples.size(); ++s) {
            const double error = std::abs(samples[s] - pixels[s] * 255.0);
            const auto y = static_cast<int>(s / 3) / all.width;
            if (i < patches) {
                errors.patches = std::max(errors.patches, error);
            } else if (std::abs(y - all.height / 2) >= 8) {
                sum += error;
                ++count;
            }
        }
    }
    errors.ramps = sum / static_cast<double>(count);
    errors.frames = all.frames;
    return errors;
}

/// Primaries, curve, matrix and range as two programs find them; a dash where the format has no place for them.
std::string check_tags(const Preset& preset, const fs::path& file)
{
    const fs::path looked = preset.encoder.pictures() ? file / picture_name(file, preset.encoder, 1) : file;
    if (preset.extension == "gif" || preset.extension == "webp" || preset.extension == "tif")
        return "– (sRGB by convention)";
    if (preset.extension == "exr") {
        const std::string bytes = bytes_of(looked);
        CHECK(bytes.find("chromaticities") != std::string::npos);
        return "chromaticities";
    }
    if (preset.extension == "png") {
        const std::string bytes = bytes_of(looked);
        for (const char* chunk : {"cICP", "gAMA", "cHRM"})
            CHECK(bytes.substr(0, 1024).find(chunk) != std::string::npos);
        return "cICP, gAMA, cHRM";
    }
    auto said = ffprobe(file);
    for (const char* key : {"color_primaries", "color_transfer", "color_space"})
        CHECK(said[key] == "bt709");
    CHECK(said["color_range"] == "tv");
    auto also = mediainfo(file, "Video");
    for (const char* key : {"colour_primaries", "transfer_characteristics", "matrix_coefficients"})
        CHECK(also[key] == "BT.709");
    return "BT.709, limited";
}

std::string check_frames(const Preset& preset, const fs::path& file, int frames)
{
    if (preset.encoder.pictures()) {
        const auto count = std::distance(fs::directory_iterator(file), fs::directory_iterator());
        CHECK(count == frames);
        return std::to_string(count) + " files";
    }
    if (preset.extension == "webp") {
        const auto found = read_webp_frames(file);
        REQUIRE(problem_of(found) == "");
        int lasts = 0;
        for (const int one : found->durations)
            lasts += one;
        CHECK(std::abs(lasts - 1000 * frames / 24) <= 42);
        return std::to_string(lasts) + " ms";
    }
    auto said = ffprobe(file);
    CHECK(said["nb_read_packets"] == std::to_string(frames));
    if (preset.extension == "gif") return said["nb_read_packets"];
    CHECK(said["r_frame_rate"] == "24/1");
    auto also = mediainfo(file, "Video");
    CHECK(also["FrameCount"] == std::to_string(frames));
    CHECK(also["FrameRate"] == "24.000");
    return said["nb_read_packets"] + " at 24";
}

std::string check_sound(const Preset& preset, const fs::path& file, int frames)
{
    if (preset.encoder.sound_encoder.empty()) return "–";
    auto said = mediainfo(file, "Audio");
    CHECK(said["SamplingRate"] == "48000");
    const double seconds = frames / 24.0;
    if (preset.encoder.sound_encoder == "pcm_s24le") {
        CHECK(said["BitDepth"] == "24");
        CHECK(said["SamplingCount"] == std::to_string(frames * 2000));
        return said["SamplingCount"] + " samples, 24 bit";
    }
    // A packet of AAC is 21 ms long, one of Opus 20.
    CHECK(std::abs(std::stod(said["Duration"]) - seconds) < 0.05);
    return said["Format"];
}

std::string check_timecode(const Preset& preset, const fs::path& file)
{
    if (preset.use != PresetUse::master || preset.encoder.pictures()) return "–";
    auto said = mediainfo(file, "Other");
    CHECK(said["TimeCode_FirstFrame"] == "01:00:00:00");
    return said["TimeCode_FirstFrame"];
}

std::string bits_text(const ReadBack& how)
{
    return how.bits == 32 ? "half float, in 10-bit codes" : std::to_string(how.code_bits) + " bit";
}

std::string row_of(const Preset& preset, const TemporaryFolder& folder)
{
    INFO(preset.id);
    const fs::path file = file_for(folder, preset);
    const WrittenFile written = write_chart(preset, file);
    const ReadBack how = read_back_of(preset);
    const ChartErrors errors = preset.extension == "webp" ? webp_errors(folder, preset) : chart_errors(file, preset);
    const Limit& limit = limit_of(preset.id);
    CHECK(errors.frames == written.frames);
    CHECK(errors.patches <= limit.patch);
    CHECK(errors.ramps <= limit.ramp);
    std::string row = "| " + preset.name + " | " + bits_text(how) + " | ";
    row += decimal(errors.patches) + " ≤ " + decimal(limit.patch, "%.1f") + " | ";
    row += decimal(errors.ramps) + " ≤ " + decimal(limit.ramp) + " | ";
    row += check_tags(preset, file) + " | " + check_frames(preset, file, written.frames) + " | ";
    row += check_timecode(preset, file) + " | " + check_sound(preset, file, written.frames) + " |";
    return row;
}

std::string table_now()
{
    const TemporaryFolder folder;
    std::string table =
        "| preset | codes | largest error of a flat patch | mean error of ramps | colour tags | frames | timecode | sound "
        "|\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- |\n";
    for (const Preset& preset : presets())
        if (preset.use != PresetUse::internal) table += row_of(preset, folder) + "\n";
    return table;
}

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

/// A row without what is measured: numbers before "≤".
std::string shape_of(const std::string& row)
{
    std::string shape;
    for (std::size_t at = 0; at < row.size();) {
        const std::size_t mark = row.find(" ≤ ", at);
        if (mark == std::string::npos) return shape + row.substr(at);
        const std::size_t number = row.find_last_of(' ', mark - 1);
        shape += row.substr(at, number - at);
        at = mark;
        shape += row.substr(at, 5);
        at += 5;
    }
    return shape;
}

}  // namespace

TEST_CASE("Every preset is within its limits, and the README's table says so", "[masters]")
{
    const std::string table = table_now();
    const fs::path readme = source_dir() / "README.md";
    std::string text = bytes_of(readme);
    const std::size_t begin = text.find(k_begin);
    const std::size_t end = text.find(k_end);
    REQUIRE(begin != std::string::npos);
    REQUIRE(end != std::string::npos);
    const std::size_t start = begin + std::string(k_begin).size();
    if (std::getenv("KINORA_UPDATE_TABLES") != nullptr) {
        write_bytes(readme, text.substr(0, start) + table + text.substr(end));
        return;
    }
    const auto written = lines_of(text.substr(start, end - start));
    const auto now = lines_of(table);
    REQUIRE(written.size() == now.size());
    for (std::size_t i = 0; i < now.size(); ++i)
        CHECK(shape_of(written[i]) == shape_of(now[i]));
}

TEST_CASE("P3 and Rec. 2020 are converted and tagged, in every preset that offers them", "[masters]")
{
    const TemporaryFolder folder;
    for (const Preset& preset : presets()) {
        for (const ColourSpace space : preset.spaces) {
            if (space == ColourSpace::bt709) continue;
            const auto settings = settings_for(preset, space, std::nullopt);
            REQUIRE(problem_of(settings) == "");
            const std::string name = preset.id + "-" + std::string(space_id(space));
            INFO(name);
            const fs::path file = folder / (preset.encoder.pictures() ? name : name + "." + preset.extension);
            WriteOptions options;
            options.target = file;
            REQUIRE(problem_of(write_clip(chart(), *settings, options)) == "");
            const ChartErrors errors = chart_errors(file, preset, space);
            const Limit& limit = limit_of(preset.id);
            CHECK(errors.patches <= limit.patch + 1);
            CHECK(errors.ramps <= limit.ramp + 0.5);
            if (preset.encoder.pictures()) continue;
            auto said = ffprobe(file);
            CHECK(said["color_primaries"] == (space == ColourSpace::p3 ? "smpte432" : "bt2020"));
            CHECK(said["color_space"] == (space == ColourSpace::p3 ? "bt709" : "bt2020nc"));
            CHECK(said["color_transfer"] == (space == ColourSpace::p3 ? "bt709" : "bt2020-10"));
        }
    }
    const auto refused = settings_for(**find_preset("h264-review"), ColourSpace::p3, std::nullopt);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("bt709") != std::string::npos);
}
