#include "inference/models/clip/clip_image.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/text.h"
#include "core/models/json_file.h"
#include "inference/models/picture_resampling.h"

namespace kinora::inference {
namespace {

using nlohmann::json;

constexpr int k_largest_side = 4096;

bool read_side(const json& value, int& side)
{
    if (!value.is_number_integer()) return false;
    const auto number = value.get<std::int64_t>();
    side = static_cast<int>(std::clamp<std::int64_t>(number, 0, k_largest_side + 1));
    return side >= 1 && side <= k_largest_side;
}

/// `size`: a number, or an object with `shortest_edge`.
bool read_size(const json& object, int& side)
{
    const auto found = object.find("size");
    if (found == object.end()) return true;
    if (!found->is_object()) return read_side(*found, side);
    const auto edge = found->find("shortest_edge");
    return edge != found->end() && read_side(*edge, side);
}

bool read_crop(const json& object, ClipImageSettings& settings)
{
    const auto found = object.find("crop_size");
    if (found == object.end()) return true;
    if (found->is_object())
        return found->contains("width") && found->contains("height") && read_side((*found)["width"], settings.crop_width) &&
               read_side((*found)["height"], settings.crop_height);
    if (!read_side(*found, settings.crop_width)) return false;
    settings.crop_height = settings.crop_width;
    return true;
}

bool read_colours(const json& object, const char* key, std::array<double, 3>& colours)
{
    const auto found = object.find(key);
    if (found == object.end()) return true;
    if (!found->is_array() || found->size() != colours.size()) return false;
    for (std::size_t index = 0; index < colours.size(); ++index) {
        if (!(*found)[index].is_number()) return false;
        colours[index] = (*found)[index].get<double>();
    }
    return true;
}

bool read_filter(const json& object, bool& lanczos)
{
    const auto found = object.find("resample");
    if (found == object.end()) return true;
    constexpr int pillow_lanczos = 1;
    constexpr int pillow_bicubic = 3;
    lanczos = *found == pillow_lanczos;
    return lanczos || *found == pillow_bicubic;
}

/// The middle of a picture; sides of the picture are at least those of the cut.
void normalise_into(const core::Picture8& picture, const ClipImageSettings& settings, float* out)
{
    const int top = (picture.height - settings.crop_height) / 2;
    const int left = (picture.width - settings.crop_width) / 2;
    for (std::size_t channel = 0; channel < 3; ++channel) {
        for (int y = 0; y < settings.crop_height; ++y) {
            const auto row = (static_cast<std::size_t>(top + y) * static_cast<std::size_t>(picture.width) +
                              static_cast<std::size_t>(left)) *
                             3;
            for (int x = 0; x < settings.crop_width; ++x) {
                const double value = picture.rgb[row + 3 * static_cast<std::size_t>(x) + channel] / 255.0;
                *out++ = static_cast<float>((value - settings.mean[channel]) / settings.deviation[channel]);
            }
        }
    }
}

}  // namespace

ClipImageSettings ClipImageSettings::for_tower(const ClipVisionConfig& config)
{
    ClipImageSettings settings;
    settings.shortest_edge = settings.crop_width = settings.crop_height = static_cast<int>(config.image_size);
    return settings;
}

core::Result<ClipImageSettings> ClipImageSettings::read(const std::filesystem::path& folder, const ClipVisionConfig& config)
{
    auto settings = for_tower(config);
    const auto file = folder / "preprocessor_config.json";
    if (folder.empty() || !std::filesystem::exists(file)) return settings;
    const auto object = core::read_json_object(file);
    if (!object) return object.error();
    const auto wrong = [&](const char* key) {
        return core::make_error(core::ErrorKind::corrupt, core::in_quotes(file.string()) + " has a value of " +
                                                              core::in_quotes(key) + " that the CLIP tower can't use.");
    };
    if (!read_size(*object, settings.shortest_edge)) return wrong("size");
    if (!read_crop(*object, settings)) return wrong("crop_size");
    if (settings.crop_width != config.image_size || settings.crop_height != config.image_size) return wrong("crop_size");
    if (settings.shortest_edge < config.image_size) return wrong("size");
    if (!read_filter(*object, settings.lanczos)) return wrong("resample");
    if (!read_colours(*object, "image_mean", settings.mean)) return wrong("image_mean");
    if (!read_colours(*object, "image_std", settings.deviation)) return wrong("image_std");
    if (std::any_of(settings.deviation.begin(), settings.deviation.end(), [](double value) { return !(value > 0); }))
        return wrong("image_std");
    return settings;
}

at::Tensor clip_pixels(std::span<const core::Picture8> pictures, const ClipImageSettings& settings)
{
    auto pixels = at::empty({static_cast<std::int64_t>(pictures.size()), 3, settings.crop_height, settings.crop_width},
                            at::TensorOptions().dtype(at::kFloat));
    auto* out = pixels.data_ptr<float>();
    const auto filter = settings.lanczos ? ResamplingFilter::lanczos : ResamplingFilter::bicubic;
    for (const core::Picture8& picture : pictures) {
        const std::int64_t edge = settings.shortest_edge;
        const bool upright = picture.width <= picture.height;
        const std::int64_t shorter = std::min(picture.width, picture.height);
        const std::int64_t longer = std::max(picture.width, picture.height);
        const auto scaled = static_cast<int>(edge * longer / shorter);
        const auto small =
            resample(picture, upright ? static_cast<int>(edge) : scaled, upright ? scaled : static_cast<int>(edge), filter);
        normalise_into(small, settings, out);
        out += std::int64_t{3} * settings.crop_height * settings.crop_width;
    }
    return pixels;
}

}  // namespace kinora::inference
