#include "core/media/written_check.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/media/image_reader.h"
#include "core/media/probe.h"
#include "core/media/recipe_metadata.h"
#include "core/media/webp_frames.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace kinora::media {
namespace {

/// A packet of AAC is 21 ms long: what its last one holds beyond the end is no fault.
constexpr double k_sound_tolerance = 0.05;

std::string difference_of_sound(const MediaInfo& info, const ExpectedFile& expected)
{
    if (expected.samples == 0) return {};
    const StreamInfo* sound = info.audio();
    if (sound == nullptr || sound->frames == 0) return "it has no sound";
    const double seconds = static_cast<double>(expected.samples) / 48000.0;
    const bool right = sound->sample_rate == 48000 && sound->channels == 2 &&
                       (sound->duration_seconds <= 0 || std::abs(sound->duration_seconds - seconds) < k_sound_tolerance);
    return right ? "" : "its sound lasts " + std::to_string(sound->duration_seconds) + " s";
}

std::string difference_of_colour(const ColourTags& colour, const ExpectedFile& expected)
{
    // GIF has no tags: it is sRGB by convention.
    if (expected.container == "gif") return {};
    const auto name = [](const char* text) { return std::string(text != nullptr ? text : "unknown"); };
    const ColourCodes& codes = expected.colour;
    const std::string primaries = name(av_color_primaries_name(static_cast<AVColorPrimaries>(codes.primaries)));
    const std::string transfer = name(av_color_transfer_name(static_cast<AVColorTransferCharacteristic>(codes.transfer)));
    const std::string matrix = name(av_color_space_name(static_cast<AVColorSpace>(codes.matrix)));
    if (colour.primaries == primaries && colour.transfer == transfer && colour.matrix == matrix && colour.range == "tv")
        return {};
    return "its colour tags are " + colour.primaries + "/" + colour.transfer + "/" + colour.matrix + "/" + colour.range;
}

/// Time is counted in milliseconds by Matroska, in hundredths of a second by GIF, a packet at a time.
double tick_of(const std::string& container)
{
    return container == "gif" ? 0.01 : container == "webm" ? 0.001 : 0.0;
}

std::string difference_of_time(const MediaInfo& info, const StreamInfo& video, const ExpectedFile& expected)
{
    const double tick = tick_of(expected.container);
    // A single picture has no distance to measure a rate by, and a hundredth of a second is no distance at all.
    const double wanted = expected.rate.as_double();
    const bool close = tick > 0 && (tick >= 0.01 || std::abs(video.rate.as_double() - wanted) < wanted * 1e-3);
    if (expected.frames > 1 && video.rate != expected.rate && !close)
        return "it runs at " + std::to_string(video.rate.numerator) + "/" + std::to_string(video.rate.denominator);
    const double seconds = expected.frames / wanted;
    // The pictures' own duration where the container tells it: sound comes in packets that may end a little later.
    const double lasts = video.duration_seconds > 0 ? video.duration_seconds : info.duration_seconds;
    const double margin = 0.5 / wanted + 0.001 + (tick > 0 ? 0.05 : 0.0);
    if (std::abs(lasts - seconds) <= margin) return {};
    return "it lasts " + std::to_string(lasts) + " s instead of " + std::to_string(seconds) + " s";
}

/// The first difference as the end of a sentence, or empty.
std::string difference(const MediaInfo& info, const ExpectedFile& expected)
{
    const StreamInfo* video = info.video();
    if (video == nullptr) return "it has no picture";
    if (video->codec != avcodec_get_name(expected.codec)) return "it was encoded as " + video->codec;
    if (video->frames != expected.frames || info.damaged)
        return std::to_string(video->frames) + " of " + std::to_string(expected.frames) + " frames are in it";
    if (video->width != expected.width || video->height != expected.height)
        return "its pictures are " + std::to_string(video->width) + "×" + std::to_string(video->height);
    if (std::string time = difference_of_time(info, *video, expected); !time.empty()) return time;
    if (std::string sound = difference_of_sound(info, expected); !sound.empty()) return sound;
    if (std::string colour = difference_of_colour(video->colour, expected); !colour.empty()) return colour;
    return find_recipe(info.metadata) == expected.recipe_json ? "" : "its recipe was not kept";
}

std::string difference_of_webp(const std::filesystem::path& partial, const ExpectedFile& expected)
{
    const auto frames = read_webp_frames(partial);
    if (!frames) return "it can't be opened";
    const auto count = static_cast<int>(frames->durations.size());
    if (frames->width != expected.width || frames->height != expected.height)
        return "its pictures are " + std::to_string(frames->width) + "×" + std::to_string(frames->height);
    // Pictures that are alike are stored once and shown longer.
    const int lasts = std::accumulate(frames->durations.begin(), frames->durations.end(), 0);
    const double wanted = 1000.0 * expected.frames / expected.rate.as_double();
    const bool still = count == 1 && lasts == 0;
    if (count > expected.frames || (!still && std::abs(lasts - wanted) > 1000.0 / expected.rate.as_double() + 1))
        return "it has " + std::to_string(count) + " pictures for " + std::to_string(lasts) + " ms";
    return {};
}

}  // namespace

core::Result<std::int64_t> check_written(const std::filesystem::path& partial, const std::filesystem::path& target,
                                         const ExpectedFile& expected)
{
    const auto refuse = [&](const std::string& reason) {
        return core::make_error(core::ErrorKind::io,
                                quoted(target) + " was written but didn't read back right: " + reason + ".");
    };
    if (expected.container == "webp") {
        if (const std::string reason = difference_of_webp(partial, expected); !reason.empty()) return refuse(reason);
    } else {
        const auto info = probe(partial);
        if (!info) return refuse("it can't be opened");
        if (const std::string reason = difference(*info, expected); !reason.empty()) return refuse(reason);
    }
    std::error_code code;
    const auto bytes = std::filesystem::file_size(partial, code);
    if (code) return refuse(code.message());
    return static_cast<std::int64_t>(bytes);
}

core::Result<std::int64_t> check_pictures(const std::filesystem::path& partial, const std::filesystem::path& target,
                                          const std::string& ending, std::int64_t bytes, const ExpectedFile& expected)
{
    namespace fs = std::filesystem;
    const auto refuse = [&](const std::string& reason) {
        return core::make_error(core::ErrorKind::io,
                                quoted(target) + " was written but didn't read back right: " + reason + ".");
    };
    std::vector<fs::path> pictures;
    std::int64_t found = 0;
    std::error_code error;
    for (fs::directory_iterator it(partial, error), end; !error && it != end; it.increment(error)) {
        if (it->path().extension() != ending) continue;
        pictures.push_back(it->path());
        found += static_cast<std::int64_t>(it->file_size(error));
    }
    if (error) return refuse(error.message());
    if (static_cast<int>(pictures.size()) != expected.frames)
        return refuse(std::to_string(pictures.size()) + " of " + std::to_string(expected.frames) + " pictures are in it");
    if (found < bytes) return refuse("its pictures are " + std::to_string(bytes - found) + " bytes too short");
    std::sort(pictures.begin(), pictures.end());
    for (const fs::path& picture : {pictures.front(), pictures.back()}) {
        const auto read = read_image(picture);
        if (!read) return refuse("a picture in it can't be decoded");
        if (read->width != expected.width || read->height != expected.height)
            return refuse("its pictures are " + std::to_string(read->width) + "×" + std::to_string(read->height));
    }
    return found;
}

}  // namespace kinora::media
