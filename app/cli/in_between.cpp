#include "app/cli/in_between.h"

#ifdef KINORA_HAS_MEDIA

#include <memory>

#include "inference/enhance/enhance_engine.h"

namespace kinora::cli {

media::InBetween in_between()
{
    return [engine = std::make_shared<inference::EnhanceEngine>()](
               std::span<const float> before, std::span<const float> after, int width, int height, double phase,
               std::span<float> out) { return engine->between(before, after, width, height, phase, out); };
}

}  // namespace kinora::cli

#endif
