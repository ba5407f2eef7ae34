#include "core/provenance/exr_header.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace kinora::core {
namespace {

constexpr std::string_view k_magic("\x76\x2f\x31\x01", 4);
constexpr std::size_t k_start = 8;  // magic, version and flags

Error broken()
{
    return make_error(ErrorKind::corrupt, "The EXR is damaged.");
}

std::uint64_t number_at(std::string_view file, std::size_t at, std::size_t length)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < length; ++i)
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(file[at + i])) << 8U * i;
    return value;
}

std::string number(std::uint64_t value, std::size_t length)
{
    std::string out;
    for (std::size_t i = 0; i < length; ++i)
        out += static_cast<char>(value >> 8U * i);
    return out;
}

struct Attribute {
    std::string_view name;
    std::string_view data;
    std::size_t end = 0;
};

/// "name\0type\0size data".
std::optional<Attribute> attribute_at(std::string_view file, std::size_t at)
{
    const std::size_t type = file.find('\0', at);
    const std::size_t size = type == std::string_view::npos ? type : file.find('\0', type + 1);
    if (size == std::string_view::npos || file.size() - size < 5) return std::nullopt;
    const std::size_t length = number_at(file, size + 1, 4);
    if (length > file.size() - size - 5) return std::nullopt;
    return Attribute{file.substr(at, type - at), file.substr(size + 5, length), size + 5 + length};
}

/// Checks what is before the attributes.
Result<void> check_start(std::string_view file)
{
    if (file.size() <= k_start || !is_exr(file)) return broken();
    constexpr std::uint64_t k_long_names = 0x400;
    if (((number_at(file, 4, 4) >> 8U << 8U) & ~k_long_names) != 0)
        return make_error(ErrorKind::unsupported, "The EXR is tiled, deep or of several parts.");
    return {};
}

}  // namespace

bool is_exr(std::string_view head)
{
    return head.starts_with(k_magic);
}

Result<std::string> exr_with_attribute(std::string_view file, std::string_view name, std::string_view type,
                                       std::string_view data)
{
    if (auto checked = check_start(file); !checked) return checked.error();
    std::size_t end = k_start;
    while (end < file.size() && file[end] != '\0') {
        const auto attribute = attribute_at(file, end);
        if (!attribute) return broken();
        end = attribute->end;
    }
    // The table of offsets follows the header and counts from the start of the file; its first entry is where it ends.
    const std::size_t table = end + 1;
    if (table + 8 > file.size()) return broken();
    const std::uint64_t pictures = number_at(file, table, 8);
    if (pictures < table + 8 || pictures > file.size() || (pictures - table) % 8 != 0) return broken();
    std::string added = std::string(name) + '\0' + std::string(type) + '\0' + number(data.size(), 4) + std::string(data);
    std::string out(file.substr(0, end));
    out += added;
    out += '\0';
    for (std::size_t at = table; at < pictures; at += 8)
        out += number(number_at(file, at, 8) + added.size(), 8);
    return out += file.substr(pictures);
}

Result<std::string> exr_attribute(std::string_view file, std::string_view name)
{
    if (auto checked = check_start(file); !checked) return checked.error();
    for (std::size_t at = k_start; at < file.size() && file[at] != '\0';) {
        const auto attribute = attribute_at(file, at);
        if (!attribute) return broken();
        if (attribute->name == name) return std::string(attribute->data);
        at = attribute->end;
    }
    return make_error(ErrorKind::not_found, "The EXR has no such attribute.");
}

}  // namespace kinora::core
