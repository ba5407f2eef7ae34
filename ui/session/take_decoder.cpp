#include "ui/session/take_decoder.h"

#include <utility>

namespace kinora::ui {

media::DecodeLatents decoder_of(JobEngine& engine)
{
    if (!engine.decoder || !engine.read_latents) return {};
    return [&engine](const std::filesystem::path& file, const core::Take& take,
                     std::stop_token stop) -> core::Result<core::FrameSequence> {
        if (!take.recipe)
            return core::make_error(core::ErrorKind::unsupported, "This take has no recipe to decode its latents by.");
        auto latents = engine.read_latents(file);
        if (!latents) return latents.error();
        return engine.decoder->decode(*latents, *take.recipe, std::move(stop));
    };
}

}  // namespace kinora::ui
