#include "core/media/picture_tags.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

extern "C" {
#include <libavutil/crc.h>
#include <libavutil/intreadwrite.h>
}

namespace kinora::media {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_png_start = 8 + 25;  // signature and IHDR

bool is_png(const std::string& bytes)
{
    return bytes.size() > k_png_start && bytes.starts_with("\x89PNG\r\n\x1a\n"sv) && bytes.compare(12, 4, "IHDR") == 0;
}

std::string big_endian(std::uint32_t value)
{
    char text[4];
    AV_WB32(text, value);
    return {text, 4};
}

std::string chunk(std::string_view type, std::string_view data)
{
    const std::string body = std::string(type) + std::string(data);
    const AVCRC* table = av_crc_get_table(AV_CRC_32_IEEE_LE);
    const auto* first = reinterpret_cast<const std::uint8_t*>(body.data());
    const std::uint32_t sum = ~av_crc(table, ~0U, first, body.size());
    return big_endian(static_cast<std::uint32_t>(data.size())) + body + big_endian(sum);
}

std::string little_endian(std::uint32_t value)
{
    char text[4];
    AV_WL32(text, value);
    return {text, 4};
}

/// The end of an EXR header: attributes "name\0type\0size data" up to an empty name. 0: not understood.
std::size_t end_of_header(const std::string& bytes)
{
    std::size_t at = 8;
    while (at < bytes.size() && bytes[at] != '\0') {
        const std::size_t type = bytes.find('\0', at);
        const std::size_t size = type == std::string::npos ? type : bytes.find('\0', type + 1);
        if (size == std::string::npos || size + 5 > bytes.size()) return 0;
        at = size + 5 + AV_RL32(bytes.data() + size + 1);
    }
    return at < bytes.size() ? at : 0;
}

void tag_exr(ColourSpace space, std::string& bytes)
{
    if (bytes.size() < 16 || AV_RL32(bytes.data()) != 20000630U) return;
    const std::size_t end = end_of_header(bytes);
    if (end == 0) return;
    std::string attribute("chromaticities\0chromaticities\0"sv);
    attribute += little_endian(8 * 4);
    for (const float value : chromaticities(space))
        attribute += little_endian(std::bit_cast<std::uint32_t>(value));
    // The table of offsets follows the header and counts from the start of the file; its first entry is where it ends.
    const std::size_t table = end + 1;
    if (table + 8 > bytes.size()) return;
    const std::uint64_t first = AV_RL64(bytes.data() + table);
    if (first > bytes.size() || first < table) return;
    for (std::size_t at = table; at + 8 <= first; at += 8) {
        const std::uint64_t moved = AV_RL64(bytes.data() + at) + attribute.size();
        AV_WL64(bytes.data() + at, moved);
    }
    bytes.insert(end, attribute);
}

}  // namespace

void tag_picture(const std::string& encoder, ColourSpace space, std::string& bytes)
{
    if (encoder == "exr") tag_exr(space, bytes);
    if (encoder != "png" || !is_png(bytes)) return;
    const ColourCodes codes = picture_codes(space);
    const char data[4] = {static_cast<char>(codes.primaries), static_cast<char>(codes.transfer),
                          static_cast<char>(codes.matrix), 1};
    bytes.insert(k_png_start, chunk("cICP", {data, 4}));
}

void add_png_text(const std::string& key, const std::string& text, std::string& bytes)
{
    if (!is_png(bytes)) return;
    // Keyword, no compression, no language, no translated keyword.
    bytes.insert(k_png_start, chunk("iTXt", key + std::string("\0\0\0\0\0"sv) + text));
}

}  // namespace kinora::media
