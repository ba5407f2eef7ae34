#include "core/runtime/gpu_runtime.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/models/json_file.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* k_facts = "runtime.json";
constexpr const char* k_parts = "parts.json";
constexpr const char* k_unfinished = ".unfinished-";
/// What is downloaded grows by about so much when it is unpacked.
constexpr double k_growth = 1.9;

bool is_id(const std::string& id)
{
    return !id.empty() && id.front() != '.' && id.find_first_of("/\\") == std::string::npos;
}

fs::path unfinished(const RuntimePlaces& places, const std::string& id)
{
    return places.folder / (k_unfinished + id);
}

std::string chosen(const RuntimePlaces& places)
{
    const auto choice = read_json_object(places.choice, 65536);
    if (!choice || !choice->contains("use") || !choice->at("use").is_string()) return {};
    return choice->at("use").get<std::string>();
}

std::uint64_t size_below(const fs::path& folder)
{
    std::uint64_t bytes = 0;
    std::error_code failed;
    for (const auto& entry : fs::recursive_directory_iterator(folder, failed))
        if (entry.is_regular_file(failed)) bytes += entry.file_size(failed);
    return bytes;
}

/// The wheel of a package index on this machine.
std::optional<fs::path> local_file(const RuntimePart& part)
{
    constexpr std::string_view k_local = "file://";
    if (part.url.rfind(k_local, 0) != 0) return {};
    return path_from_utf8(std::string_view(part.url).substr(k_local.size()));
}

Result<std::uint64_t> size_of(const RuntimePart& part, const DownloadOptions& options, const std::stop_token& stop)
{
    if (const auto source = local_file(part)) {
        std::error_code failed;
        const auto size = fs::file_size(*source, failed);
        if (failed) return file_error(*source, "can't be read", failed.value());
        return std::uint64_t{size};
    }
    WebClient client(options.patience);
    const auto location = locate_address(client, part.url, {}, options.retries, stop);
    if (!location) return location.error();
    if (!location->size_told) return make_error(ErrorKind::io, part.url + " doesn't tell its size.");
    return location->size;
}

Result<void> note_parts(const fs::path& folder, const std::vector<RuntimePart>& parts)
{
    json list = json::array();
    for (const RuntimePart& part : parts) {
        list.push_back({{"name", part.name},
                        {"version", part.version},
                        {"url", part.url},
                        {"sha256", part.sha256},
                        {"size", part.size}});
    }
    return write_file(folder / k_parts, json{{"parts", list}}.dump(1));
}

/// Brings one package's wheel into `target`, checked.
Result<void> fetch_part(const RuntimePart& part, const fs::path& target, const DownloadOptions& options,
                        const std::function<void(const FileProgress&)>& progress, const std::stop_token& stop)
{
    const HubFile file{part.name + ".whl", part.size, part.sha256, {}};
    if (const auto source = local_file(part)) {
        // A package index on this machine: nothing to fetch, but to check.
        if (progress) progress({file.size, file.size, true});
        std::error_code failed;
        if (auto checked = check_file(*source, file, stop); !checked) return checked;
        fs::remove(target, failed);
        fs::create_symlink(*source, target, failed);
        if (failed) return file_error(target, "can't be written", failed.value());
        return {};
    }
    const FileOrder order{part.name, {}, file, target, part.url};
    return download_file(Hub{}, order, options, progress, stop);
}

/// The packages that an unfinished installation has unpacked already, by checksum.
std::set<std::string> unpacked_parts(const fs::path& folder)
{
    std::set<std::string> done;
    const auto facts = read_json_object(folder / k_facts, 1U << 20U);
    if (!facts || !facts->contains("parts") || !facts->at("parts").is_array()) return done;
    for (const auto& part : facts->at("parts"))
        if (part.is_object() && part.contains("sha256") && part.at("sha256").is_string())
            done.insert(part.at("sha256").get<std::string>());
    return done;
}

Result<void> write_facts(const fs::path& folder, const GpuBuild& build, const std::vector<RuntimePart>& parts,
                         const std::set<std::string>& done)
{
    json list = json::array();
    for (const RuntimePart& part : parts)
        if (done.contains(part.sha256))
            list.push_back({{"name", part.name}, {"version", part.version}, {"sha256", part.sha256}});
    return write_file(folder / k_facts, json{{"id", build.id}, {"title", build.title}, {"parts", list}}.dump(1));
}

Result<void> install_parts(const fs::path& folder, const GpuBuild& build, std::vector<RuntimePart> parts,
                           const DownloadOptions& options, const std::function<void(const RuntimeProgress&)>& progress,
                           const std::stop_token& stop)
{
    auto done = unpacked_parts(folder);
    const int count = static_cast<int>(parts.size());
    std::uint64_t all = 0;
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (progress) progress({{}, static_cast<int>(i) + 1, count, 0, 0, false, 0, 0});
        if (parts[i].size == 0 && !done.contains(parts[i].sha256)) {
            const auto size = size_of(parts[i], options, stop);
            if (!size) return size.error();
            parts[i].size = *size;
        }
        all += parts[i].size;
        if (done.contains(parts[i].sha256)) before += parts[i].size;
    }
    if (auto noted = note_parts(folder, parts); !noted) return noted;
    const auto tell = [&](std::size_t i, std::uint64_t bytes, std::uint64_t total, bool unpacking) {
        const std::uint64_t arrived = before + (unpacking ? parts[i].size : bytes);
        if (progress) progress({parts[i].name, static_cast<int>(i) + 1, count, bytes, total, unpacking, arrived, all});
    };
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (done.contains(parts[i].sha256)) continue;
        const fs::path wheel = folder / (parts[i].name + ".whl");
        const auto fetched = fetch_part(
            parts[i], wheel, options, [&](const FileProgress& now) { tell(i, now.done, now.total, false); }, stop);
        if (!fetched) return fetched;
        const auto unpacked = unpack_libraries(
            wheel, folder, [&](std::uint64_t bytes, std::uint64_t total) { tell(i, bytes, total, true); }, stop);
        if (!unpacked) return unpacked;
        std::error_code ignored;
        fs::remove(wheel, ignored);
        done.insert(parts[i].sha256);
        before += parts[i].size;
        if (auto noted = write_facts(folder, build, parts, done); !noted) return noted;
    }
    return {};
}

}  // namespace

