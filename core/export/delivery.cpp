#include "core/export/delivery.h"

#include "core/base/json_reader.h"
#include "core/base/text.h"
#include "core/time/timecode.h"

namespace kinora::media {
namespace {

using nlohmann::json;

constexpr double k_loudest = -8;
constexpr double k_softest = -40;

core::Error refused(std::string sentence)
{
    return core::make_error(core::ErrorKind::invalid_argument, std::move(sentence));
}

/// Longest texts of a preset: far more than any that is meant.
constexpr std::size_t k_longest_text = 100;

}  // namespace

core::Result<void> check_delivery(const Delivery& delivery, core::FrameRate rate)
{
    const auto preset = find_preset(delivery.preset);
    if (!preset) return preset.error();
    if (const auto settings = settings_for(**preset, delivery.colour, delivery.quality); !settings) return settings.error();
    if (delivery.loudness && !(*delivery.loudness >= k_softest && *delivery.loudness <= k_loudest))
        return refused("A loudness lies between -40 and -8 LUFS; films for the web take -14 or -16, broadcast -23.");
    if (const auto timecode = start_timecode(delivery.timecode, rate); !timecode) return timecode.error();
    return {};
}

core::Result<std::string> start_timecode(const std::string& typed, core::FrameRate rate)
{
    if (typed.empty()) return std::string();
    const bool drop = typed.find(';') != std::string::npos && core::supports_drop_frame(rate);
    std::string text = typed;
    for (char& letter : text)
        if (letter == ';' && !drop) letter = ':';
    const auto style = drop ? core::TimecodeStyle::drop_frame : core::TimecodeStyle::non_drop;
    const auto frame = core::parse_timecode(text, rate, style);
    if (!frame) return frame.error();
    if (*frame < 0) return refused("A timecode can't begin before 00:00:00:00.");
    return core::timecode(*frame, rate, style);
}

std::string delivery_to_json(const Delivery& delivery)
{
    json object{{"preset", delivery.preset},
                {"colour", std::string(space_id(delivery.colour))},
                {"conform", std::string(conform_id(delivery.conform))},
                {"timecode", delivery.timecode}};
    if (delivery.quality) object["quality"] = *delivery.quality;
    if (delivery.rate) object["rate"] = core::rate_fraction(*delivery.rate);
    if (delivery.loudness) object["loudness"] = *delivery.loudness;
    return core::json_text(object);
}

core::Result<Delivery> delivery_from_json(const std::string& text)
{
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) return refused("A way to export is a JSON object, and this is none.");
    core::JsonReader reader(object, "");
    Delivery delivery;
    std::string colour(space_id(delivery.colour));
    std::string mode(conform_id(delivery.conform));
    reader.text("preset", delivery.preset, k_longest_text);
    reader.text("colour", colour, k_longest_text);
    reader.text("conform", mode, k_longest_text);
    reader.text("timecode", delivery.timecode, k_longest_text);
    reader.optional("quality", delivery.quality, [&](int& value) { reader.whole("quality", value, 0, 1000); });
    reader.optional("rate", delivery.rate, [&](core::FrameRate& value) { reader.rate("rate", value); });
    float loudness = 0;
    reader.optional("loudness", delivery.loudness, [&](double& value) {
        reader.decimal("loudness", loudness, k_softest, k_loudest);
        value = loudness;
    });
    if (!reader.error().empty()) return refused(reader.error() + ".");
    const auto space = space_from_id(colour);
    if (!space) return refused("\"colour\" is " + core::in_quotes(colour) + ": bt709, p3 or bt2020 are possible.");
    const auto conforming = conform_from_id(mode);
    if (!conforming)
        return refused("\"conform\" is " + core::in_quotes(mode) + ": repeat, blend or interpolate are possible.");
    delivery.colour = *space;
    delivery.conform = *conforming;
    const core::FrameRate rate = delivery.rate.value_or(core::FrameRate(24));
    if (rate.as_double() > 1000 || rate.as_double() < 0.01) return refused("\"rate\" is impossible.");
    if (auto checked = check_delivery(delivery, rate); !checked) return checked.error();
    return delivery;
}

}  // namespace kinora::media
