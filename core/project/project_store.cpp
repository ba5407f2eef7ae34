#include "core/project/project_store.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <system_error>

#include "core/base/file.h"
#include "core/base/folder_lock.h"
#include "core/base/ids.h"
#include "core/base/json_text.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/generation/enhance.h"
#include "core/generation/recipe_json.h"
#include "core/models/safetensors_header.h"
#include "core/project/project_json.h"

namespace kinora::core {

namespace fs = std::filesystem;

namespace {
constexpr const char* k_open_mark = ".open";
}

struct ProjectStore::State {
    fs::path folder;
    std::optional<FolderLock> lock;  ///< held as long as the store may write
    std::string read_only_reason;
    std::string saved_text;  ///< what is on disk, so that a save without a change costs no backup
    bool interrupted = false;

    ~State()
    {
        std::error_code ignored;
        if (lock) fs::remove(folder / k_open_mark, ignored);
    }
};

namespace {

constexpr std::uint64_t k_largest_project = 512ULL << 20U;

Error io_error(const std::string& what, const fs::path& path, const std::error_code& code)
{
    const bool full = code == std::errc::no_space_on_device;
    return make_error(full ? ErrorKind::disk_full : ErrorKind::io,
                      what + " " + path_to_utf8(path) + ": " + code.message() + ".");
}

/// A take's recipe as text: its own file, or, after a crash in the middle of decoding, what the engine wrote beside the
/// latents.
std::optional<std::string> recipe_text(const fs::path& folder)
{
    if (auto text = read_file(folder / "recipe.json", 1U << 20U)) return *text;
    const auto header = read_safetensors_header(folder / "latents.safetensors");
    if (!header) return std::nullopt;
    const auto recipe = header->metadata.find("kinora.recipe");
    return recipe == header->metadata.end() ? std::nullopt : std::optional(recipe->second);
}

std::string relative_take_file(const std::string& id, const char* name)
{
    return "takes/" + id + "/" + name;
}

}  // namespace

/// Makes stores; the only way to a store with a lock.
struct ProjectStoreAccess {
    static ProjectStore make(fs::path folder, Result<FolderLock> lock, std::string read_only_reason, std::string saved_text)
    {
        auto state = std::make_unique<ProjectStore::State>();
        state->folder = std::move(folder);
        state->read_only_reason = std::move(read_only_reason);
        state->saved_text = std::move(saved_text);
        if (lock && state->read_only_reason.empty()) state->lock = std::move(*lock);
        if (state->lock) {
            std::error_code ignored;
            const fs::path mark = state->folder / k_open_mark;
            state->interrupted = fs::exists(mark, ignored);
            std::ofstream(mark).flush();
        }
        if (!lock) state->read_only_reason = lock.error().message + " It is shown read-only.";
        return ProjectStore(std::move(state));
    }
};

ProjectStore::ProjectStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
ProjectStore::ProjectStore(ProjectStore&&) noexcept = default;
ProjectStore& ProjectStore::operator=(ProjectStore&&) noexcept = default;
ProjectStore::~ProjectStore() = default;

const fs::path& ProjectStore::folder() const
{
    return state_->folder;
}
Access ProjectStore::access() const
{
    return state_->lock ? Access::read_write : Access::read_only;
}
const std::string& ProjectStore::read_only_reason() const
{
    return state_->read_only_reason;
}

bool ProjectStore::was_interrupted() const
{
    return state_->interrupted;
}

Result<void> ProjectStore::save(const Project& project)
{
    if (access() == Access::read_only)
        return make_error(ErrorKind::unsupported, "The project can't be saved here: " + state_->read_only_reason);
    std::string text = json_text(to_json(project), 1);
    if (text == state_->saved_text) return {};
    // A backup that can't be written must not keep the work itself from being saved.
    if (const auto kept = keep_backup(
            state_->folder, std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()));
        !kept)
        log_warning(kept.error().message);
    if (auto written = write_file(state_->folder / "project.json", std::string_view(text)); !written) return written;
    state_->saved_text = std::move(text);
    return {};
}

Result<fs::path> ProjectStore::resolve(std::string_view relative) const
{
    const Error outside =
        make_error(ErrorKind::corrupt, "The project names a file outside its folder: " + std::string(relative) + ".");
    if (!is_safe_relative_path(relative)) return outside;
    std::error_code error;
    const fs::path root = fs::weakly_canonical(state_->folder, error);
    const fs::path path = error ? fs::path() : fs::weakly_canonical(root / path_from_utf8(relative), error);
    if (error) return io_error("The project's file can't be reached,", state_->folder / path_from_utf8(relative), error);
    const fs::path inside = path.lexically_relative(root);
    if (inside.empty() || *inside.begin() == "..") return outside;
    return state_->folder / path_from_utf8(relative);
}

Result<fs::path> ProjectStore::locate(std::string_view file) const
{
    return file.starts_with('/') ? path_from_utf8(std::string(file)) : resolve(file);
}

Result<Take> ProjectStore::new_take(const std::string& id) const
{
    if (!is_valid_id(id)) return make_error(ErrorKind::invalid_argument, "\"" + id + "\" is no valid take id.");
    if (access() == Access::read_only)
        return make_error(ErrorKind::unsupported, "No take can be added: " + state_->read_only_reason);
    const fs::path folder = state_->folder / "takes" / id;
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return io_error("The take's folder can't be made,", folder, error);
    Take take;
    take.id = id;
    take.clip = relative_take_file(id, "clip.mp4");
    take.latents = relative_take_file(id, "latents.safetensors");
    take.thumbnail = relative_take_file(id, "thumbnail.png");
    return take;
}

