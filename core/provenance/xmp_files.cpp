#include "core/provenance/xmp_files.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>

#include "core/base/file.h"
#include "core/base/mapped_file.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/provenance/exr_header.h"
#include "core/provenance/xmp_pictures.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

/// BE7ACFCB-97A9-42E8-9C71-999491E3AFAC.
constexpr std::string_view k_xmp_uuid("\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC", 16);
constexpr std::uint64_t k_largest_picture = std::uint64_t{1} << 30U;
constexpr std::size_t k_longest_packet = std::size_t{16} << 20U;

/// A string of the header; OpenEXR has no name of its own for it.
constexpr std::string_view k_exr_name = "xmp";

enum class Container { none, boxes, png, tiff, webp, gif, exr };

Container container_of(std::string_view head)
{
    if (head.size() >= 12 && (head.substr(4, 4) == "ftyp" || head.substr(4, 4) == "wide" || head.substr(4, 4) == "moov" ||
                              head.substr(4, 4) == "mdat"))
        return Container::boxes;
    if (head.starts_with(std::string_view("\x89PNG\r\n\x1a\n", 8))) return Container::png;
    if (head.starts_with(std::string_view("II*\0", 4)) || head.starts_with(std::string_view("MM\0*", 4)))
        return Container::tiff;
    if (head.size() >= 12 && head.starts_with("RIFF") && head.substr(8, 4) == "WEBP") return Container::webp;
    if (head.starts_with("GIF89a") || head.starts_with("GIF87a")) return Container::gif;
    if (is_exr(head)) return Container::exr;
    return Container::none;
}

std::uint64_t big_endian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (const char c : bytes)
        value = value << 8U | static_cast<unsigned char>(c);
    return value;
}

/// A box at the top of a file: where its content begins and where it ends.
struct Box {
    std::string_view type;
    std::uint64_t content = 0;
    std::uint64_t end = 0;
};

std::optional<Box> box_at(std::string_view file, std::uint64_t at)
{
    if (at > file.size() || file.size() - at < 8) return std::nullopt;
    std::uint64_t size = big_endian(file.substr(at, 4));
    Box box{file.substr(at + 4, 4), at + 8, 0};
    if (size == 1) {
        if (file.size() - at < 16) return std::nullopt;
        size = big_endian(file.substr(at + 8, 8));
        box.content = at + 16;
    } else if (size == 0) {
        size = file.size() - at;
    }
    if (size < box.content - at || size > file.size() - at) return std::nullopt;
    box.end = at + size;
    return box;
}

Error no_packet()
{
    return make_error(ErrorKind::not_found, "There is no XMP in the file.");
}

Result<std::string> find_in_boxes(std::string_view file)
{
    for (std::uint64_t at = 0; at < file.size();) {
        const auto box = box_at(file, at);
        if (!box) return make_error(ErrorKind::corrupt, "The boxes of the file are damaged.");
        const std::string_view content = file.substr(box->content, box->end - box->content);
        if (box->type == "uuid" && content.starts_with(k_xmp_uuid)) return std::string(content.substr(k_xmp_uuid.size()));
        at = box->end;
    }
    return no_packet();
}

/// Appends the box; nothing in the file points to its end.
Result<void> append_box(const fs::path& path, std::string_view packet)
{
    {
        const auto mapped = MappedFile::open(path);
        if (!mapped) return mapped.error();
        const std::string_view file(reinterpret_cast<const char*>((*mapped)->bytes().data()), (*mapped)->bytes().size());
        for (std::uint64_t at = 0; at < file.size();) {
            const auto box = box_at(file, at);
            const bool open_end = box && big_endian(file.substr(at, 4)) == 0;
            if (!box || open_end)
                return make_error(ErrorKind::corrupt,
                                  in_quotes(path_to_utf8(path)) + " has no place for XMP: its boxes are damaged.");
            at = box->end;
        }
    }
    const std::uint32_t size = static_cast<std::uint32_t>(8 + k_xmp_uuid.size() + packet.size());
    std::string box;
    for (int shift = 24; shift >= 0; shift -= 8)
        box += static_cast<char>(size >> static_cast<unsigned>(shift));
    box += "uuid";
    box += k_xmp_uuid;
    box += packet;
    errno = 0;
    std::ofstream out(path, std::ios::binary | std::ios::app);
    out.write(box.data(), static_cast<std::streamsize>(box.size()));
    out.close();
    if (!out) return file_error(path, "written", errno == 0 ? EIO : errno);
    return {};
}

}  // namespace

bool can_hold_xmp(std::span<const std::byte> head)
{
    return container_of(std::string_view(reinterpret_cast<const char*>(head.data()), head.size())) != Container::none;
}

Result<void> embed_xmp(const fs::path& path, std::string_view packet)
{
    if (packet.size() > k_longest_packet)
        return make_error(ErrorKind::unsupported, "The metadata are too long to be written.");
    char head[16] = {};
    std::ifstream in(path, std::ios::binary);
    if (!in) return make_error(ErrorKind::not_found, in_quotes(path_to_utf8(path)) + " isn't there.");
    in.read(head, sizeof head);
    const Container container = container_of(std::string_view(head, static_cast<std::size_t>(in.gcount())));
    in.close();
    if (container == Container::boxes) return append_box(path, packet);
    if (container == Container::none)
        return make_error(ErrorKind::unsupported, in_quotes(path_to_utf8(path)) + " is of a kind that holds no XMP.");
    auto file = read_file(path, k_largest_picture);
    if (!file) return file.error();
    auto with = container == Container::png    ? png_with_xmp(*file, packet)
                : container == Container::tiff ? tiff_with_xmp(*file, packet)
                : container == Container::webp ? webp_with_xmp(*file, packet)
                : container == Container::exr  ? exr_with_attribute(*file, k_exr_name, "string", packet)
                                               : gif_with_xmp(*file, packet);
    if (!with) return make_error(with.error().kind, in_quotes(path_to_utf8(path)) + ": " + with.error().message);
    return write_file(path, *with);
}

Result<std::string> find_xmp(std::span<const std::byte> bytes)
{
    const std::string_view file(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    Result<std::string> packet = no_packet();
    switch (container_of(file.substr(0, 16))) {
        case Container::boxes:
            packet = find_in_boxes(file);
            break;
        case Container::png:
            packet = xmp_of_png(file);
            break;
        case Container::tiff:
            packet = xmp_of_tiff(file);
            break;
        case Container::webp:
            packet = xmp_of_webp(file);
            break;
        case Container::gif:
            packet = xmp_of_gif(file);
            break;
        case Container::exr:
            packet = exr_attribute(file, k_exr_name);
            break;
        case Container::none:
            break;
    }
    if (packet && packet->size() > k_longest_packet)
        return make_error(ErrorKind::unsupported, "The file's metadata are too long.");
    return packet;
}

}  // namespace kinora::core
