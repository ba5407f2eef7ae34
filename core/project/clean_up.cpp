#include "core/project/clean_up.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "core/base/ids.h"
#include "core/base/paths.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

template <typename Visit>
void for_each_file(const fs::path& folder, Visit visit)
{
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
    for (const fs::recursive_directory_iterator end; !error && entry != end; entry.increment(error)) {
        std::error_code unreadable;
        if (entry->is_symlink(unreadable) || !entry->is_regular_file(unreadable)) continue;
        const std::uintmax_t bytes = entry->file_size(unreadable);
        if (!unreadable) visit(entry->path(), static_cast<std::uint64_t>(bytes));
    }
}

std::uint64_t bytes_below(const fs::path& folder)
{
    std::uint64_t bytes = 0;
    for_each_file(folder, [&](const fs::path&, std::uint64_t size) { bytes += size; });
    return bytes;
}

bool is_partial(const fs::path& file)
{
    const std::string name = file.filename().string();
    return name.starts_with(".kinora-") && name.ends_with(".partial");
}

/// False if the time can't be told: then it is better left alone.
bool is_older(const fs::path& path, std::int64_t seconds)
{
    std::error_code error;
    const auto written = fs::last_write_time(path, error);
    return !error && fs::file_time_type::clock::now() - written >= std::chrono::seconds(seconds);
}

/// How the versions of a document use its takes.
struct TakeUse {
    std::set<std::string> used;                     ///< starred or selected somewhere
    std::map<std::string, std::string> latents_of;  ///< every listed take, with its latents
    std::set<std::string> media;                    ///< files that assets and references name

    void add(const Project& project)
    {
        for (const SharedValue<Shot>& shot : project.shots) {
            if (!seen_.insert(shot.identity()).second) continue;
            for (const Take& take : shot->takes) {
                latents_of[take.id] = take.latents;
                if (take.starred || take.id == shot->selected_take) used.insert(take.id);
            }
            for (const FrameReference& reference : shot->settings.references)
                media.insert(reference.file);
        }
        for (const SharedValue<Asset>& asset : project.assets)
            media.insert(asset->file);
    }

private:
    std::set<const Shot*> seen_;
};

void plan_takes(const ProjectStore& store, const TakeUse& use, const CleanUpOptions& options, std::vector<CleanUpItem>& plan)
{
    for (const auto& [id, latents] : use.latents_of) {
        if (use.used.contains(id) || options.keep.contains(id)) continue;
        std::error_code error;
        const fs::path folder = store.folder() / "takes" / id;
        if (options.kinds.contains(CleanUpKind::take)) {
            if (fs::is_directory(folder, error)) plan.push_back({CleanUpKind::take, "takes/" + id, id, bytes_below(folder)});
        } else if (options.kinds.contains(CleanUpKind::latents) && !latents.empty()) {
            const auto file = store.resolve(latents);
            if (file && fs::is_regular_file(*file, error))
                plan.push_back({CleanUpKind::latents, latents, id, static_cast<std::uint64_t>(fs::file_size(*file, error))});
        }
    }
}

void plan_unlisted(const ProjectStore& store, const TakeUse& use, const CleanUpOptions& options,
                   std::vector<CleanUpItem>& plan)
{
    std::error_code error;
    for (fs::directory_iterator entry(store.folder() / "takes", error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string id = entry->path().filename().string();
        std::error_code unreadable;
        const bool ours = is_valid_id(id) && !entry->is_symlink(unreadable) && entry->is_directory(unreadable);
        if (!ours || use.latents_of.contains(id) || options.keep.contains(id)) continue;
        if (is_older(entry->path(), options.youngest_seconds))
            plan.push_back({CleanUpKind::unlisted, "takes/" + id, id, bytes_below(entry->path())});
    }
}

std::string relative_to(const ProjectStore& store, const fs::path& file)
{
    return path_to_utf8(file.lexically_relative(store.folder()));
}

}  // namespace

