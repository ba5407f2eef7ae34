#pragma once

#include <optional>
#include <string>

#include "core/generation/enhance.h"

namespace kinora::cli {

/// How a clip is to be enlarged and interpolated, as it was typed.
struct EnhanceChoice {
    std::optional<std::string> upscale;      ///< "2x", "1080p", "1920x1080"
    std::optional<std::string> interpolate;  ///< "2x", "24", "23.976"
    std::string upscaler{core::k_own_enhancer};
    std::string interpolator{core::k_own_enhancer};
    int tile = 0;

    [[nodiscard]] bool wanted() const { return upscale || interpolate; }
};

}  // namespace kinora::cli
