#include "core/export/presets.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/export/preset_table.h"

namespace kinora::media {
namespace {

const std::vector<Preset>& table()
{
    static const std::vector<Preset> presets = make_presets();
    return presets;
}

core::Error refused(std::string sentence)
{
    return core::make_error(core::ErrorKind::invalid_argument, std::move(sentence));
}

}  // namespace

bool Preset::can(ColourSpace space) const
{
    return std::find(spaces.begin(), spaces.end(), space) != spaces.end();
}

std::span<const Preset> presets()
{
    return table();
}

core::Result<const Preset*> find_preset(std::string_view id)
{
    std::string known;
    for (const Preset& preset : table()) {
        if (preset.id == id) return &preset;
        if (preset.use != PresetUse::internal) known += (known.empty() ? "" : ", ") + preset.id;
    }
    return refused("There is no preset " + core::in_quotes(id) + ". There are: " + known + ".");
}

const Preset* preset_for_extension(std::string_view extension)
{
    if (extension == "mp4") return *find_preset(k_review_preset);
    if (extension == "tiff") extension = "tif";
    for (const Preset& preset : table())
        if (preset.use != PresetUse::internal && preset.extension == extension) return &preset;
    return nullptr;
}

core::Result<EncoderSettings> settings_for(const Preset& preset, ColourSpace colour, std::optional<int> quality)
{
    EncoderSettings settings = preset.encoder;
    if (!preset.can(colour))
        return refused(preset.name + " can't be made for " + std::string(space_id(colour)) +
                       " colours; choose bt709 or another preset.");
    settings.colour = colour;
    if (!quality) return settings;
    const QualityKnob& knob = preset.quality;
    if (knob.option.empty()) return refused(preset.name + " has no quality setting.");
    const auto [low, high] = std::minmax(knob.best, knob.smallest);
    if (*quality < low || *quality > high)
        return refused("The quality of " + preset.name + " goes from " + std::to_string(low) + " to " +
                       std::to_string(high) + ", not to " + std::to_string(*quality) + ".");
    for (auto& [key, value] : settings.options)
        if (key == knob.option) value = std::to_string(*quality);
    return settings;
}

std::int64_t estimate_bytes(const Preset& preset, int width, int height, int frames, std::optional<int> quality)
{
    const double pixels = static_cast<double>(width) * height * frames;
    double factor = 1;
    if (quality && !preset.quality.option.empty()) {
        const QualityKnob& knob = preset.quality;
        const double steps = (knob.usual - *quality) * (knob.best <= knob.smallest ? 1.0 : -1.0);
        factor = std::exp2(steps / knob.steps_to_double);
    }
    return static_cast<std::int64_t>(pixels * preset.bits_per_pixel * factor / 8.0 + preset.bytes_per_frame * frames) + 4096;
}

}  // namespace kinora::media
