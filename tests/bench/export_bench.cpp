// How long a master takes beside the ffmpeg program with the same settings, fed the same float frames, up to the trailer.
//
//   kinora_bench_export [frames] [width] [height] [preset ...]     (all presets unless named)
//
// Both are given 32-bit float RGB; ffmpeg reads it from a file in memory. Each runs three times in turn, the best counts:
// other programs on the machine then disturb both alike. Kinora's time includes what ffmpeg doesn't do: opening the file
// again, counting its frames, and flushing it to the disk.
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "core/export/presets.h"
#include "core/media/video_writer.h"

using namespace kinora;
namespace fs = std::filesystem;

namespace {

/// A moving picture with soft shapes and grain, as takes have.
core::FrameSequence film(int frames, int width, int height)
{
    core::FrameSequence clip{frames, height, width, core::FrameRate(24), {}};
    clip.rgb.resize(clip.frame_size() * static_cast<std::size_t>(frames));
    std::uint32_t state = 1;
    std::size_t at = 0;
    for (int i = 0; i < frames; ++i) {
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                state = state * 1664525U + 1013904223U;
                const float grain = static_cast<float>(state >> 8U) / static_cast<float>(1U << 24U) * 0.02F;
                clip.rgb[at++] = static_cast<float>((x + 4 * i) % width) / static_cast<float>(width) * 0.98F + grain;
                clip.rgb[at++] = static_cast<float>(y) / static_cast<float>(height) * 0.98F + grain;
                clip.rgb[at++] = 0.5F + grain;
            }
        }
    }
    return clip;
}

/// The same frames as FFmpeg's planar float RGB.
void write_raw(const core::FrameSequence& clip, const fs::path& file)
{
    std::ofstream out(file, std::ios::binary);
    std::vector<float> plane(clip.frame_size() / 3);
    for (int i = 0; i < clip.frames; ++i) {
        const auto pixels = clip.frame(i);
        for (const std::size_t component : {1U, 2U, 0U}) {
            for (std::size_t p = 0; p < plane.size(); ++p)
                plane[p] = pixels[p * 3 + component];
            out.write(reinterpret_cast<const char*>(plane.data()),
                      static_cast<std::streamsize>(plane.size() * sizeof(float)));
        }
    }
}

std::uintmax_t bytes_of(const fs::path& file)
{
    if (!fs::is_directory(file)) return fs::file_size(file);
    std::uintmax_t bytes = 0;
    for (const auto& entry : fs::directory_iterator(file))
        bytes += entry.file_size();
    return bytes;
}

struct Took {
    double wall = std::numeric_limits<double>::max();
    double processor = std::numeric_limits<double>::max();
};

