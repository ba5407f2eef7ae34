#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/media/encoder_settings.h"

namespace kinora::media {

enum class PresetUse {
    master,    ///< offered for export, for an editing suite
    sharing,   ///< offered for export, for review and the web
    internal,  ///< takes of a project; not offered
};

/// A way of exporting that an artist can choose.
struct Preset {
    std::string id;           ///< "prores-422-hq"
    std::string name;         ///< "ProRes 422 HQ"
    std::string description;  ///< one plain sentence: what it is good for
    std::string extension;    ///< "mov", without a dot
    PresetUse use = PresetUse::master;
    EncoderSettings encoder;
    double bits_per_pixel = 1;  ///< of a usual picture, for the estimate of size
};

inline constexpr std::string_view k_default_preset = "prores-422-hq";
inline constexpr std::string_view k_review_preset = "h264-review";
inline constexpr std::string_view k_take_preset = "take";

/// All presets, the default master first. The table lives as long as the program.
[[nodiscard]] std::span<const Preset> presets();

/// `invalid_argument` with the list of what there is.
[[nodiscard]] core::Result<const Preset*> find_preset(std::string_view id);

/// About how large a file becomes, in bytes.
[[nodiscard]] std::int64_t estimate_bytes(const Preset& preset, int width, int height, int frames);

}  // namespace kinora::media