Result<void> ProjectStore::write_recipe(const Take& take) const
{
    if (!is_valid_id(take.id)) return make_error(ErrorKind::invalid_argument, "The take has no valid id.");
    if (!take.recipe) return make_error(ErrorKind::invalid_argument, "The take has no recipe.");
    return write_file(state_->folder / "takes" / take.id / "recipe.json",
                      std::string_view(json_text(to_json(*take.recipe), 1)));
}

std::vector<Take> ProjectStore::unlisted_takes(const Project& project) const
{
    std::set<std::string> listed;
    for (const SharedValue<Shot>& shot : project.shots)
        for (const Take& take : shot->takes)
            listed.insert(take.id);
    std::vector<Take> found;
    std::error_code error;
    for (fs::directory_iterator entry(state_->folder / "takes", error), end; !error && entry != end;
         entry.increment(error)) {
        Take take;
        take.id = entry->path().filename().string();
        if (!is_valid_id(take.id) || listed.contains(take.id)) continue;
        const auto text = recipe_text(entry->path());
        if (!text) continue;
        const auto json = parse_json(*text, "The recipe");
        if (!json) continue;
        auto recipe = recipe_from_json(*json);
        if (!recipe) continue;
        const auto name_if_there = [&](const char* name) {
            std::error_code missing;
            return fs::is_regular_file(entry->path() / name, missing) ? relative_take_file(take.id, name) : std::string();
        };
        take.clip = name_if_there("clip.mp4");
        take.latents = name_if_there("latents.safetensors");
        take.thumbnail = name_if_there("thumbnail.png");
        if (take.clip.empty() && take.latents.empty()) continue;
        const ClipShape shape = shape_of(*recipe);
        take.frames = shape.frames;
        take.rate = shape.rate;
        take.width = shape.width;
        take.height = shape.height;
        std::error_code no_time;
        const auto written = fs::last_write_time(entry->path(), no_time);
        if (!no_time)
            take.created =
                std::chrono::duration_cast<std::chrono::seconds>(std::chrono::file_clock::to_sys(written).time_since_epoch())
                    .count();
        if (recipe->origin) take.verb = recipe->origin->verb;
        take.recipe = std::move(*recipe);
        found.push_back(std::move(take));
    }
    return found;
}

Result<fs::path> ProjectStore::exports_dir() const
{
    const fs::path folder = state_->folder / "exports";
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return io_error("The exports folder can't be made,", folder, error);
    return folder;
}

std::uintmax_t ProjectStore::disk_use() const
{
    std::uintmax_t bytes = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(state_->folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code unreadable;
        if (entry->is_symlink(unreadable) || !entry->is_regular_file(unreadable)) continue;
        const std::uintmax_t size = entry->file_size(unreadable);
        if (!unreadable) bytes += size;
    }
    return bytes;
}

Result<OpenedProject> create_project(const fs::path& folder, const NewProject& options)
{
    std::error_code error;
    if (fs::exists(folder, error) && !fs::is_empty(folder, error))
        return make_error(ErrorKind::already_exists,
                          "The folder " + path_to_utf8(folder) + " isn't empty; choose another name for the project.");
    fs::create_directories(folder / "takes", error);
    if (error) return io_error("The project folder can't be made,", folder, error);
    auto lock = FolderLock::acquire(folder, "The project");
    if (!lock) return lock.error();

    Project project;
    project.id = make_id();
    project.name = options.name;
    project.rate = options.rate;
    project.width = options.width;
    project.height = options.height;
    OpenedProject opened{project, ProjectStoreAccess::make(folder, std::move(lock), {}, {})};
    if (const auto saved = opened.store.save(project); !saved) return saved.error();
    return opened;
}

namespace {

/// A document as it is on disk.
struct DocumentFile {
    ParsedProject parsed;
    std::string text;
};

Result<DocumentFile> read_document(const fs::path& folder)
{
    const fs::path document = folder / "project.json";
    const auto damaged = [&](std::string message) {
        const std::size_t backups = list_backups(folder).size();
        if (backups > 0)
            message += " There are " + std::to_string(backups) + " backups in its backups folder to go back to.";
        return make_error(ErrorKind::corrupt, std::move(message));
    };
    auto text = read_file(document, k_largest_project);
    if (!text) return text.error();
    const auto json = parse_json(*text, "The project " + path_to_utf8(document));
    if (!json) return damaged(json.error().message);
    auto parsed = project_from_json(*json);
    if (!parsed) return damaged(path_to_utf8(document) + ": " + parsed.error().message);
    for (const std::string& repair : parsed->repairs)
        log_warning(path_to_utf8(document) + ": " + repair);
    return DocumentFile{std::move(*parsed), std::move(*text)};
}

}  // namespace

Result<Project> read_project(const ProjectStore& store)
{
    auto file = read_document(store.folder());
    if (!file) return file.error();
    return std::move(file->parsed.project);
}

Result<OpenedProject> open_project(const fs::path& given)
{
    std::error_code error;
    const fs::path folder =
        given.filename() == "project.json" && !fs::is_directory(given, error) ? given.parent_path() : given;
    if (!fs::exists(folder / "project.json", error))
        return make_error(ErrorKind::not_found,
                          "There is no project in " + path_to_utf8(folder) + ": project.json is missing.");
    auto lock = FolderLock::acquire(folder, "The project");
    auto file = read_document(folder);
    if (!file) return file.error();
    std::string reason;
    if (file->parsed.format > k_project_format)
        reason = "The project was written by a newer Kinora (format " + std::to_string(file->parsed.format) +
                 "); it is shown read-only. Update Kinora to change it.";
    return OpenedProject{std::move(file->parsed.project),
                         ProjectStoreAccess::make(folder, std::move(lock), std::move(reason), std::move(file->text))};
}

}  // namespace kinora::core
