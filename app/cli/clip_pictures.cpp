#include "app/cli/clip_pictures.h"

#include <cstddef>

#include "core/base/paths.h"
#include "core/base/text.h"
#include "inference/pipeline/latents_file.h"
#include "inference/pipeline/wan_generator.h"
#ifdef KINORA_HAS_MEDIA
#include "core/media/clip_reader.h"
#endif

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;

core::Result<core::FrameSequence> decoded(const fs::path& file, inference::WanGenerator& engine)
{
    const auto saved = inference::load_latents(file);
    if (!saved) return saved.error();
    return engine.decode(saved->latents, saved->recipe, {});
}

}  // namespace

core::FrameSequence part_of_clip(const core::FrameSequence& clip, core::FrameRange range)
{
    core::FrameSequence part{static_cast<int>(range.length()), clip.height, clip.width, clip.rate, {}};
    const auto size = static_cast<std::ptrdiff_t>(clip.frame_size());
    part.rgb.assign(clip.rgb.begin() + range.first * size, clip.rgb.begin() + range.end * size);
    return part;
}

core::Result<core::FrameSequence> read_clip_pictures(const fs::path& file, std::optional<core::FrameRange> range,
                                                     inference::WanGenerator& engine)
{
    if (file.extension() == ".safetensors") {
        auto clip = decoded(file, engine);
        if (!clip || !range) return clip;
        if (range->first < 0 || range->empty() || range->end > clip->frames)
            return core::make_error(core::ErrorKind::invalid_argument, core::in_quotes(core::path_to_utf8(file)) +
                                                                           " hasn't got the frames that are asked for.");
        return part_of_clip(*clip, *range);
    }
#ifdef KINORA_HAS_MEDIA
    auto reader = media::ClipReader::open(file);
    if (!reader) return reader.error();
    const core::FrameRange wanted = range.value_or(core::FrameRange{0, (*reader)->info().frames});
    return (*reader)->frames(static_cast<int>(wanted.first), static_cast<int>(wanted.length()));
#else
    return core::make_error(core::ErrorKind::unsupported, "This build of Kinora reads no video files such as " +
                                                              core::in_quotes(core::path_to_utf8(file)) +
                                                              "; give the clip's latents (.safetensors).");
#endif
}

}  // namespace kinora::cli
