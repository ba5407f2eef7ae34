#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "core/base/byte_reader.h"
#include "core/models/gguf_header.h"

namespace kinora::core {

/// Reads `count` keys and values where `reader` stands. Returns the reason for a refusal, or an empty text.
[[nodiscard]] std::string parse_gguf_metadata(ByteReader& reader, std::uint64_t count,
                                              std::map<std::string, GgufValue>& metadata);

/// A length before the bytes themselves, as the format writes names and texts.
[[nodiscard]] std::string_view gguf_text(ByteReader& reader);

}  // namespace kinora::core