DiskUse disk_use_by_category(const ProjectStore& store)
{
    DiskUse use;
    for_each_file(store.folder(), [&](const fs::path& file, std::uint64_t bytes) {
        const fs::path relative = file.lexically_relative(store.folder());
        const std::string room = relative.begin()->string();
        const std::string name = file.filename().string();
        std::uint64_t* category = &use.other;
        if (is_partial(file))
            category = &use.other;
        else if (room == "takes" && file.extension() == ".safetensors")
            category = &use.latents;
        else if (room == "takes" && name == "clip.mp4")
            category = &use.clips;
        else if (room == "media")
            category = &use.media;
        else if (room == "exports")
            category = &use.exports;
        else if (room == "backups")
            category = &use.backups;
        *category += bytes;
    });
    return use;
}

std::vector<CleanUpItem> plan_clean_up(const ProjectStore& store, const Document& document, const CleanUpOptions& options)
{
    TakeUse use;
    document.history().for_each_version([&](const Project& project) { use.add(project); });
    use.add(document.project());
    std::vector<CleanUpItem> plan;
    plan_takes(store, use, options, plan);
    if (options.kinds.contains(CleanUpKind::unlisted)) plan_unlisted(store, use, options, plan);
    for_each_file(store.folder(), [&](const fs::path& file, std::uint64_t bytes) {
        const std::string path = relative_to(store, file);
        const bool in_plan = std::any_of(plan.begin(), plan.end(), [&](const CleanUpItem& item) {
            return path == item.path || path.starts_with(item.path + "/");
        });
        if (in_plan) return;
        if (is_partial(file)) {
            if (options.kinds.contains(CleanUpKind::partial) && is_older(file, options.youngest_seconds))
                plan.push_back({CleanUpKind::partial, path, {}, bytes});
        } else if (options.kinds.contains(CleanUpKind::media) && path.starts_with("media/") && !use.media.contains(path)) {
            if (is_older(file, options.youngest_seconds)) plan.push_back({CleanUpKind::media, path, {}, bytes});
        }
    });
    return plan;
}

void apply_clean_up(Document& document, const std::vector<CleanUpItem>& plan)
{
    std::set<std::string> takes;
    std::set<std::string> latents;
    for (const CleanUpItem& item : plan) {
        if (item.kind == CleanUpKind::take) takes.insert(item.take_id);
        if (item.kind == CleanUpKind::latents) latents.insert(item.take_id);
    }
    if (takes.empty() && latents.empty()) return;
    std::set<std::string> shots;
    const auto touched = [&](const Take& take) { return takes.contains(take.id) || latents.contains(take.id); };
    const auto collect_shots = [&](const Project& project) {
        for (const SharedValue<Shot>& shot : project.shots)
            if (std::any_of(shot->takes.begin(), shot->takes.end(), touched)) shots.insert(shot->id);
    };
    document.history().for_each_version(collect_shots);
    collect_shots(document.project());
    for (const std::string& id : shots) {
        document.update_shot_everywhere(id, [&](Shot& shot) {
            // Selected and starred takes were left out of the plan; a choice made since then wins.
            std::erase_if(shot.takes, [&](const Take& take) {
                return takes.contains(take.id) && !take.starred && take.id != shot.selected_take;
            });
            for (Take& take : shot.takes)
                if (latents.contains(take.id)) take.latents.clear();
        });
    }
}

Result<void> remove_files(const ProjectStore& store, const std::vector<CleanUpItem>& plan)
{
    if (store.access() == Access::read_only)
        return make_error(ErrorKind::unsupported, "Nothing can be removed: " + store.read_only_reason());
    Result<void> result;
    for (const CleanUpItem& item : plan) {
        const auto path = store.resolve(item.path);
        std::error_code error;
        if (path) fs::remove_all(*path, error);
        if (!path && result) result = path.error();
        if (error && result)
            result = make_error(ErrorKind::io, path_to_utf8(*path) + " can't be removed: " + error.message() + ".");
    }
    return result;
}

}  // namespace kinora::core
