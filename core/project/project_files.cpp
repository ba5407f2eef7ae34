#include "core/project/project_files.h"

#include <algorithm>
#include <set>

#include "core/base/file_copy.h"
#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/base/utf8.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

/// First shot that shows a take for which `shows` holds.
template <typename Shows>
std::string first_shot(const Project& project, Shows shows)
{
    for (const SharedValue<Shot>& shot : project.shots)
        if (std::any_of(shot->takes.begin(), shot->takes.end(), shows)) return shot->id;
    return {};
}

bool is_there(const ProjectStore& store, const std::string& file, std::uint64_t bytes)
{
    const auto path = store.locate(file);
    std::error_code error;
    if (!path || !fs::is_regular_file(*path, error)) return false;
    return bytes == 0 || fs::file_size(*path, error) == bytes;
}

/// Everything below a folder that could be one of the files, by name and by size.
struct Candidates {
    std::multimap<std::string, fs::path> by_name;
    std::multimap<std::uint64_t, fs::path> by_size;
    std::map<std::string, fs::path> clips_by_take;
};

Result<Candidates> candidates_in(const fs::path& folder, const std::stop_token& stop)
{
    Candidates found;
    std::error_code error;
    const auto options = fs::directory_options::skip_permission_denied;
    fs::recursive_directory_iterator entry(folder, options, error);
    if (error)
        return make_error(ErrorKind::not_found,
                          "The folder " + path_to_utf8(folder) + " can't be searched: " + error.message() + ".");
    for (const fs::recursive_directory_iterator end; !error && entry != end; entry.increment(error)) {
        if (stop.stop_requested()) return make_error(ErrorKind::cancelled, "The search was cancelled.");
        std::error_code unreadable;
        if (entry->is_symlink(unreadable) || !entry->is_regular_file(unreadable)) continue;
        const fs::path path = entry->path();
        const std::string name = path.filename().string();
        found.by_name.emplace(name, path);
        found.by_size.emplace(entry->file_size(unreadable), path);
        if (name == "clip.mp4") found.clips_by_take.emplace(path.parent_path().filename().string(), path);
    }
    return found;
}

std::optional<FoundFile> find_asset_in(const MissingFile& missing, const Candidates& candidates)
{
    const std::string name = path_from_utf8(missing.file).filename().string();
    const auto [first, last] = candidates.by_name.equal_range(name);
    if (missing.sha256.empty()) {
        if (first == last) return std::nullopt;
        const auto sum = sha256_of_file(first->second);
        return FoundFile{missing, first->second, sum ? *sum : std::string()};
    }
    const auto fits = [&](const fs::path& path) {
        std::error_code error;
        if (missing.bytes != 0 && fs::file_size(path, error) != missing.bytes) return false;
        const auto sum = sha256_of_file(path);
        return sum && *sum == missing.sha256;
    };
    for (auto entry = first; entry != last; ++entry)
        if (fits(entry->second)) return FoundFile{missing, entry->second, missing.sha256};
    const auto [same_first, same_last] = candidates.by_size.equal_range(missing.bytes);
    for (auto entry = same_first; missing.bytes != 0 && entry != same_last; ++entry)
        if (entry->second.filename() != name && fits(entry->second))
            return FoundFile{missing, entry->second, missing.sha256};
    return std::nullopt;
}

/// A name that other systems take too: no path, no control characters, not too long, ending kept.
std::string media_name(const fs::path& source)
{
    std::string stem = path_to_utf8(source.stem());
    std::string extension = path_to_utf8(source.extension());
    const auto clean = [](std::string& text) {
        for (char& c : text)
            if (static_cast<unsigned char>(c) < 32 || std::string_view("/\\:*?\"<>|\x7F").find(c) != std::string_view::npos)
                c = '-';
    };
    clean(stem);
    clean(extension);
    stem = utf8_prefix(stem, 120);
    extension = utf8_prefix(extension, 20);
    while (stem.starts_with('.'))
        stem.erase(0, 1);
    return (stem.empty() ? "media" : stem) + extension;
}

}  // namespace

std::vector<MissingFile> missing_files(const ProjectStore& store, const Project& project)
{
    std::vector<MissingFile> missing;
    for (const SharedValue<Asset>& asset : project.assets) {
        if (is_there(store, asset->file, asset->bytes)) continue;
        const auto shows = [&](const Take& take) { return take.asset == asset->id; };
        missing.push_back(
            {asset->id, {}, first_shot(project, shows), asset->name, asset->file, asset->sha256, asset->bytes});
    }
    std::set<std::string> seen;
    for (const SharedValue<Shot>& shot : project.shots) {
        for (const Take& take : shot->takes) {
            if (take.clip.empty() || !take.asset.empty() || !seen.insert(take.id).second) continue;
            if (is_there(store, take.clip, 0)) continue;
            const std::string name = "Take " + std::to_string(take.number);
            missing.push_back({{}, take.id, shot->id, name, take.clip, {}, 0});
        }
    }
    return missing;
}

