#include "core/models/gguf_metadata.h"

#include <type_traits>

#include "core/base/text.h"
#include "core/base/utf8.h"

namespace kinora::core {
namespace {

enum ValueType : std::uint32_t { u8, i8, u16, i16, u32, i32, f32, boolean, text, array, u64, i64, f64 };

/// Deep nesting serves no reader and costs stack.
constexpr int k_deepest = 4;

/// Bytes of an element that has always the same size; 0 for texts, arrays and unknown types.
std::uint64_t size_of(std::uint32_t type)
{
    switch (type) {
        case u8:
        case i8:
        case boolean:
            return 1;
        case u16:
        case i16:
            return 2;
        case u32:
        case i32:
        case f32:
            return 4;
        case u64:
        case i64:
        case f64:
            return 8;
        default:
            return 0;
    }
}

/// The fewest bytes that one element can take.
std::uint64_t least_size_of(std::uint32_t type)
{
    if (type == text) return 8;
    return type == array ? 12 : size_of(type);
}

std::string skip_array(ByteReader& reader, GgufArray& found, int depth)
{
    found.type = reader.number<std::uint32_t>();
    found.count = reader.number<std::uint64_t>();
    found.begin = reader.position();
    if (!reader.ok()) return "an array is cut off";
    const std::uint64_t least = least_size_of(found.type);
    if (least == 0) return "an array has elements of the unknown type " + std::to_string(found.type);
    if (depth >= k_deepest) return "its arrays are nested too deep";
    if (found.count > reader.left() / least) return "an array reaches past the end of the file";
    if (const std::uint64_t size = size_of(found.type); size > 0) {
        reader.skip(size * found.count);
        return {};
    }
    for (std::uint64_t i = 0; i < found.count; ++i) {
        if (found.type == text) {
            (void)gguf_text(reader);
        } else {
            GgufArray inner;
            if (auto reason = skip_array(reader, inner, depth + 1); !reason.empty()) return reason;
        }
        if (!reader.ok()) return "an array reaches past the end of the file";
    }
    return {};
}

std::string read_value(ByteReader& reader, std::uint32_t type, GgufValue& value)
{
    switch (type) {
        case u8:
            value = std::uint64_t{reader.number<std::uint8_t>()};
            break;
        case u16:
            value = std::uint64_t{reader.number<std::uint16_t>()};
            break;
        case u32:
            value = std::uint64_t{reader.number<std::uint32_t>()};
            break;
        case u64:
            value = reader.number<std::uint64_t>();
            break;
        case i8:
            value = std::int64_t{reader.number<std::int8_t>()};
            break;
        case i16:
            value = std::int64_t{reader.number<std::int16_t>()};
            break;
        case i32:
            value = std::int64_t{reader.number<std::int32_t>()};
            break;
        case i64:
            value = reader.number<std::int64_t>();
            break;
        case f32:
            value = double{reader.number<float>()};
            break;
        case f64:
            value = reader.number<double>();
            break;
        case boolean:
            value = reader.number<std::uint8_t>() != 0;
            break;
        case text:
            value = std::string(gguf_text(reader));
            break;
        case array: {
            GgufArray found;
            if (auto reason = skip_array(reader, found, 0); !reason.empty()) return reason;
            value = found;
            break;
        }
        default:
            return "a value has the unknown type " + std::to_string(type);
    }
    return reader.ok() ? std::string() : "its metadata is cut off";
}

template <typename T, typename Out>
void read_numbers(const GgufArray& array, std::span<const std::byte> head, std::vector<Out>& out)
{
    ByteReader reader(head, array.begin);
    if (array.count > reader.left() / sizeof(T)) return;
    out.reserve(static_cast<std::size_t>(array.count));
    for (std::uint64_t i = 0; i < array.count; ++i)
        out.push_back(static_cast<Out>(reader.number<T>()));
}

}  // namespace

std::string_view gguf_text(ByteReader& reader)
{
    const auto length = reader.number<std::uint64_t>();
    return reader.text(length);
}

std::string parse_gguf_metadata(ByteReader& reader, std::uint64_t count, std::map<std::string, GgufValue>& metadata)
{
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string key(gguf_text(reader));
        const auto type = reader.number<std::uint32_t>();
        if (!reader.ok()) return "its metadata is cut off";
        if (!is_valid_utf8(key)) return "a key of its metadata is no UTF-8 text";
        GgufValue value;
        if (auto reason = read_value(reader, type, value); !reason.empty()) return reason + " (at " + in_quotes(key) + ")";
        if (!metadata.emplace(key, std::move(value)).second) return "the key " + in_quotes(key) + " stands there twice";
    }
    return {};
}

std::vector<std::int64_t> gguf_integers(const GgufArray& array, std::span<const std::byte> head)
{
    std::vector<std::int64_t> values;
    switch (array.type) {
        case i8:
            read_numbers<std::int8_t>(array, head, values);
            break;
        case u8:
            read_numbers<std::uint8_t>(array, head, values);
            break;
        case i16:
            read_numbers<std::int16_t>(array, head, values);
            break;
        case u16:
            read_numbers<std::uint16_t>(array, head, values);
            break;
        case i32:
            read_numbers<std::int32_t>(array, head, values);
            break;
        case u32:
            read_numbers<std::uint32_t>(array, head, values);
            break;
        case i64:
        case u64:
            read_numbers<std::int64_t>(array, head, values);
            break;
        default:
            break;
    }
    return values;
}

std::vector<float> gguf_floats(const GgufArray& array, std::span<const std::byte> head)
{
    std::vector<float> values;
    if (array.type == f32) read_numbers<float>(array, head, values);
    return values;
}

std::vector<std::string_view> gguf_texts(const GgufArray& array, std::span<const std::byte> head)
{
    std::vector<std::string_view> values;
    if (array.type != text) return values;
    ByteReader reader(head, array.begin);
    for (std::uint64_t i = 0; i < array.count && reader.ok(); ++i)
        values.push_back(gguf_text(reader));
    return values;
}

}  // namespace kinora::core
