#include <nlohmann/json.hpp>
#include <system_error>

#include "core/base/file.h"
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

/// Copies files and folders; links are left behind, because a project never needs one and a foreign one may lead anywhere.
std::error_code copy_files(const fs::path& from, const fs::path& to)
{
    std::error_code error;
    fs::create_directories(to, error);
    if (error) return error;
    fs::recursive_directory_iterator entry(from, error);
    for (const fs::recursive_directory_iterator end; !error && entry != end; entry.increment(error)) {
        const fs::path relative = entry->path().lexically_relative(from);
        const bool skipped = is_left_behind(relative) || entry->is_symlink(error);
        if (skipped) {
            entry.disable_recursion_pending();
        } else if (entry->is_directory(error)) {
            fs::create_directories(to / relative, error);
        } else if (!error && entry->is_regular_file(error)) {
            fs::copy_file(entry->path(), to / relative, error);
            // A sample project may come from a read-only place; its copy belongs to the artist.
            if (!error) fs::permissions(to / relative, fs::perms::owner_write, fs::perm_options::add, error);
        }
        if (error) return error;
    }
    return error;
}

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
        const bool full = code == std::errc::no_space_on_device;
        return make_error(full ? ErrorKind::disk_full : ErrorKind::io,
                          "The project can't be copied to " + path_to_utf8(to) + ": " + code.message() + ".");
    };
    if (error = copy_files(from, partial); error) return fail(error);
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
