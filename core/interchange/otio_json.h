#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/time/rational_time.h"

namespace kinora::core::otio {

/// Looks into OTIO's JSON, where anything may be missing or of another type. Lives no longer than the JSON.

/// A member that is there and is an object or a list; null otherwise.
[[nodiscard]] const nlohmann::json* object_in(const nlohmann::json& json, const char* key);
[[nodiscard]] const nlohmann::json* list_in(const nlohmann::json& json, const char* key);
/// A text on one line; empty if there is none.
[[nodiscard]] std::string text_in(const nlohmann::json& json, const char* key);
/// A text as it is; empty if there is none.
[[nodiscard]] std::string raw_text_in(const nlohmann::json& json, const char* key);
/// A whole number within ±10^13.
[[nodiscard]] std::optional<std::int64_t> whole_in(const nlohmann::json& json, const char* key);
/// `"OTIO_SCHEMA": "Clip.2"` is of kind "Clip".
[[nodiscard]] bool is_a(const nlohmann::json& json, std::string_view kind);
/// What Kinora wrote into the metadata; null: nothing.
[[nodiscard]] const nlohmann::json* kinora_in(const nlohmann::json& json);

/// A rate as OTIO writes it, a decimal number: 23.976… is 24000/1001. Nothing for what is no rate.
[[nodiscard]] std::optional<FrameRate> rate_of(double number);
[[nodiscard]] std::optional<FrameRate> rate_of_time(const nlohmann::json* time);
/// A time in frames of a rate, to the nearest, limited to ±`k_longest_clip`.
[[nodiscard]] std::optional<std::int64_t> frames_of(const nlohmann::json* time, FrameRate rate);
[[nodiscard]] std::optional<FrameRange> range_of(const nlohmann::json* range, FrameRate rate);
/// `[first, end]` as Kinora notes ranges.
[[nodiscard]] std::optional<FrameRange> pair_of(const nlohmann::json& json, const char* key);

}  // namespace kinora::core::otio
