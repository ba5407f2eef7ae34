#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/export/delivery.h"
#include "core/export/naming.h"
#include "core/time/rational_time.h"

namespace kinora::media {

enum class ExportWhat {
    shots,       ///< the named shots, as they are trimmed
    storyboard,  ///< all of it, or the range, with transitions and sound
};

/// Everything an artist chooses for an export.
struct ExportPlan {
    ExportWhat what = ExportWhat::shots;
    std::vector<std::string> shots;         ///< ids, in the order of the storyboard
    bool file_per_shot = true;              ///< else the shots follow each other in one file
    std::optional<core::FrameRange> range;  ///< of the storyboard in project frames, of one shot in frames of its take
    int handles = 0;                        ///< frames before and after each shot's own, as far as its take has them
    std::string pattern = std::string(k_default_pattern);  ///< of file names, for a file a shot
    Delivery delivery;
    bool recipe = true;    ///< prompt, seed and model go into the file
    bool sidecar = false;  ///< and into a `.json` beside it

    friend bool operator==(const ExportPlan&, const ExportPlan&) = default;
};

inline constexpr int k_most_handles = 1000;

/// A JSON object, and back with everything checked: `invalid_argument` names the field that is wrong.
[[nodiscard]] std::string plan_to_json(const ExportPlan& plan);
[[nodiscard]] core::Result<ExportPlan> plan_from_json(const std::string& text);

}  // namespace kinora::media
