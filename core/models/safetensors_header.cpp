#include "core/models/safetensors_header.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <limits>
#include <unordered_set>

#include "core/base/text.h"
#include "core/models/safetensors_json.h"

namespace kinora::core {
namespace {

struct TypeInfo {
    SafetensorsType type;
    std::string_view name;
    int bits;
};

constexpr std::array<TypeInfo, 22> k_types{{
    {SafetensorsType::boolean, "BOOL", 8},
    {SafetensorsType::f4, "F4", 4},
    {SafetensorsType::f6_e2m3, "F6_E2M3", 6},
    {SafetensorsType::f6_e3m2, "F6_E3M2", 6},
    {SafetensorsType::u8, "U8", 8},
    {SafetensorsType::i8, "I8", 8},
    {SafetensorsType::f8_e5m2, "F8_E5M2", 8},
    {SafetensorsType::f8_e4m3, "F8_E4M3", 8},
    {SafetensorsType::f8_e8m0, "F8_E8M0", 8},
    {SafetensorsType::f8_e5m2fnuz, "F8_E5M2FNUZ", 8},
    {SafetensorsType::f8_e4m3fnuz, "F8_E4M3FNUZ", 8},
    {SafetensorsType::i16, "I16", 16},
    {SafetensorsType::u16, "U16", 16},
    {SafetensorsType::f16, "F16", 16},
    {SafetensorsType::bf16, "BF16", 16},
    {SafetensorsType::i32, "I32", 32},
    {SafetensorsType::u32, "U32", 32},
    {SafetensorsType::f32, "F32", 32},
    {SafetensorsType::c64, "C64", 64},
    {SafetensorsType::f64, "F64", 64},
    {SafetensorsType::i64, "I64", 64},
    {SafetensorsType::u64, "U64", 64},
}};

const TypeInfo& info_of(SafetensorsType type)
{
    return *std::find_if(k_types.begin(), k_types.end(), [type](const TypeInfo& info) { return info.type == type; });
}

Error corrupt(std::string_view file_name, std::string_view reason)
{
    return make_error(ErrorKind::corrupt,
                      in_quotes(std::string(file_name)) + " is not a usable safetensors file: " + std::string(reason) + ".");
}

std::uint64_t little_endian_64(std::span<const std::byte> bytes)
{
    std::uint64_t value = 0;
    for (int i = 7; i >= 0; --i)
        value = (value << 8) | static_cast<std::uint64_t>(bytes[static_cast<std::size_t>(i)]);
    return value;
}

/// Bytes a tensor takes, or nothing if they overflow or don't fill whole bytes. A dimension of zero doesn't hide an
/// overflow of the others, since strides are computed from them.
std::optional<std::uint64_t> bytes_of(const std::vector<std::uint64_t>& shape, int bits)
{
    constexpr auto limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    std::uint64_t stride = static_cast<std::uint64_t>(bits);
    bool empty = false;
    for (std::uint64_t dimension : shape) {
        empty = empty || dimension == 0;
        if (dimension > 1 && stride > limit / dimension) return std::nullopt;
        stride *= std::max<std::uint64_t>(dimension, 1);
    }
    if (empty) return 0;
    if (stride % 8 != 0) return std::nullopt;
    return stride / 8;
}

/// Turns one raw entry into a checked one; the reason it can't be, otherwise.
std::string check_entry(const RawSafetensorsEntry& raw, SafetensorsEntry& entry)
{
    const std::string named = "tensor \"" + raw.name + "\" ";
    const auto type =
        std::find_if(k_types.begin(), k_types.end(), [&](const TypeInfo& info) { return info.name == raw.dtype; });
    if (type == k_types.end()) return named + "has the unknown type \"" + raw.dtype + "\"";
    if (raw.end < raw.begin) return named + "ends before it begins";
    const auto bytes = bytes_of(raw.shape, type->bits);
    if (!bytes) return named + "has an impossible shape";
    if (*bytes != raw.end - raw.begin) {
        return named + "needs " + std::to_string(*bytes) + " bytes for its shape but has " +
               std::to_string(raw.end - raw.begin);
    }
    entry.name = raw.name;
    entry.type = type->type;
    entry.shape.assign(raw.shape.begin(), raw.shape.end());
    entry.begin = raw.begin;
    entry.end = raw.end;
    return {};
}

}  // namespace

std::string_view to_string(SafetensorsType type)
{
    return info_of(type).name;
}

int bits_of(SafetensorsType type)
{
    return info_of(type).bits;
}

Result<SafetensorsHeader> parse_safetensors_header(std::span<const std::byte> head, std::uint64_t file_size,
                                                   std::string_view file_name)
{
    if (head.size() < 8 || file_size < 8) return corrupt(file_name, "it is shorter than a header");
    const std::uint64_t length = little_endian_64(head);
    if (length > k_safetensors_max_header) return corrupt(file_name, "its header claims to be larger than 100 MB");
    if (length > file_size - 8 || length > head.size() - 8)
        return corrupt(file_name, "its header reaches past the end of the file");

    const auto* text = reinterpret_cast<const char*>(head.data() + 8);
    RawSafetensorsHeader raw;
    if (auto reason = parse_safetensors_json({text, static_cast<std::size_t>(length)}, raw); !reason.empty()) {
        return corrupt(file_name, reason);
    }

    SafetensorsHeader header;
    header.metadata = std::move(raw.metadata);
    header.data_offset = 8 + length;
    header.entries.resize(raw.entries.size());
    std::unordered_set<std::string_view> names;
    for (std::size_t i = 0; i < raw.entries.size(); ++i) {
        if (auto reason = check_entry(raw.entries[i], header.entries[i]); !reason.empty()) return corrupt(file_name, reason);
        if (!names.insert(raw.entries[i].name).second) {
            return corrupt(file_name, "the name \"" + raw.entries[i].name + "\" stands there twice");
        }
    }
    std::stable_sort(header.entries.begin(), header.entries.end(),
                     [](const auto& a, const auto& b) { return a.begin != b.begin ? a.begin < b.begin : a.end < b.end; });
    std::uint64_t reached = 0;
    for (const SafetensorsEntry& entry : header.entries) {
        if (entry.begin < reached) return corrupt(file_name, "tensor \"" + entry.name + "\" overlaps another one");
        if (entry.begin > reached) return corrupt(file_name, "bytes before tensor \"" + entry.name + "\" belong to none");
        reached = entry.end;
    }
    const std::uint64_t data = file_size - header.data_offset;
    if (reached > data) return corrupt(file_name, "it ends before its last tensor; the download may be incomplete");
    if (reached < data) return corrupt(file_name, "it goes on after its last tensor");
    return header;
}

Result<SafetensorsHeader> read_safetensors_header(const std::filesystem::path& file)
{
    std::error_code failed;
    const std::uint64_t size = std::filesystem::file_size(file, failed);
    if (failed) {
        return make_error(ErrorKind::not_found, in_quotes(file.string()) + " can't be read: " + failed.message() + ".");
    }
    std::ifstream stream(file, std::ios::binary);
    std::array<std::byte, 8> prefix{};
    if (size < 8) return corrupt(file.string(), "it is shorter than a header");
    if (!stream.read(reinterpret_cast<char*>(prefix.data()), 8)) {
        return make_error(ErrorKind::io, in_quotes(file.string()) + " can't be read.");
    }
    const std::uint64_t length = little_endian_64(prefix);
    // The parser refuses such lengths; this only keeps the buffer small before it is asked.
    const std::uint64_t wanted = (length > k_safetensors_max_header || length > size - 8) ? 0 : length;
    std::vector<std::byte> head(static_cast<std::size_t>(8 + wanted));
    std::memcpy(head.data(), prefix.data(), 8);
    if (wanted > 0 && !stream.read(reinterpret_cast<char*>(head.data() + 8), static_cast<std::streamsize>(wanted))) {
        return make_error(ErrorKind::io, in_quotes(file.string()) + " can't be read to the end of its header.");
    }
    return parse_safetensors_header(head, size, file.string());
}

}  // namespace kinora::core
