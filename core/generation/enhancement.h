#pragma once

#include <string>
#include <string_view>

namespace kinora::core {

/// The name of Kinora's own networks.
inline constexpr std::string_view k_own_enhancer = "kinora";

/// What is done to a finished clip, in the words that `parse_upscale` and `parse_interpolate` understand. Kept in recipes
/// and in a shot's settings.
struct Enhancement {
    std::string upscale;                       ///< "1080p", "2x"; empty: the size stays
    std::string interpolate;                   ///< "24", "2x"; empty: the rate stays
    std::string upscaler{k_own_enhancer};      ///< or the path of an ESRGAN or SRVGG file
    std::string interpolator{k_own_enhancer};  ///< or the path of a RIFE 4 file

    [[nodiscard]] bool wanted() const { return !upscale.empty() || !interpolate.empty(); }

    friend bool operator==(const Enhancement&, const Enhancement&) = default;
};

}  // namespace kinora::core
