#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/media/encoder_settings.h"

namespace kinora::media {

enum class PresetUse {
    master,    ///< offered for export, for an editing suite
    sharing,   ///< offered for export, for review and the web
    internal,  ///< takes of a project; not offered
};

/// The one setting of an encoder that trades size against quality, where it has one.
struct QualityKnob {
    std::string option;  ///< of the encoder, "crf"; empty: there is none
    int best = 0;
    int usual = 0;
    int smallest = 0;            ///< the end of small files; may lie above or below `best`
    double steps_to_double = 6;  ///< so many steps towards `best` make the file twice as large
};

/// A way of exporting that an artist can choose.
struct Preset {
    std::string id;           ///< "prores-422-hq"
    std::string name;         ///< "ProRes 422 HQ"
    std::string description;  ///< one plain sentence: what it is good for
    std::string extension;    ///< "mov", without a dot; of a picture sequence that of its pictures
    PresetUse use = PresetUse::master;
    EncoderSettings encoder;
    double bits_per_pixel = 1;                            ///< of a usual picture, for a first estimate of size
    double bytes_per_frame = 0;                           ///< the same for all sizes: headers
    std::vector<ColourSpace> spaces{ColourSpace::bt709};  ///< colours it can be made for, the usual first
    QualityKnob quality;

    [[nodiscard]] bool alpha() const { return encoder.layout == PixelLayout::yuva444_10; }
    [[nodiscard]] bool can(ColourSpace space) const;
};

inline constexpr std::string_view k_default_preset = "prores-422-hq";
inline constexpr std::string_view k_review_preset = "h264-review";
inline constexpr std::string_view k_take_preset = "take";

/// All presets, the default master first. The table lives as long as the program.
[[nodiscard]] std::span<const Preset> presets();

/// `invalid_argument` with the list of what there is.
[[nodiscard]] core::Result<const Preset*> find_preset(std::string_view id);

/// The offered preset for a file of this extension ("mp4", without a dot), or null: the first in the order of the table but
/// H.264 for MP4.
[[nodiscard]] const Preset* preset_for_extension(std::string_view extension);

/// The preset's settings for a colour space and a quality (unset: the usual). `invalid_argument` for what it can't do.
[[nodiscard]] core::Result<EncoderSettings> settings_for(const Preset& preset, ColourSpace colour,
                                                         std::optional<int> quality);

/// About how large a file of usual pictures becomes, in bytes. `measure_bytes` (`core/export/size_estimate.h`) is nearer.
[[nodiscard]] std::int64_t estimate_bytes(const Preset& preset, int width, int height, int frames,
                                          std::optional<int> quality = std::nullopt);

}  // namespace kinora::media
