#include "inference/models/clip/clip_config.h"

#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/models/json_file.h"

namespace kinora::inference {
namespace {

using nlohmann::json;

constexpr std::int64_t k_largest_dimension = 1 << 16;

core::Error corrupt(const std::string& name, const char* key)
{
    return core::make_error(core::ErrorKind::corrupt,
                            name + " has a value of " + core::in_quotes(key) + " that no CLIP vision tower can have.");
}

bool read_dimension(const json& object, const char* key, std::int64_t& field)
{
    const auto found = object.find(key);
    if (found == object.end()) return true;
    if (!found->is_number_integer()) return false;
    field = found->get<std::int64_t>();
    return field >= 1 && field <= k_largest_dimension;
}

}  // namespace

core::Result<ClipVisionConfig> ClipVisionConfig::from_json(const json& whole, const std::string& name)
{
    if (!whole.is_object()) return core::make_error(core::ErrorKind::corrupt, name + " is not a JSON object.");
    const auto inner = whole.find("vision_config");
    const json& object = inner != whole.end() && inner->is_object() ? *inner : whole;
    ClipVisionConfig config;
    const std::pair<const char*, std::int64_t*> dimensions[] = {{"hidden_size", &config.hidden_size},
                                                                {"intermediate_size", &config.intermediate_size},
                                                                {"num_hidden_layers", &config.num_hidden_layers},
                                                                {"num_attention_heads", &config.num_attention_heads},
                                                                {"num_channels", &config.num_channels},
                                                                {"image_size", &config.image_size},
                                                                {"patch_size", &config.patch_size}};
    for (const auto& [key, field] : dimensions)
        if (!read_dimension(object, key, *field)) return corrupt(name, key);
    if (config.num_hidden_layers < 2) return corrupt(name, "num_hidden_layers");
    if (config.hidden_size % config.num_attention_heads != 0) return corrupt(name, "num_attention_heads");
    if (config.num_channels != 3) return corrupt(name, "num_channels");
    if (config.image_size % config.patch_size != 0 || config.image_size > 4096) return corrupt(name, "image_size");
    if (const auto eps = object.find("layer_norm_eps"); eps != object.end()) {
        if (!eps->is_number() || eps->get<double>() <= 0 || eps->get<double>() > 1) return corrupt(name, "layer_norm_eps");
        config.layer_norm_eps = eps->get<double>();
    }
    if (const auto activation = object.find("hidden_act"); activation != object.end()) {
        if (*activation != "gelu" && *activation != "quick_gelu") return corrupt(name, "hidden_act");
        config.quick_gelu = *activation == "quick_gelu";
    }
    return config;
}

core::Result<ClipVisionConfig> ClipVisionConfig::read(const std::filesystem::path& folder)
{
    const auto file = folder / "config.json";
    const auto object = core::read_json_object(file);
    if (!object) return object.error();
    return from_json(*object, file.string());
}

}  // namespace kinora::inference
