#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::core {

/// A tensor entry as its JSON says, types checked, values not.
struct RawSafetensorsEntry {
    std::string name;
    std::string dtype;
    std::vector<std::uint64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// The JSON of a safetensors header: well-formed, every entry with dtype, shape and two offsets.
struct RawSafetensorsHeader {
    std::vector<RawSafetensorsEntry> entries;
    std::map<std::string, std::string> metadata;
};

/// Reads the JSON in one pass without building a tree, nesting bounded, duplicate fields refused, unknown fields of an
/// entry skipped. Returns the reason for a refusal, or an empty string.
[[nodiscard]] std::string parse_safetensors_json(std::string_view text, RawSafetensorsHeader& header);

}  // namespace kinora::core
