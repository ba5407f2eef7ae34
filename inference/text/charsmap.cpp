#include "inference/text/charsmap.h"

#include <utf8proc.h>

#include "core/base/text.h"
#include "core/base/utf8.h"

namespace kinora::inference {
namespace {

constexpr std::size_t k_longest_whole_cluster = 5;  ///< bytes

bool has_leaf(std::uint32_t unit)
{
    return ((unit >> 8) & 1U) != 0;
}

std::uint32_t value_of(std::uint32_t unit)
{
    return unit & 0x7FFFFFFFU;
}

/// The byte that leads to a unit; a leaf's has its top bit set and so equals no byte.
std::uint32_t label_of(std::uint32_t unit)
{
    return unit & 0x800000FFU;
}

std::uint32_t offset_of(std::uint32_t unit)
{
    return (unit >> 10) << ((unit & (1U << 9)) >> 6);
}

std::uint32_t little_endian_32(std::string_view bytes)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return value;
}

struct Character {
    utf8proc_int32_t code = 0;
    std::size_t bytes = 1;
};

Character first_character(std::string_view text)
{
    Character result;
    const auto count = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                        static_cast<utf8proc_ssize_t>(text.size()), &result.code);
    if (count > 0) result.bytes = static_cast<std::size_t>(count);
    return result;
}

/// Bytes of the first grapheme cluster (Unicode Annex 29).
std::size_t cluster_length(std::string_view text)
{
    const Character first = first_character(text);
    std::size_t length = first.bytes;
    utf8proc_int32_t state = 0;
    utf8proc_int32_t previous = first.code;
    while (length < text.size()) {
        const Character next = first_character(text.substr(length));
        if (utf8proc_grapheme_break_stateful(previous, next.code, &state)) break;
        previous = next.code;
        length += next.bytes;
    }
    return length;
}

}  // namespace

core::Result<Charsmap> Charsmap::parse(std::string_view table, std::string_view file_name)
{
    if (table.empty()) return Charsmap();
    const auto corrupt = [&](const std::string& reason) {
        return core::make_error(core::ErrorKind::corrupt,
                                core::in_quotes(file_name) + " holds an unusable table of characters: " + reason + ".");
    };
    if (table.size() < 4) return corrupt("it is cut off");
    const std::size_t size = little_endian_32(table);
    table.remove_prefix(4);
    if (size > table.size() || size % 4 != 0 || size < 4) return corrupt("its trie doesn't fit");
    Charsmap result;
    result.units_.reserve(size / 4);
    for (std::size_t i = 0; i < size; i += 4)
        result.units_.push_back(little_endian_32(table.substr(i)));
    result.replacements_ = table.substr(size);
    if (!core::is_valid_utf8(result.replacements_)) return corrupt("its replacements are not valid UTF-8");
    return result;
}

std::optional<std::string_view> Charsmap::find(std::string_view key) const
{
    if (units_.empty()) return std::nullopt;
    std::uint32_t place = offset_of(units_[0]);
    for (char c : key) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == 0) return std::nullopt;
        place ^= byte;
        if (place >= units_.size() || label_of(units_[place]) != byte) return std::nullopt;
        const std::uint32_t unit = units_[place];
        place ^= offset_of(unit);
        if (!has_leaf(unit)) continue;
        if (place >= units_.size()) return std::nullopt;
        const std::uint32_t start = value_of(units_[place]);
        if (start >= replacements_.size()) return std::nullopt;
        // A crafted value may point into the middle of a character: then there is no replacement.
        if ((static_cast<unsigned char>(replacements_[start]) & 0xC0U) == 0x80U) return std::nullopt;
        return std::string_view(replacements_).substr(start, replacements_.find('\0', start) - start);
    }
    return std::nullopt;
}

void Charsmap::append_characters(std::string_view cluster, std::size_t origin, NormalisedText& result) const
{
    while (!cluster.empty()) {
        const std::string_view character = cluster.substr(0, first_character(cluster).bytes);
        result.append(find(character).value_or(character), origin);
        cluster.remove_prefix(character.size());
        origin += character.size();
    }
}

NormalisedText Charsmap::normalise(std::string_view text) const
{
    NormalisedText result;
    result.text.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        // Without a table each character stands for itself, whatever cluster it belongs to.
        const std::string_view rest = text.substr(at);
        const std::string_view cluster = rest.substr(0, units_.empty() ? first_character(rest).bytes : cluster_length(rest));
        const auto whole = cluster.size() <= k_longest_whole_cluster ? find(cluster) : std::nullopt;
        if (whole) {
            result.append(*whole, at);
        } else {
            append_characters(cluster, at, result);
        }
        at += cluster.size();
    }
    return result;
}

}  // namespace kinora::inference
