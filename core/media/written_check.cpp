#include "core/media/written_check.h"

#include <cmath>

#include "core/media/probe.h"
#include "core/media/recipe_metadata.h"

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

/// The first difference as the end of a sentence, or empty.
std::string difference(const MediaInfo& info, const ExpectedFile& expected)
{
    const StreamInfo* video = info.video();
    if (video == nullptr) return "it has no picture";
    if (video->codec != avcodec_get_name(expected.codec)) return "it was encoded as " + video->codec;
    if (video->frames != expected.frames || info.damaged) {
        return std::to_string(video->frames) + " of " + std::to_string(expected.frames) + " frames are in it";
    }
    if (video->width != expected.width || video->height != expected.height) {
        return "its pictures are " + std::to_string(video->width) + "×" + std::to_string(video->height);
    }
    // A single picture has no distance to measure a rate by.
    if (expected.frames > 1 && video->rate != expected.rate) {
        return "it runs at " + std::to_string(video->rate.numerator) + "/" + std::to_string(video->rate.denominator);
    }
    const double seconds = expected.frames / expected.rate.as_double();
    // The pictures' own duration where the container tells it: sound comes in packets that may end a little later.
    const double lasts = video->duration_seconds > 0 ? video->duration_seconds : info.duration_seconds;
    if (std::abs(lasts - seconds) > 0.5 / expected.rate.as_double() + 0.001) {
        return "it lasts " + std::to_string(lasts) + " s instead of " + std::to_string(seconds) + " s";
    }
    if (std::string sound = difference_of_sound(info, expected); !sound.empty()) return sound;
    const ColourTags& colour = video->colour;
    if (colour.primaries != "bt709" || colour.transfer != "bt709" || colour.matrix != "bt709" || colour.range != "tv") {
        return "its colour tags are " + colour.primaries + "/" + colour.transfer + "/" + colour.matrix + "/" + colour.range;
    }
    const auto recipe = info.metadata.find(k_recipe_key);
    const std::string found = recipe == info.metadata.end() ? std::string() : recipe->second;
    return found == expected.recipe_json ? "" : "its recipe was not kept";
}

}  // namespace

core::Result<std::int64_t> check_written(const std::filesystem::path& partial, const std::filesystem::path& target,
                                         const ExpectedFile& expected)
{
    const auto refuse = [&](const std::string& reason) {
        return core::make_error(core::ErrorKind::io,
                                quoted(target) + " was written but didn't read back right: " + reason + ".");
    };
    const auto info = probe(partial);
    if (!info) return refuse("it can't be opened");
    if (const std::string reason = difference(*info, expected); !reason.empty()) return refuse(reason);
    std::error_code code;
    const auto bytes = std::filesystem::file_size(partial, code);
    if (code) return refuse(code.message());
    return static_cast<std::int64_t>(bytes);
}

}  // namespace kinora::media