Result<std::vector<FoundFile>> find_missing(const std::vector<MissingFile>& missing, const fs::path& folder,
                                            std::stop_token stop)
{
    const auto candidates = candidates_in(folder, stop);
    if (!candidates) return candidates.error();
    std::vector<FoundFile> found;
    for (const MissingFile& file : missing) {
        if (stop.stop_requested()) return make_error(ErrorKind::cancelled, "The search was cancelled.");
        if (file.take_id.empty()) {
            if (auto there = find_asset_in(file, *candidates)) found.push_back(std::move(*there));
            continue;
        }
        const auto clip = candidates->clips_by_take.find(file.take_id);
        if (clip != candidates->clips_by_take.end()) found.push_back({file, clip->second, {}});
    }
    return found;
}

Result<Asset> relinked(const Project& project, std::string_view asset_id, const Asset& replacement)
{
    const Asset* old = find_asset(project, asset_id);
    if (!old) return make_error(ErrorKind::not_found, "There is no asset " + std::string(asset_id) + " in the project.");
    if (old->kind != replacement.kind)
        return make_error(ErrorKind::invalid_argument,
                          "\"" + replacement.name + "\" is of another kind than \"" + old->name + "\".");
    bool long_enough = true;
    for (const SharedValue<Shot>& shot : project.shots)
        for (const Take& take : shot->takes)
            if (take.asset == asset_id) long_enough = long_enough && (take.still || replacement.frames >= take.frames);
    for (const SharedValue<SoundTrack>& track : project.sound_tracks)
        for (const SoundClip& clip : track->clips)
            if (clip.asset == asset_id) long_enough = long_enough && replacement.samples >= clip.source.end;
    if (!long_enough)
        return make_error(ErrorKind::invalid_argument,
                          "\"" + replacement.name + "\" is shorter than what the storyboard uses of \"" + old->name + "\".");
    Asset asset = replacement;
    asset.id = old->id;
    asset.unknown = old->unknown;
    return asset;
}

Result<void> restore_clip(const ProjectStore& store, const Take& take, const fs::path& found, std::stop_token stop)
{
    if (store.access() == Access::read_only)
        return make_error(ErrorKind::unsupported, "No clip can be restored: " + store.read_only_reason());
    const auto target = store.resolve(take.clip);
    if (!target) return target.error();
    std::error_code error;
    fs::create_directories(target->parent_path(), error);
    const auto copied = copy_file_whole(found, *target, {}, std::move(stop));
    return copied ? Result<void>() : copied.error();
}

Result<std::string> gather_file(const ProjectStore& store, const fs::path& source, const CopyProgress& progress,
                                std::stop_token stop)
{
    if (store.access() == Access::read_only)
        return make_error(ErrorKind::unsupported, "Nothing can be added: " + store.read_only_reason());
    std::error_code error;
    const std::uint64_t bytes = fs::file_size(source, error);
    if (error || !fs::is_regular_file(source, error))
        return make_error(ErrorKind::not_found, "There is no file " + path_to_utf8(source) + ".");
    const fs::path folder = store.folder() / "media";
    fs::create_directories(folder, error);
    const fs::path name = path_from_utf8(media_name(source));
    fs::path target = folder / name;
    std::string sum;
    for (int i = 2; fs::exists(target, error); ++i) {
        if (fs::file_size(target, error) == bytes && !error) {
            if (sum.empty()) {
                const auto of_source = sha256_of_file(source);
                if (!of_source) return of_source.error();
                sum = *of_source;
            }
            const auto of_target = sha256_of_file(target);
            if (of_target && *of_target == sum) return "media/" + path_to_utf8(target.filename());
        }
        target =
            folder / path_from_utf8(path_to_utf8(name.stem()) + "-" + std::to_string(i) + path_to_utf8(name.extension()));
    }
    const auto report = [&](std::uint64_t done) {
        if (progress) progress(done, bytes);
    };
    if (const auto copied = copy_file_whole(source, target, report, std::move(stop)); !copied) return copied.error();
    return "media/" + path_to_utf8(target.filename());
}

Result<Collected> collect(const ProjectStore& store, const Project& project, const CopyProgress& progress,
                          std::stop_token stop)
{
    std::uint64_t total = 0;
    std::uint64_t before = 0;
    const auto outside = [](const Asset& asset) { return asset.file.starts_with('/'); };
    for (const SharedValue<Asset>& asset : project.assets)
        if (outside(*asset)) total += asset->bytes;
    Collected collected;
    for (const SharedValue<Asset>& asset : project.assets) {
        if (!outside(*asset)) continue;
        const auto report = [&](std::uint64_t done, std::uint64_t) {
            if (progress) progress(std::min(before + done, total), total);
        };
        auto file = gather_file(store, path_from_utf8(asset->file), report, stop);
        before += asset->bytes;
        if (file) {
            collected.files.emplace(asset->id, std::move(*file));
            continue;
        }
        const ErrorKind kind = file.error().kind;
        if (kind == ErrorKind::cancelled || kind == ErrorKind::disk_full || kind == ErrorKind::unsupported)
            return file.error();
        collected.problems.push_back(file.error());
    }
    return collected;
}

}  // namespace kinora::core
