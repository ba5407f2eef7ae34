#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace kinora::core {

/// Element types of the safetensors format. Those of less than a byte are packed.
enum class SafetensorsType {
    boolean,
    f4,
    f6_e2m3,
    f6_e3m2,
    u8,
    i8,
    f8_e5m2,
    f8_e4m3,
    f8_e8m0,
    f8_e5m2fnuz,
    f8_e4m3fnuz,
    i16,
    u16,
    f16,
    bf16,
    i32,
    u32,
    f32,
    c64,
    f64,
    i64,
    u64,
};

/// Name as written in files ("BF16").
[[nodiscard]] std::string_view to_string(SafetensorsType type);

/// Bits of one element.
[[nodiscard]] int bits_of(SafetensorsType type);

/// One tensor of a file. Offsets count bytes from the end of the header: [begin, end).
struct SafetensorsEntry {
    std::string name;
    SafetensorsType type = SafetensorsType::f32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// A checked header: entries lie one after the other without gap or overlap, in the order of their bytes, names are
/// unique, every size fits its shape and type, and the data ends where the file ends.
struct SafetensorsHeader {
    std::vector<SafetensorsEntry> entries;
    std::map<std::string, std::string> metadata;
    std::uint64_t data_offset = 0;  ///< where the data begins in the file
};

/// The format's own limit for a header.
inline constexpr std::uint64_t k_safetensors_max_header = 100'000'000;

/// Parses the beginning of a safetensors file (https://github.com/huggingface/safetensors, "Format"), which may be hostile.
/// `head` must hold at least the header; `file_size` is the whole file's. Errors are `corrupt` and name `file_name`.
/// Allocates nothing on the word of a number in the file.
[[nodiscard]] Result<SafetensorsHeader> parse_safetensors_header(std::span<const std::byte> head, std::uint64_t file_size,
                                                                 std::string_view file_name);

/// Reads and parses the header of a file, without touching its data.
[[nodiscard]] Result<SafetensorsHeader> read_safetensors_header(const std::filesystem::path& file);

}  // namespace kinora::core
