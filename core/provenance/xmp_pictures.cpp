#include "core/provenance/xmp_pictures.h"

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace kinora::core {
namespace {

constexpr std::string_view k_png_keyword("XML:com.adobe.xmp\0\0\0\0\0", 22);
constexpr std::string_view k_gif_header("\x21\xFF\x0BXMP DataXMP", 14);
constexpr std::uint16_t k_tiff_xmp = 700;

Error broken(const char* kind)
{
    return make_error(ErrorKind::corrupt, std::string("The ") + kind + " is damaged.");
}

Error none()
{
    return make_error(ErrorKind::not_found, "There is no XMP in the file.");
}

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t length, bool big)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < length; ++i)
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i]))
                 << 8U * static_cast<unsigned>(big ? length - 1 - i : i);
    return value;
}

void put(std::string& out, std::uint32_t value, std::size_t length, bool big)
{
    for (std::size_t i = 0; i < length; ++i)
        out += static_cast<char>(value >> 8U * static_cast<unsigned>(big ? length - 1 - i : i));
}

/// Where a TIFF's first directory is, and how many entries it has.
struct Directory {
    bool big = false;
    std::size_t at = 0;
    std::size_t entries = 0;
};

std::optional<Directory> directory_of(std::string_view file)
{
    if (file.size() < 8) return std::nullopt;
    Directory directory{file[0] == 'M', 0, 0};
    directory.at = number_at(file, 4, 4, directory.big);
    if (directory.at < 8 || directory.at > file.size() - 2) return std::nullopt;
    directory.entries = number_at(file, directory.at, 2, directory.big);
    if (file.size() - directory.at < 2 + 12 * directory.entries + 4) return std::nullopt;
    return directory;
}

/// A chunk of a RIFF file; `end` is where the next one begins.
struct Chunk {
    std::string_view name;
    std::string_view data;
    std::size_t end = 0;
};

std::optional<Chunk> chunk_at(std::string_view file, std::size_t at)
{
    if (file.size() - at < 8) return std::nullopt;
    const std::size_t length = number_at(file, at + 4, 4, false);
    if (length > file.size() - at - 8) return std::nullopt;
    return Chunk{file.substr(at, 4), file.substr(at + 8, length), std::min(at + 8 + length + length % 2, file.size())};
}

/// Width and height less one, as an extended WebP tells them; nothing for a picture that can't be read.
std::optional<std::pair<std::uint32_t, std::uint32_t>> size_of(const Chunk& picture)
{
    if (picture.name == "VP8 " && picture.data.size() >= 10)
        return std::pair((number_at(picture.data, 6, 2, false) & 0x3FFFU) - 1,
                         (number_at(picture.data, 8, 2, false) & 0x3FFFU) - 1);
    if (picture.name == "VP8L" && picture.data.size() >= 5) {
        const std::uint32_t bits = number_at(picture.data, 1, 4, false);
        return std::pair(bits & 0x3FFFU, (bits >> 14U) & 0x3FFFU);
    }
    return std::nullopt;
}

/// End of a run of GIF data sub-blocks that begins at `at`.
std::optional<std::size_t> sub_blocks_end(std::string_view file, std::size_t at)
{
    while (at < file.size()) {
        const std::size_t length = static_cast<unsigned char>(file[at]);
        if (length == 0) return at + 1;
        at += 1 + length;
    }
    return std::nullopt;
}

/// First block after a GIF's header and palette.
std::optional<std::size_t> first_block(std::string_view file)
{
    if (file.size() < 14) return std::nullopt;
    const auto flags = static_cast<unsigned char>(file[10]);
    const std::size_t at = 13 + ((flags & 0x80U) != 0 ? std::size_t{3} << ((flags & 7U) + 1) : 0);
    if (at >= file.size()) return std::nullopt;
    return at;
}

}  // namespace

Result<std::string> png_with_xmp(std::string_view file, std::string_view packet)
{
    constexpr std::size_t k_after_header = 8 + 12 + 13;
    if (file.size() < k_after_header || file.substr(12, 4) != "IHDR") return broken("PNG");
    std::string chunk = "iTXt";
    chunk += k_png_keyword;
    chunk += packet;
    const auto sum =
        static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(chunk.data()), static_cast<uInt>(chunk.size())));
    std::string out(file.substr(0, k_after_header));
    put(out, static_cast<std::uint32_t>(chunk.size() - 4), 4, true);
    out += chunk;
    put(out, sum, 4, true);
    out += file.substr(k_after_header);
    return out;
}

Result<std::string> xmp_of_png(std::string_view file)
{
    for (std::size_t at = 8; at < file.size();) {
        if (file.size() - at < 12) return broken("PNG");
        const std::size_t length = number_at(file, at, 4, true);
        if (length > file.size() - at - 12) return broken("PNG");
        const std::string_view data = file.substr(at + 8, length);
        if (file.substr(at + 4, 4) == "iTXt" && data.starts_with(k_png_keyword))
            return std::string(data.substr(k_png_keyword.size()));
        if (file.substr(at + 4, 4) == "IEND") break;
        at += 12 + length;
    }
    return none();
}

