#include "app/cli/timeline_import.h"

#ifdef KINORA_HAS_MEDIA

#include <stdlib.h>

#include <cerrno>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/interchange/timeline_settle.h"
#include "core/media/import_media.h"

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;

/// A folder for what an OTIOZ holds, in the project's own, where there is room for it; gone at the end.
class UnpackFolder {
public:
    explicit UnpackFolder(const fs::path& project)
    {
        std::string pattern = (project / ".kinora-XXXXXX").string();
        if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
    }
    UnpackFolder(const UnpackFolder&) = delete;
    UnpackFolder& operator=(const UnpackFolder&) = delete;
    ~UnpackFolder()
    {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

}  // namespace

core::Result<std::vector<std::string>> import_timeline(core::OpenedProject& film, const fs::path& file,
                                                       const std::stop_token& stop)
{
    const UnpackFolder unpacked(film.store.folder());
    if (unpacked.path().empty()) return core::file_error(film.store.folder(), "written", errno);
    auto opened = core::open_timeline(file, film.project.rate, unpacked.path(), stop);
    if (!opened) return opened.error();
    const core::DescribeMedia describe = [](const fs::path& medium, std::stop_token stopped) {
        return media::describe_media(medium, std::move(stopped));
    };
    const auto settled = core::settle_timeline(std::move(opened->timeline), opened->folder, film.store, describe, stop);
    if (!settled) return settled.error();
    core::Project next = film.project;
    const auto placed = core::merge_timeline(next, settled->project);
    if (!placed) return placed.error();
    if (auto saved = film.store.save(next); !saved) return saved.error();
    film.project = std::move(next);
    return settled->notes;
}

core::Result<core::OpenedProject> project_for_import(const fs::path& folder, const std::vector<fs::path>& files)
{
    std::error_code unknown;
    const bool empty = !fs::exists(folder, unknown) || (fs::is_directory(folder, unknown) && fs::is_empty(folder, unknown));
    if (!empty || files.empty() || !core::is_timeline(files.front())) return core::open_project(folder);
    // Read once before anything is made: a damaged timeline leaves no empty project behind.
    if (files.front().extension() != ".otioz")
        if (const auto read = core::open_timeline(files.front(), core::FrameRate(24), {}); !read) return read.error();
    core::NewProject options;
    options.name = core::path_to_utf8((folder.has_filename() ? folder : folder.parent_path()).filename());
    return core::create_project(folder, options);
}

}  // namespace kinora::cli

#endif
