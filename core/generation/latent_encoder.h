#pragma once

#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/generation/frames.h"

namespace kinora::core {

/// Turns pictures into a model's latents, so that clips from elsewhere can be gone on from. Same threading as `Generator`.
class LatentEncoder {
public:
    virtual ~LatentEncoder() = default;

    /// Latents of a clip, its middle scaled to `width` x `height`. Frames beyond the last complete latent frame are left
    /// out. `invalid_argument` for an empty clip or an impossible size.
    [[nodiscard]] virtual Result<LatentClip> encode(const FrameSequence& clip, const std::string& model_id, int width,
                                                    int height, std::stop_token stop) = 0;
};

}  // namespace kinora::core
