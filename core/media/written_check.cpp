#include "core/media/written_check.h"

#include <cmath>

#include "core/media/probe.h"
#include "core/media/recipe_metadata.h"

namespace kinora::media {
namespace {

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
    if (std::abs(info.duration_seconds - seconds) > 0.5 / expected.rate.as_double() + 0.001) {
        return "it lasts " + std::to_string(info.duration_seconds) + " s instead of " + std::to_string(seconds) + " s";
    }
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
