#include "core/generation/enhancement_json.h"

#include <nlohmann/json.hpp>

#include "core/base/json_reader.h"
#include "core/generation/enhance.h"

namespace kinora::core {

nlohmann::json to_json(const Enhancement& enhancement)
{
    nlohmann::json out = nlohmann::json::object();
    if (!enhancement.upscale.empty()) out["upscale"] = enhancement.upscale;
    if (!enhancement.interpolate.empty()) out["interpolate"] = enhancement.interpolate;
    if (enhancement.upscaler != k_own_enhancer) out["upscaler"] = enhancement.upscaler;
    if (enhancement.interpolator != k_own_enhancer) out["interpolator"] = enhancement.interpolator;
    return out;
}

Result<Enhancement> enhancement_from_json(const nlohmann::json& object)
{
    if (!object.is_object()) return make_error(ErrorKind::corrupt, "What is done to a finished clip is not a JSON object.");
    Enhancement enhancement;
    JsonReader reader(object, "enhance.");
    reader.text("upscale", enhancement.upscale, 100);
    reader.text("interpolate", enhancement.interpolate, 100);
    reader.text("upscaler", enhancement.upscaler, 4096);
    reader.text("interpolator", enhancement.interpolator, 4096);
    if (!enhancement.upscale.empty() && !parse_upscale(enhancement.upscale)) reader.fail("upscale", "is no size");
    if (!enhancement.interpolate.empty() && !parse_interpolate(enhancement.interpolate))
        reader.fail("interpolate", "is no frame rate");
    if (!reader.error().empty())
        return make_error(ErrorKind::corrupt, "What is done to a finished clip can't be read: " + reader.error() + ".");
    return enhancement;
}

}  // namespace kinora::core
