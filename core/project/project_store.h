#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/project/backups.h"
#include "core/project/project.h"

namespace kinora::core {

/// Whether a store may write.
enum class Access { read_write, read_only };

/// A project on disk: a folder that can be moved and copied as a whole.
///
///     My film/
///       project.json                the document
///       takes/<id>/clip.mp4         latents.safetensors, recipe.json, thumbnail.png beside it
///       media/                      imported files
///       exports/                    what was exported
///       backups/                    older project.json files, thinned
///       .lock                       held by the studio that may write
///       .open                       there while it is open: tells a crash when it is opened again
///
/// One store holds the folder's lock while it lives. `save` may be called from another thread than the one that made the
/// store, one call at a time; the paths are constant and safe from any thread.
class ProjectStore {
public:
    ProjectStore(ProjectStore&&) noexcept;
    ProjectStore& operator=(ProjectStore&&) noexcept;
    ~ProjectStore();

    [[nodiscard]] const std::filesystem::path& folder() const;
    [[nodiscard]] Access access() const;
    /// True if the project wasn't closed the last time it was open: the program or the machine went down.
    [[nodiscard]] bool was_interrupted() const;
    /// Why the store is read-only, one sentence for a bar; empty if it isn't.
    [[nodiscard]] const std::string& read_only_reason() const;

    /// Writes project.json atomically after putting the version before into backups/, and thins those. On failure the file
    /// on disk is as it was and the error says why (`disk_full`, `io`; `unsupported` for a read-only store).
    [[nodiscard]] Result<void> save(const Project& project);

    /// Absolute path of a file that the document names; `corrupt` if it would leave the folder (symbolic links included).
    [[nodiscard]] Result<std::filesystem::path> resolve(std::string_view relative) const;

    /// Absolute path of a file that an asset or a take names (`clip_file`): one inside the folder as `resolve`, an absolute
    /// one as it is.
    [[nodiscard]] Result<std::filesystem::path> locate(std::string_view file) const;

    /// Makes `takes/<id>/` and gives the relative paths that a new take's files have. Nothing else is written.
    [[nodiscard]] Result<Take> new_take(const std::string& id) const;
    /// Writes `takes/<id>/recipe.json`, from which a take can be found again if the document was lost.
    [[nodiscard]] Result<void> write_recipe(const Take& take) const;
    /// Takes in takes/ that no shot of `project` names but whose recipe and clip or latents are there: rendered before a
    /// crash. Offered as recovery; with latents only, `clip` is empty and has to be decoded (the recipe is then the one kept
    /// with the latents). `created` is the take folder's time.
    [[nodiscard]] std::vector<Take> unlisted_takes(const Project& project) const;

    /// The exports folder, made if missing.
    [[nodiscard]] Result<std::filesystem::path> exports_dir() const;
    /// Bytes of everything in the folder; 0 if it can't be read. Walks the disk: not for the UI thread.
    [[nodiscard]] std::uintmax_t disk_use() const;

private:
    friend struct ProjectStoreAccess;
    struct State;
    explicit ProjectStore(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// What `open_project` and `create_project` give.
struct OpenedProject {
    Project project;
    ProjectStore store;
};

/// What a new project starts with.
struct NewProject {
    std::string name = "Untitled";
    FrameRate rate{24};
    int width = 1920;
    int height = 1080;
};

/// Makes the folder (its parent must exist or be creatable) and writes a first document with no shots.
/// `already_exists` if the folder has a project.json or other files in it.
[[nodiscard]] Result<OpenedProject> create_project(const std::filesystem::path& folder, const NewProject& options);

/// Opens a project folder, or the folder of a given project.json. Read-only, with the reason, if another studio holds it,
/// the folder can't be written or a newer Kinora wrote it. `not_found` without a project.json; `corrupt` names file and
/// reason, and says if there are backups (`list_backups`, `restore_backup`).
[[nodiscard]] Result<OpenedProject> open_project(const std::filesystem::path& folder);

/// Reads the document of an open project from disk again; the errors of `open_project`.
[[nodiscard]] Result<Project> read_project(const ProjectStore& store);

/// The name of the project in a folder. Reads only: nothing is locked, nothing is left in the folder.
[[nodiscard]] Result<std::string> project_name(const std::filesystem::path& folder);

/// Copies a project folder (without lock, partial files and backups) for "save as" and for working on a copy of the sample.
/// The copy gets a new project id and `name`. `already_exists` if the target is there. Not for the UI thread.
[[nodiscard]] Result<void> copy_project(const std::filesystem::path& from, const std::filesystem::path& to,
                                        const std::string& name);

/// A folder name for a project name: characters that file systems refuse replaced, at most 80 bytes, `-2`, `-3` … appended
/// where `parent` has one of that name.
[[nodiscard]] std::filesystem::path free_project_folder(const std::filesystem::path& parent, std::string_view name);

}  // namespace kinora::core