Result<std::string> tiff_with_xmp(std::string_view file, std::string_view packet)
{
    const auto directory = directory_of(file);
    if (!directory) return broken("TIFF");
    if (file.size() + packet.size() > 0xFFFF0000U)
        return make_error(ErrorKind::unsupported, "The TIFF is too large for more metadata.");
    const bool big = directory->big;
    std::string out(file);
    if (out.size() % 2 != 0) out += '\0';
    const auto packet_at = static_cast<std::uint32_t>(out.size());
    out += packet;
    if (out.size() % 2 != 0) out += '\0';
    const auto directory_at = static_cast<std::uint32_t>(out.size());
    std::string added;
    put(added, k_tiff_xmp, 2, big);
    put(added, 1, 2, big);  // bytes
    put(added, static_cast<std::uint32_t>(packet.size()), 4, big);
    put(added, packet_at, 4, big);
    put(out, static_cast<std::uint32_t>(directory->entries + 1), 2, big);
    bool placed = false;
    for (std::size_t i = 0; i < directory->entries; ++i) {
        const std::string_view entry = file.substr(directory->at + 2 + 12 * i, 12);
        if (!placed && number_at(entry, 0, 2, big) > k_tiff_xmp) {
            out += added;
            placed = true;
        }
        out += entry;
    }
    if (!placed) out += added;
    out += file.substr(directory->at + 2 + 12 * directory->entries, 4);
    std::string where;
    put(where, directory_at, 4, big);
    out.replace(4, 4, where);
    return out;
}

Result<std::string> xmp_of_tiff(std::string_view file)
{
    const auto directory = directory_of(file);
    if (!directory) return broken("TIFF");
    for (std::size_t i = 0; i < directory->entries; ++i) {
        const std::size_t at = directory->at + 2 + 12 * i;
        if (number_at(file, at, 2, directory->big) != k_tiff_xmp) continue;
        const std::size_t length = number_at(file, at + 4, 4, directory->big);
        const std::size_t where = number_at(file, at + 8, 4, directory->big);
        if (where > file.size() || length > file.size() - where) return broken("TIFF");
        return std::string(file.substr(where, length));
    }
    return none();
}

Result<std::string> webp_with_xmp(std::string_view file, std::string_view packet)
{
    const auto first = chunk_at(file, 12);
    if (!first) return broken("WebP");
    std::string body;
    if (first->name == "VP8X") {
        if (first->data.size() < 10) return broken("WebP");
        body = file.substr(12);
        body[8] = static_cast<char>(static_cast<unsigned char>(body[8]) | 4U);
    } else {
        const auto size = size_of(*first);
        if (!size) return broken("WebP");
        const bool alpha = first->name == "VP8L" && (static_cast<unsigned char>(first->data[4]) & 0x10U) != 0;
        body = "VP8X";
        put(body, 10, 4, false);
        put(body, alpha ? 0x14U : 4U, 4, false);
        put(body, size->first, 3, false);
        put(body, size->second, 3, false);
        body += file.substr(12);
    }
    if (body.size() % 2 != 0) body += '\0';
    body += "XMP ";
    put(body, static_cast<std::uint32_t>(packet.size()), 4, false);
    body += packet;
    if (packet.size() % 2 != 0) body += '\0';
    if (body.size() > 0xFFFFFFF0U) return make_error(ErrorKind::unsupported, "The WebP is too large for more metadata.");
    std::string out = "RIFF";
    put(out, static_cast<std::uint32_t>(body.size() + 4), 4, false);
    return out + "WEBP" + body;
}

Result<std::string> xmp_of_webp(std::string_view file)
{
    for (std::size_t at = 12; at < file.size();) {
        const auto chunk = chunk_at(file, at);
        if (!chunk) return broken("WebP");
        if (chunk->name == "XMP ") return std::string(chunk->data);
        at = chunk->end;
    }
    return none();
}

Result<std::string> gif_with_xmp(std::string_view file, std::string_view packet)
{
    const auto at = first_block(file);
    if (!at) return broken("GIF");
    std::string out(file.substr(0, *at));
    out += k_gif_header;
    out += packet;
    // The packet isn't in sub-blocks; these bytes lead a reader of sub-blocks, wherever it lands, to the end.
    out += '\x01';
    for (int value = 255; value >= 0; --value)
        out += static_cast<char>(value);
    out += '\0';
    out += file.substr(*at);
    out[4] = '9';
    return out;
}

Result<std::string> xmp_of_gif(std::string_view file)
{
    auto at = first_block(file);
    if (!at) return broken("GIF");
    while (*at < file.size()) {
        const std::string_view rest = file.substr(*at);
        if (rest.starts_with(k_gif_header)) {
            const std::size_t end = rest.find("\x01\xFF\xFE\xFD", k_gif_header.size());
            if (end == std::string_view::npos) return broken("GIF");
            return std::string(rest.substr(k_gif_header.size(), end - k_gif_header.size()));
        }
        if (rest[0] == '\x21' && rest.size() > 2) {
            at = sub_blocks_end(file, *at + 2);
        } else if (rest[0] == '\x2C' && rest.size() > 10) {
            const auto flags = static_cast<unsigned char>(rest[9]);
            at = sub_blocks_end(file, *at + 11 + ((flags & 0x80U) != 0 ? std::size_t{3} << ((flags & 7U) + 1) : 0));
        } else {
            break;
        }
        if (!at) return broken("GIF");
    }
    return none();
}

}  // namespace kinora::core
