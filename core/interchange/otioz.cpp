#include "core/interchange/otioz.h"

#include <zip.h>

#include <memory>
#include <optional>
#include <set>

#include "core/base/file.h"
#include "core/base/ids.h"
#include "core/base/mapped_file.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/interchange/timeline.h"
#include "core/project/project_json.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Entry = std::unique_ptr<zip_file_t, Discard>;

constexpr std::int64_t k_most_entries = 100'000;
constexpr std::size_t k_piece = std::size_t{1} << 20U;

Error broken(std::string_view name, const std::string& why)
{
    return make_error(ErrorKind::corrupt, in_quotes(name) + " can't be read as OTIOZ: " + why + ".");
}

Error write_error(const fs::path& file, zip_error_t* error)
{
    const int system = zip_error_code_system(error);
    if (zip_error_system_type(error) == ZIP_ET_SYS && system != 0) return file_error(file, "written", system);
    return make_error(ErrorKind::io,
                      in_quotes(path_to_utf8(file)) + " can't be written: " + zip_error_strerror(error) + ".");
}

Result<Archive> open_in_memory(std::span<const std::byte> bytes, std::string_view name)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
    std::string why = archive == nullptr ? zip_error_strerror(&error) : "";
    if (archive == nullptr && source != nullptr) zip_source_free(source);
    zip_error_fini(&error);
    if (archive == nullptr) return broken(name, why);
    return Archive(archive);
}

/// The entry's size as the archive tells it; nothing for what isn't told.
std::optional<std::uint64_t> size_of(zip_t* archive, zip_uint64_t index)
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(archive, index, 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0) return std::nullopt;
    return stat.size;
}

Result<std::string> text_of(zip_t* archive, zip_int64_t index, std::string_view name)
{
    if (index < 0) return broken(name, "it has no content.otio");
    const auto size = size_of(archive, static_cast<zip_uint64_t>(index));
    if (!size || *size > k_longest_timeline)
        return make_error(ErrorKind::unsupported, in_quotes(name) + " holds a timeline of more than 64 MiB.");
    const Entry entry(zip_fopen_index(archive, static_cast<zip_uint64_t>(index), 0));
    if (!entry) return broken(name, zip_strerror(archive));
    std::string text;
    std::string piece(k_piece, '\0');
    while (true) {
        const zip_int64_t got = zip_fread(entry.get(), piece.data(), piece.size());
        if (got < 0) return broken(name, zip_file_strerror(entry.get()));
        if (got == 0) return text;
        if (text.size() + static_cast<std::size_t>(got) > *size) return broken(name, "an entry is larger than it says");
        text.append(piece, 0, static_cast<std::size_t>(got));
    }
}

/// True for an entry that may be unpacked: an ordinary file below media/.
bool is_medium(zip_t* archive, zip_uint64_t index, std::string_view name)
{
    if (!name.starts_with("media/") || !is_safe_relative_path(name)) return false;
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0) return false;
    const zip_uint32_t kind = (attributes >> 16U) & 0170000U;
    return system != ZIP_OPSYS_UNIX || kind == 0 || kind == 0100000U;
}

Result<void> unpack_entry(zip_t* archive, zip_uint64_t index, const fs::path& to, std::string_view name,
                          const std::stop_token& stop)
{
    const std::uint64_t size = *size_of(archive, index);
    std::error_code failed;
    fs::create_directories(to.parent_path(), failed);
    if (failed) return file_error(to, "written", failed.value());
    auto file = AtomicFile::create(to);
    if (!file) return file.error();
    const Entry entry(zip_fopen_index(archive, index, 0));
    if (!entry) return broken(name, zip_strerror(archive));
    std::vector<std::byte> piece(k_piece);
    for (std::uint64_t done = 0;;) {
        if (stop.stop_requested())
            return make_error(ErrorKind::cancelled, "Unpacking " + in_quotes(name) + " was cancelled.");
        const zip_int64_t got = zip_fread(entry.get(), piece.data(), piece.size());
        if (got < 0) return broken(name, zip_file_strerror(entry.get()));
        if (got == 0) return file->commit();
        done += static_cast<std::uint64_t>(got);
        if (done > size) return broken(name, "an entry is larger than it says");
        if (auto written = file->write(std::span(piece).first(static_cast<std::size_t>(got))); !written) return written;
    }
}