RuntimePlaces RuntimePlaces::standard()
{
    return {data_dir() / "runtimes", config_dir() / "runtime.json"};
}

Result<InstalledRuntime> install_runtime(const RuntimePlaces& places, const GpuBuild& build,
                                         const std::vector<RuntimePart>& parts, const DownloadOptions& options,
                                         const std::function<void(const RuntimeProgress&)>& progress,
                                         const std::stop_token& stop)
{
    const fs::path folder = unfinished(places, build.id);
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) return file_error(folder, "can't be made", failed.value());
    const auto there = size_below(folder);
    const auto room = options.free_space ? options.free_space(folder) : fs::space(folder, failed).available;
    const auto wanted = static_cast<std::uint64_t>(build.about_gb * k_growth * 1e9);
    if (room + there < wanted) {
        return make_error(ErrorKind::disk_full,
                          fmt::format("{} takes about {:.1f} GB while it is installed, and {} has {:.1f} GB left.",
                                      build.title, static_cast<double>(wanted) / 1e9, in_quotes(path_to_utf8(places.folder)),
                                      static_cast<double>(room) / 1e9));
    }
    if (auto installed = install_parts(folder, build, parts, options, progress, stop); !installed) return installed.error();
    const fs::path target = places.folder / build.id;
    fs::remove(folder / k_parts, failed);
    fs::remove_all(target, failed);
    fs::rename(folder, target, failed);
    if (failed) return file_error(target, "can't be made", failed.value());
    if (auto used = use_runtime(places, build.id); !used) return used.error();
    return *used_runtime(places);
}

bool is_begun(const RuntimePlaces& places, const GpuBuild& build)
{
    std::error_code failed;
    return fs::exists(unfinished(places, build.id), failed);
}

std::vector<RuntimePart> noted_parts(const RuntimePlaces& places, const GpuBuild& build)
{
    // A package index may have other files by then.
    constexpr auto k_good_for = std::chrono::hours(24 * 7);
    const fs::path file = unfinished(places, build.id) / k_parts;
    std::error_code failed;
    const auto written = fs::last_write_time(file, failed);
    if (failed || fs::file_time_type::clock::now() - written > k_good_for) return {};
    const auto noted = read_json_object(file, 1U << 20U);
    if (!noted) return {};
    try {
        std::vector<RuntimePart> parts;
        for (const auto& part : noted->at("parts")) {
            parts.push_back({part.at("name").get<std::string>(), part.at("version").get<std::string>(),
                             part.at("url").get<std::string>(), part.at("sha256").get<std::string>(),
                             part.at("size").get<std::uint64_t>()});
        }
        return parts;
    } catch (const json::exception&) {
        return {};
    }
}

std::vector<InstalledRuntime> installed_runtimes(const RuntimePlaces& places)
{
    std::vector<InstalledRuntime> found;
    const std::string use = chosen(places);
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(places.folder, failed)) {
        const std::string id = path_to_utf8(entry.path().filename());
        const fs::path libraries = entry.path() / "torch" / "lib";
        std::error_code missing;
        if (!is_id(id) || !fs::exists(entry.path() / k_facts, missing) || !fs::exists(libraries / "libtorch.so", missing))
            continue;
        found.push_back({id, entry.path(), libraries, size_below(entry.path()), id == use});
    }
    std::sort(found.begin(), found.end(), [](const auto& left, const auto& right) { return left.id > right.id; });
    return found;
}

std::optional<InstalledRuntime> used_runtime(const RuntimePlaces& places)
{
    // Without the sizes, since every start of the program asks.
    const std::string id = chosen(places);
    const fs::path folder = places.folder / id;
    const fs::path libraries = folder / "torch" / "lib";
    std::error_code missing;
    if (!is_id(id) || !fs::exists(folder / k_facts, missing) || !fs::exists(libraries / "libtorch.so", missing)) return {};
    return InstalledRuntime{id, folder, libraries, 0, true};
}

Result<void> use_runtime(const RuntimePlaces& places, const std::string& id)
{
    const auto all = installed_runtimes(places);
    if (!id.empty() && std::none_of(all.begin(), all.end(), [&](const auto& one) { return one.id == id; }))
        return make_error(ErrorKind::not_found, "The runtime " + in_quotes(id) + " isn't installed.");
    std::error_code failed;
    fs::create_directories(places.choice.parent_path(), failed);
    return write_file(places.choice, json{{"use", id}}.dump(1));
}

Result<void> remove_runtime(const RuntimePlaces& places, const std::string& id)
{
    std::uintmax_t removed = 0;
    if (is_id(id)) {
        for (const fs::path& folder : {places.folder / id, unfinished(places, id)}) {
            std::error_code failed;
            const auto count = fs::remove_all(folder, failed);
            if (failed) return file_error(folder, "can't be removed", failed.value());
            removed += count;
        }
    }
    if (removed == 0) return make_error(ErrorKind::not_found, "The runtime " + in_quotes(id) + " isn't installed.");
    return chosen(places) == id ? use_runtime(places, {}) : Result<void>{};
}

}  // namespace kinora::core
