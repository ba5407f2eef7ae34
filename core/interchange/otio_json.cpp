#include "core/interchange/otio_json.h"

#include <algorithm>
#include <cmath>

#include "core/interchange/timeline_build.h"

namespace kinora::core::otio {

using nlohmann::json;

namespace {

const json* member(const json& object, const char* key)
{
    if (!object.is_object()) return nullptr;
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

}  // namespace

const json* object_in(const json& object, const char* key)
{
    const json* value = member(object, key);
    return value != nullptr && value->is_object() ? value : nullptr;
}

const json* list_in(const json& object, const char* key)
{
    const json* value = member(object, key);
    return value != nullptr && value->is_array() ? value : nullptr;
}

std::string raw_text_in(const json& object, const char* key)
{
    const json* value = member(object, key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::string text_in(const json& object, const char* key)
{
    return clean_text(raw_text_in(object, key));
}

std::optional<std::int64_t> whole_in(const json& object, const char* key)
{
    const json* value = member(object, key);
    if (value == nullptr || !value->is_number_integer()) return std::nullopt;
    constexpr std::int64_t k_most = 10'000'000'000'000;
    if (value->is_number_unsigned() && value->get<std::uint64_t>() > static_cast<std::uint64_t>(k_most)) return std::nullopt;
    const auto number = value->get<std::int64_t>();
    if (number < -k_most || number > k_most) return std::nullopt;
    return number;
}

bool is_a(const json& object, std::string_view kind)
{
    const std::string schema = raw_text_in(object, "OTIO_SCHEMA");
    return schema.size() > kind.size() && schema.starts_with(kind) && schema[kind.size()] == '.';
}

const json* kinora_in(const json& object)
{
    const json* metadata = object_in(object, "metadata");
    return metadata == nullptr ? nullptr : object_in(*metadata, "kinora");
}

std::optional<FrameRate> rate_of(double number)
{
    if (!std::isfinite(number) || number < 0.5 || number > 1000) return std::nullopt;
    const double whole = std::round(number);
    if (whole >= 1 && std::abs(number - whole) < 1e-3) return FrameRate(static_cast<std::int64_t>(whole));
    const double nominal = std::ceil(number);
    if (std::abs(number - nominal * 1000 / 1001) < 4e-3) return FrameRate(static_cast<std::int64_t>(nominal) * 1000, 1001);
    return FrameRate(static_cast<std::int64_t>(std::llround(number * 1000)), 1000);
}

std::optional<FrameRate> rate_of_time(const json* time)
{
    if (time == nullptr) return std::nullopt;
    const json* rate = member(*time, "rate");
    return rate != nullptr && rate->is_number() ? rate_of(rate->get<double>()) : std::nullopt;
}

std::optional<std::int64_t> frames_of(const json* time, FrameRate rate)
{
    const auto own = rate_of_time(time);
    const json* value = own ? member(*time, "value") : nullptr;
    if (value == nullptr || !value->is_number()) return std::nullopt;
    const double number = value->get<double>();
    if (!std::isfinite(number)) return std::nullopt;
    const double frames = *own == rate ? number : number * rate.as_double() / own->as_double();
    return std::llround(std::clamp(frames, -static_cast<double>(k_longest_clip), static_cast<double>(k_longest_clip)));
}

std::optional<FrameRange> range_of(const json* range, FrameRate rate)
{
    if (range == nullptr) return std::nullopt;
    const auto start = frames_of(object_in(*range, "start_time"), rate);
    const auto duration = frames_of(object_in(*range, "duration"), rate);
    if (!start || !duration || *duration < 0) return std::nullopt;
    return FrameRange{*start, *start + *duration};
}

std::optional<FrameRange> pair_of(const json& object, const char* key)
{
    const json* list = list_in(object, key);
    if (list == nullptr || list->size() != 2) return std::nullopt;
    for (const json& part : *list)
        if (!part.is_number_integer() || part.get<double>() > 1e12 || part.get<double>() < -1e12) return std::nullopt;
    return FrameRange{(*list)[0].get<std::int64_t>(), (*list)[1].get<std::int64_t>()};
}

}  // namespace kinora::core::otio