/// Room for everything, before anything is written.
Result<std::vector<zip_uint64_t>> media_of(zip_t* archive, const fs::path& folder, std::string_view name)
{
    const zip_int64_t count = zip_get_num_entries(archive, 0);
    if (count < 0 || count > k_most_entries) return broken(name, "it has too many entries");
    std::vector<zip_uint64_t> media;
    double bytes = 0;
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
        const char* entry = zip_get_name(archive, i, 0);
        if (entry == nullptr || !is_medium(archive, i, entry)) continue;
        const auto size = size_of(archive, i);
        if (!size) return broken(name, "an entry doesn't say how large it is");
        bytes += static_cast<double>(*size);
        media.push_back(i);
    }
    std::error_code unknown;
    const fs::space_info space = fs::space(folder, unknown);
    if (!unknown && bytes > static_cast<double>(space.available))
        return make_error(ErrorKind::disk_full, "There is not enough room to unpack " + in_quotes(name) + ": " +
                                                    std::to_string(static_cast<long long>(bytes / 1e6) + 1) +
                                                    " MB are needed.");
    return media;
}

bool add_text(zip_t* archive, const char* name, std::string_view text)
{
    zip_source_t* source = zip_source_buffer(archive, text.data(), text.size(), 0);
    const zip_int64_t index = source == nullptr ? -1 : zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0 && source != nullptr) zip_source_free(source);
    return index >= 0 && zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, 0) == 0;
}

bool add_medium(zip_t* archive, const PackedFile& medium)
{
    zip_source_t* source = zip_source_file(archive, medium.second.c_str(), 0, -1);
    const zip_int64_t index = source == nullptr ? -1 : zip_file_add(archive, medium.first.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0 && source != nullptr) zip_source_free(source);
    return index >= 0 && zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0) == 0;
}

int stop_asked(zip_t*, void* stop)
{
    return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

}  // namespace

Result<void> write_otioz(const fs::path& file, std::string_view content, const std::vector<PackedFile>& media,
                         const std::stop_token& stop)
{
    std::set<std::string_view> names;
    for (const auto& [name, from] : media) {
        if (!is_safe_relative_path(name) || !names.insert(name).second)
            return make_error(ErrorKind::invalid_argument, "An OTIOZ can't hold two media called " + in_quotes(name) + ".");
        std::error_code ignored;
        if (!fs::is_regular_file(from, ignored))
            return make_error(ErrorKind::not_found, in_quotes(path_to_utf8(from)) + " isn't there.");
    }
    const fs::path partial =
        (file.has_parent_path() ? file.parent_path() : fs::path(".")) / (".kinora-" + make_id() + ".partial");
    int code = 0;
    Archive archive(zip_open(partial.c_str(), ZIP_CREATE | ZIP_EXCL, &code));
    if (!archive) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        return write_error(file, &error);
    }
    bool added = add_text(archive.get(), "version.txt", "1.0.0") && add_text(archive.get(), "content.otio", content);
    for (const PackedFile& medium : media)
        added = added && add_medium(archive.get(), medium);
    if (!added) return write_error(file, zip_get_error(archive.get()));
    std::stop_token asked = stop;
    zip_register_cancel_callback_with_state(archive.get(), stop_asked, nullptr, &asked);
    if (zip_close(archive.get()) != 0) {
        const bool cancelled = stop.stop_requested();
        return cancelled ? make_error(ErrorKind::cancelled, "Writing " + in_quotes(path_to_utf8(file)) + " was cancelled.")
                         : write_error(file, zip_get_error(archive.get()));
    }
    (void)archive.release();
    std::error_code failed;
    fs::rename(partial, file, failed);
    if (!failed) return {};
    std::error_code ignored;
    fs::remove(partial, ignored);
    return file_error(file, "written", failed.value());
}

Result<std::string> otioz_content(std::span<const std::byte> archive, std::string_view name)
{
    const auto opened = open_in_memory(archive, name);
    if (!opened) return opened.error();
    return text_of(opened->get(), zip_name_locate(opened->get(), "content.otio", 0), name);
}

Result<std::string> unpack_otioz(const fs::path& file, const fs::path& folder, const std::stop_token& stop)
{
    const auto mapped = MappedFile::open(file);
    if (!mapped) return mapped.error();
    const std::string name = path_to_utf8(file);
    const auto opened = open_in_memory((*mapped)->bytes(), name);
    if (!opened) return opened.error();
    zip_t* archive = opened->get();
    auto content = text_of(archive, zip_name_locate(archive, "content.otio", 0), name);
    if (!content) return content;
    const auto media = media_of(archive, folder, name);
    if (!media) return media.error();
    for (const zip_uint64_t index : *media) {
        const auto unpacked =
            unpack_entry(archive, index, folder / path_from_utf8(zip_get_name(archive, index, 0)), name, stop);
        if (!unpacked) return unpacked.error();
    }
    return content;
}

}  // namespace kinora::core
