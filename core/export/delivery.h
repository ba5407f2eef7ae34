#pragma once

#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/export/conform.h"
#include "core/export/presets.h"
#include "core/time/frame_rate.h"

namespace kinora::media {

/// How something is exported: everything an artist can choose but what. An own preset is one of these with a name.
struct Delivery {
    std::string preset = std::string(k_default_preset);
    std::optional<int> quality;  ///< of presets that have a knob; unset: the usual
    ColourSpace colour = ColourSpace::bt709;
    std::optional<core::FrameRate> rate;  ///< unset: the clip's, the project's
    ConformMode conform = ConformMode::repeat;
    std::string timecode;            ///< of the first frame, "01:00:00:00", with ";" for drop-frame; empty: no track
    std::optional<double> loudness;  ///< LUFS to normalise to, -14, -16 or -23 as a rule; unset: as it is mixed

    friend bool operator==(const Delivery&, const Delivery&) = default;
};

/// Whether a delivery is possible at all, before anything is rendered: a preset that exists, a quality and a colour space
/// that it has, a loudness between -40 and -8 LUFS, a timecode. `rate` is the one it is going to have.
/// `invalid_argument` says what is possible.
[[nodiscard]] core::Result<void> check_delivery(const Delivery& delivery, core::FrameRate rate);

/// The timecode as it is written into a file of this rate: with ";" only where drop-frame belongs (29.97 and 59.94). Empty
/// stays empty. `invalid_argument` for what is none.
[[nodiscard]] core::Result<std::string> start_timecode(const std::string& typed, core::FrameRate rate);

/// A JSON object with all fields, and back with everything checked: `invalid_argument` names the field that is wrong.
[[nodiscard]] std::string delivery_to_json(const Delivery& delivery);
[[nodiscard]] core::Result<Delivery> delivery_from_json(const std::string& text);

}  // namespace kinora::media
