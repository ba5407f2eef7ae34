#include "core/models/zip_directory.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "core/base/byte_reader.h"
#include "core/base/text.h"

namespace kinora::core {
namespace {

constexpr std::uint32_t k_end_mark = 0x06054b50;
constexpr std::uint32_t k_end64_mark = 0x06064b50;
constexpr std::uint32_t k_locator_mark = 0x07064b50;
constexpr std::uint32_t k_entry_mark = 0x02014b50;
constexpr std::uint32_t k_local_mark = 0x04034b50;
constexpr std::uint64_t k_end_size = 22;
constexpr std::uint64_t k_locator_size = 20;
constexpr std::uint64_t k_longest_comment = 0xFFFF;
constexpr std::uint64_t k_smallest_entry = 46;
constexpr std::uint16_t k_large_fields = 1;  // the extra field that holds 64-bit sizes

/// Where the directory is and how many entries it has.
struct Directory {
    std::uint64_t entries = 0;
    std::uint64_t size = 0;
    std::uint64_t begin = 0;
};

std::optional<std::uint64_t> find_end(std::span<const std::byte> archive)
{
    if (archive.size() < k_end_size) return std::nullopt;
    const std::uint64_t last = archive.size() - k_end_size;
    const std::uint64_t first = last > k_longest_comment ? last - k_longest_comment : 0;
    for (std::uint64_t place = last + 1; place-- > first;) {
        ByteReader reader(archive, place);
        if (reader.number<std::uint32_t>() != k_end_mark) continue;
        reader.skip(16);
        if (reader.number<std::uint16_t>() == last - place) return place;
    }
    return std::nullopt;
}

/// The sizes of an archive that is too large for the plain record.
std::string read_end64(std::span<const std::byte> archive, std::uint64_t end, Directory& directory)
{
    if (end < k_locator_size) return "its directory is damaged";
    ByteReader locator(archive, end - k_locator_size);
    if (locator.number<std::uint32_t>() != k_locator_mark) return "its directory is damaged";
    locator.skip(4);
    ByteReader record(archive, std::min<std::uint64_t>(locator.number<std::uint64_t>(), archive.size()));
    if (record.number<std::uint32_t>() != k_end64_mark) return "its directory is damaged";
    record.skip(8 + 2 + 2);
    if (record.number<std::uint32_t>() != 0 || record.number<std::uint32_t>() != 0) return "it is split over several files";
    record.skip(8);
    directory.entries = record.number<std::uint64_t>();
    directory.size = record.number<std::uint64_t>();
    directory.begin = record.number<std::uint64_t>();
    return record.ok() ? std::string() : "its directory is damaged";
}

std::string read_end(std::span<const std::byte> archive, Directory& directory)
{
    const auto end = find_end(archive);
    if (!end) return "its directory is missing; the download may be incomplete";
    ByteReader reader(archive, *end + 4);
    const auto disk = reader.number<std::uint16_t>();
    const auto directory_disk = reader.number<std::uint16_t>();
    reader.skip(2);
    directory.entries = reader.number<std::uint16_t>();
    directory.size = reader.number<std::uint32_t>();
    directory.begin = reader.number<std::uint32_t>();
    const bool large = directory.entries == 0xFFFF || directory.size == 0xFFFFFFFF || directory.begin == 0xFFFFFFFF;
    if (large) return read_end64(archive, *end, directory);
    return disk == 0 && directory_disk == 0 ? std::string() : "it is split over several files";
}

/// Takes 64-bit sizes out of an entry's extra fields, in the order in which the plain fields overflow.
void read_large_fields(std::string_view extra, std::uint64_t& size, std::uint64_t& stored, std::uint64_t& offset)
{
    ByteReader fields(std::as_bytes(std::span(extra.data(), extra.size())));
    while (fields.left() >= 4) {
        const auto kind = fields.number<std::uint16_t>();
        const auto length = fields.number<std::uint16_t>();
        const auto content = fields.text(length);
        if (kind != k_large_fields) continue;
        ByteReader numbers(std::as_bytes(std::span(content.data(), content.size())));
        for (std::uint64_t* field : {&size, &stored, &offset})
            if (*field == 0xFFFFFFFF && numbers.left() >= 8) *field = numbers.number<std::uint64_t>();
    }
}

/// Reads one entry; the reason it can't be taken, otherwise.
std::string read_entry(ByteReader& reader, std::span<const std::byte> archive, const Directory& directory, std::string& name,
                       ZipEntry& entry)
{
    if (reader.number<std::uint32_t>() != k_entry_mark) return "its directory is damaged";
    reader.skip(4);
    const auto flags = reader.number<std::uint16_t>();
    const auto method = reader.number<std::uint16_t>();
    reader.skip(8);
    std::uint64_t stored = reader.number<std::uint32_t>();
    std::uint64_t size = reader.number<std::uint32_t>();
    const auto name_length = reader.number<std::uint16_t>();
    const auto extra_length = reader.number<std::uint16_t>();
    const auto comment_length = reader.number<std::uint16_t>();
    reader.skip(8);
    std::uint64_t offset = reader.number<std::uint32_t>();
    name = reader.text(name_length);
    const auto extra = reader.text(extra_length);
    reader.skip(comment_length);
    if (!reader.ok()) return "its directory is cut off";
    read_large_fields(extra, size, stored, offset);
    if ((flags & 1U) != 0) return in_quotes(name) + " in it is encrypted";
    if (method != 0 || size != stored)
        return in_quotes(name) + " in it is compressed, and Kinora reads weights only where they are stored as they are";

    ByteReader local(archive, std::min<std::uint64_t>(offset, archive.size()));
    if (local.number<std::uint32_t>() != k_local_mark) return in_quotes(name) + " in it isn't where its directory says";
    local.skip(22);
    const auto local_name = local.number<std::uint16_t>();
    const auto local_extra = local.number<std::uint16_t>();
    local.skip(std::uint64_t{local_name} + local_extra);
    entry.begin = local.position();
    if (!local.ok() || entry.begin > directory.begin || size > directory.begin - entry.begin)
        return in_quotes(name) + " in it reaches past its end";
    entry.end = entry.begin + size;
    return {};
}

}  // namespace

std::string parse_zip_directory(std::span<const std::byte> archive, std::map<std::string, ZipEntry>& entries)
{
    Directory directory;
    if (auto reason = read_end(archive, directory); !reason.empty()) return reason;
    if (directory.begin > archive.size() || directory.size > archive.size() - directory.begin ||
        directory.entries > directory.size / k_smallest_entry)
        return "its directory is damaged";
    ByteReader reader(archive.subspan(static_cast<std::size_t>(directory.begin), static_cast<std::size_t>(directory.size)));
    for (std::uint64_t i = 0; i < directory.entries; ++i) {
        std::string name;
        ZipEntry entry;
        if (auto reason = read_entry(reader, archive, directory, name, entry); !reason.empty()) return reason;
        if (!entries.emplace(name, entry).second) return in_quotes(name) + " stands in it twice";
    }
    return {};
}

}  // namespace kinora::core
