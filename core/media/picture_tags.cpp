#include "core/media/picture_tags.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include "core/provenance/exr_header.h"

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

void tag_exr(ColourSpace space, std::string& bytes)
{
    std::string corners;
    for (const float value : chromaticities(space))
        corners += little_endian(std::bit_cast<std::uint32_t>(value));
    if (auto tagged = core::exr_with_attribute(bytes, "chromaticities", "chromaticities", corners))
        bytes = std::move(*tagged);
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