double seconds(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

double processor_time(int who)
{
    rusage usage{};
    getrusage(who, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <typename Work>
void time_once(Took& best, int who, Work work)
{
    const double before = processor_time(who);
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    best.wall = std::min(best.wall, wall.count());
    best.processor = std::min(best.processor, processor_time(who) - before);
}

const char* layout_name(media::PixelLayout layout)
{
    using media::PixelLayout;
    switch (layout) {
        case PixelLayout::yuv420_8:
            return "yuv420p";
        case PixelLayout::yuv420_10:
            return "yuv420p10le";
        case PixelLayout::yuv422_8:
            return "yuv422p";
        case PixelLayout::yuv444_10:
            return "yuv444p10le";
        case PixelLayout::yuva444_10:
            return "yuva444p10le";
        case PixelLayout::rgb_16_be:
            return "rgb48be";
        case PixelLayout::rgb_16_le:
            return "rgb48le";
        case PixelLayout::rgb_linear:
            return "gbrpf32le";
        case PixelLayout::bgra_8:
            return "bgra";
        case PixelLayout::palette_8:
            return "rgb24";
        default:
            return "yuv422p10le";
    }
}

/// What ffmpeg has to do to the frames, in its words.
std::string filters_for(media::PixelLayout layout)
{
    using media::PixelLayout;
    const std::string format = std::string("format=") + layout_name(layout);
    switch (layout) {
        case PixelLayout::rgb_linear:
            return "zscale=transferin=iec61966-2-1:transfer=linear," + format;
        case PixelLayout::palette_8:
            return format +
                   ",split[a][b];[a]palettegen=stats_mode=single:reserve_transparent=0[p];[b][p]paletteuse=new=1:"
                   "dither=sierra2_4a";
        case PixelLayout::rgb_16_be:
        case PixelLayout::rgb_16_le:
        case PixelLayout::bgra_8:
            return format;
        case PixelLayout::yuv420_8:
        case PixelLayout::yuv422_8:
            // ffmpeg dithers to 8 bit, as Kinora does, what comes from 16 bit but not what comes from float; without it its
            // pictures would be easier to encode.
            return "format=gbrp16le,scale=out_color_matrix=bt709:out_range=limited:sws_dither=bayer," + format;
        default:
            return "scale=out_color_matrix=bt709:out_range=limited," + format;
    }
}

std::string command_for(const media::EncoderSettings& settings, const core::FrameSequence& clip, const fs::path& raw,
                        const fs::path& target)
{
    const std::string size = std::to_string(clip.width) + "x" + std::to_string(clip.height);
    std::string command = "ffmpeg -v error -nostdin -y -f rawvideo -pix_fmt gbrpf32le -framerate 24 -video_size " + size +
                          " -i " + raw.string() + " -vf '" + filters_for(settings.layout) + "' -c:v " + settings.encoder;
    for (const auto& [key, value] : settings.options)
        command += " -" + key + (key == "b" ? ":v " : " ") + value;
    if (settings.group_size > 0) command += " -g " + std::to_string(settings.group_size);
    if (settings.b_frames >= 0) command += " -bf " + std::to_string(settings.b_frames);
    if (settings.threads > 0) command += " -threads " + std::to_string(settings.threads);
    for (const auto& [key, value] : settings.container_options)
        command += " -" + key + " " + value;
    if (settings.container != "image2" && settings.layout != media::PixelLayout::palette_8)
        command += " -color_primaries bt709 -color_trc bt709 -colorspace bt709";
    return command + " -f " + settings.container + " " + target.string() + (settings.pictures() ? "/%04d" : "");
}

int measure(const media::Preset& preset, const core::FrameSequence& clip, const fs::path& folder)
{
    const fs::path raw = folder / "frames.raw", ours = folder / "ours", theirs = folder / "theirs";
    Took kinora, ffmpeg;
    for (int round = 0; round < 3; ++round) {
        bool failed = false;
        fs::remove_all(ours);
        fs::remove_all(theirs);
        if (preset.encoder.pictures()) fs::create_directory(theirs);
        time_once(kinora, RUSAGE_SELF, [&] {
            media::WriteOptions options;
            options.target = ours;
            options.overwrite = media::OverwritePolicy::replace;
            const auto written = media::write_clip(clip, preset.encoder, options);
            if (!written) std::fprintf(stderr, "%s\n", written.error().message.c_str());
            failed = !written;
        });
        const std::string command = command_for(preset.encoder, clip, raw, theirs);
        time_once(ffmpeg, RUSAGE_CHILDREN, [&] { failed = std::system(command.c_str()) != 0 || failed; });
        if (failed) return 1;
    }
    std::printf(
        "%-18s kinora %6.2f s (%6.2f s of processor)   ffmpeg %6.2f s (%6.2f s)   ratio %.2f (%.2f)   bytes %ju and %ju\n",
        preset.id.c_str(), kinora.wall, kinora.processor, ffmpeg.wall, ffmpeg.processor, kinora.wall / ffmpeg.wall,
        kinora.processor / ffmpeg.processor, bytes_of(ours), bytes_of(theirs));
    std::fflush(stdout);
    return 0;
}

}  // namespace

int main(int count, char** arguments)
{
    const auto number = [&](int i, int otherwise) { return count > i ? std::atoi(arguments[i]) : otherwise; };
    const core::FrameSequence clip = film(number(1, 24), number(2, 1920), number(3, 1080));
    std::vector<std::string> ids(arguments + std::min(count, 4), arguments + count);
    if (ids.empty())
        for (const media::Preset& preset : media::presets())
            if (preset.use != media::PresetUse::internal) ids.push_back(preset.id);
    // In memory where there is room for it, so that no disk is measured.
    const fs::path folder = fs::path("/dev/shm") / ("kinora-bench-" + std::to_string(getpid()));
    fs::create_directories(folder);
    write_raw(clip, folder / "frames.raw");
    int failed = 0;
    for (const std::string& id : ids) {
        const auto preset = media::find_preset(id);
        if (!preset) std::fprintf(stderr, "%s\n", preset.error().message.c_str());
        failed += preset ? measure(**preset, clip, folder) : 1;
    }
    fs::remove_all(folder);
    return failed == 0 ? 0 : 1;
}
