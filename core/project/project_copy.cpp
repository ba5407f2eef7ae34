#include "core/project/project_copy.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <system_error>

#include "core/base/file.h"
#include "core/base/file_copy.h"
#include "core/base/ids.h"
#include "core/base/json_text.h"
#include "core/base/paths.h"
#include "core/base/utf8.h"
#include "core/project/project_json.h"
#include "core/project/project_store.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t k_largest_project = 512ULL << 20U;

bool is_left_behind(const fs::path& relative)
{
    const std::string first = relative.begin()->string();
    const std::string name = relative.filename().string();
    return first == "backups" || first == ".lock" || first == ".open" || first == "project.json" ||
           (name.starts_with(".kinora-") && name.ends_with(".partial"));
}

/// Larger files are copied piece by piece, so that they can be stopped and watched.
constexpr std::uintmax_t k_small_file = 16ULL << 20U;

/// Calls `each` with every entry that belongs into a copy. Links are left behind, because a project never needs one and a
/// foreign one may lead anywhere.
std::error_code walk(const fs::path& from,
                     const std::function<std::error_code(const fs::directory_entry&, const fs::path& relative)>& each)
{
    std::error_code error;
    fs::recursive_directory_iterator entry(from, error);
    for (const fs::recursive_directory_iterator end; !error && entry != end; entry.increment(error)) {
        const fs::path relative = entry->path().lexically_relative(from);
        if (is_left_behind(relative) || entry->is_symlink(error))
            entry.disable_recursion_pending();
        else if (!error)
            error = each(*entry, relative);
        if (error) return error;
    }
    return error;
}

std::uintmax_t size_of_copy(const fs::path& from)
{
    std::uintmax_t bytes = 0;
    const auto failed = walk(from, [&](const fs::directory_entry& entry, const fs::path&) {
        std::error_code error;
        if (entry.is_regular_file(error)) bytes += entry.file_size(error);
        return error;
    });
    return failed ? 0 : bytes;
}

/// Copies files and folders, telling how far it is.
class Copier {
public:
    Copier(const fs::path& from, fs::path to, const CopyWatch& watch)
        : to_(std::move(to)), watch_(watch), total_(watch.progress ? size_of_copy(from) : 0)
    {
    }

    std::error_code copy(const fs::path& from)
    {
        std::error_code error;
        fs::create_directories(to_, error);
        if (error) return error;
        return walk(from, [this](const fs::directory_entry& entry, const fs::path& relative) {
            if (watch_.stop.stop_requested()) return std::make_error_code(std::errc::operation_canceled);
            return copy_entry(entry, to_ / relative);
        });
    }

private:
    std::error_code copy_entry(const fs::directory_entry& entry, const fs::path& target)
    {
        std::error_code error;
        if (entry.is_directory(error)) {
            fs::create_directories(target, error);
            return error;
        }
        if (error || !entry.is_regular_file(error)) return error;
        const std::uintmax_t bytes = entry.file_size(error);
        if (!error && bytes > k_small_file) return copy_large(entry, target, bytes);
        if (!error) fs::copy_file(entry.path(), target, error);
        // A sample project may come from a read-only place; its copy belongs to the artist.
        if (!error) fs::permissions(target, fs::perms::owner_write, fs::perm_options::add, error);
        done_ += bytes;
        tell(0);
        return error;
    }

    std::error_code copy_large(const fs::directory_entry& entry, const fs::path& target, std::uintmax_t bytes)
    {
        const auto copied = copy_file_whole(
            entry.path(), target, [this](std::uint64_t part) { tell(part); }, watch_.stop);
        done_ += bytes;
        if (copied) return {};
        const ErrorKind kind = copied.error().kind;
        return std::make_error_code(kind == ErrorKind::cancelled   ? std::errc::operation_canceled
                                    : kind == ErrorKind::disk_full ? std::errc::no_space_on_device
                                                                   : std::errc::io_error);
    }

    void tell(std::uint64_t part) const
    {
        if (watch_.progress && total_ > 0)
            watch_.progress(std::min(1.0, static_cast<double>(done_ + part) / static_cast<double>(total_)));
    }

    fs::path to_;
    const CopyWatch& watch_;
    std::uintmax_t total_;
    std::uintmax_t done_ = 0;
};

/// The document in a folder, checked.
Result<nlohmann::json> document_in(const fs::path& folder)
{
    const auto text = read_file(folder / "project.json", k_largest_project);
    if (!text) return text.error();
    auto json = parse_json(*text, "The project " + path_to_utf8(folder / "project.json"));
    if (!json) return json.error();
    if (const auto parsed = project_from_json(*json); !parsed) return parsed.error();
    return json;
}

/// The document of the copy: another id, another name, everything else as it was, what a newer Kinora wrote included.
Result<std::string> document_of_copy(const fs::path& from, const std::string& name)
{
    auto json = document_in(from);
    if (!json) return json.error();
    (*json)["id"] = make_id();
    (*json)["name"] = name;
    return json_text(*json, 1);
}

}  // namespace

Result<void> copy_project(const fs::path& from, const fs::path& to, const std::string& name)
{
    return copy_project(from, to, name, CopyWatch{});
}

Result<void> copy_project(const fs::path& from, const fs::path& to, const std::string& name, const CopyWatch& watch)
{
    std::error_code error;
    if (fs::exists(to, error))
        return make_error(ErrorKind::already_exists,
                          path_to_utf8(to) + " is there already; choose another name for the copy.");
    const auto document = document_of_copy(from, name);
    if (!document) return document.error();
    const fs::path partial = to.parent_path() / (".kinora-" + make_id() + ".partial");
    const auto fail = [&](const std::error_code& code) {
        std::error_code ignored;
        fs::remove_all(partial, ignored);
        if (code == std::errc::operation_canceled)
            return make_error(ErrorKind::cancelled, "The copy of the project was stopped.");
        const bool full = code == std::errc::no_space_on_device;
        return make_error(full ? ErrorKind::disk_full : ErrorKind::io,
                          "The project can't be copied to " + path_to_utf8(to) + ": " + code.message() + ".");
    };
    if (error = Copier(from, partial, watch).copy(from); error) return fail(error);
    if (const auto written = write_file(partial / "project.json", std::string_view(*document)); !written) {
        fs::remove_all(partial, error);
        return written.error();
    }
    fs::rename(partial, to, error);
    if (error) return fail(error);
    return {};
}

Result<std::string> project_name(const fs::path& folder)
{
    const auto json = document_in(folder);
    if (!json) return json.error();
    const auto parsed = project_from_json(*json);
    return parsed ? Result<std::string>(parsed->project.name) : parsed.error();
}

fs::path free_project_folder(const fs::path& parent, std::string_view name)
{
    std::string base;
    for (const char c : utf8_prefix(name, 80)) {
        const bool refused =
            static_cast<unsigned char>(c) < 32 || std::string_view("/\\:*?\"<>|\x7F").find(c) != std::string_view::npos;
        base += refused ? '-' : c;
    }
    while (!base.empty() && (base.back() == ' ' || base.back() == '.'))
        base.pop_back();
    while (!base.empty() && (base.front() == ' ' || base.front() == '.'))
        base.erase(0, 1);
    if (base.empty()) base = "Untitled";
    std::error_code ignored;
    fs::path folder = parent / path_from_utf8(base);
    for (int i = 2; fs::exists(folder, ignored); ++i)
        folder = parent / path_from_utf8(base + "-" + std::to_string(i));
    return folder;
}

}  // namespace kinora::core
