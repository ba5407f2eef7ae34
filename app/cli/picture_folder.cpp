#include "app/cli/picture_folder.h"

#include <fmt/format.h>

#include <cerrno>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/base/ids.h"
#include "core/base/json_text.h"
#include "core/generation/picture_file.h"
#include "core/generation/recipe_json.h"

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;

std::string picture_name(int index)
{
    return fmt::format("frame_{:04}.png", index + 1);
}

/// A folder that disappears with everything in it.
class PartialFolder {
public:
    explicit PartialFolder(fs::path path) : path_(std::move(path)) {}
    PartialFolder(const PartialFolder&) = delete;
    PartialFolder& operator=(const PartialFolder&) = delete;
    ~PartialFolder()
    {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

core::Result<void> fill(const fs::path& folder, const core::FrameSequence& clip, const core::Recipe& recipe,
                        const WriteReport& report, const std::stop_token& stop)
{
    for (int i = 0; i < clip.frames; ++i) {
        if (stop.stop_requested())
            return core::make_error(core::ErrorKind::cancelled, "Writing the pictures was cancelled.");
        if (auto written = core::write_png16(folder / picture_name(i), clip, i); !written) return written;
        if (report) report(i + 1, clip.frames);
    }
    return core::write_file(folder / "recipe.json", core::json_text(core::to_json(recipe), 2) + "\n");
}

core::Result<void> move_into(const fs::path& partial, const fs::path& folder, int frames)
{
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(partial, error)) {
        std::error_code failed;
        fs::rename(entry.path(), folder / entry.path().filename(), failed);
        if (failed) return core::file_error(folder / entry.path().filename(), "written", failed.value());
    }
    if (error) return core::file_error(partial, "read", error.value());
    for (int i = frames; fs::remove(folder / picture_name(i), error); ++i) {
    }
    return {};
}

}  // namespace

core::Result<void> write_pictures(const fs::path& folder, const core::FrameSequence& clip, const core::Recipe& recipe,
                                  const WriteReport& report, std::stop_token stop)
{
    std::error_code error;
    const fs::path absolute = fs::absolute(folder);
    const PartialFolder partial(absolute.parent_path() / (".kinora-" + core::make_id() + ".partial"));
    if (!fs::create_directory(partial.path(), error))
        return core::file_error(folder, "written", error ? error.value() : EEXIST);
    if (auto filled = fill(partial.path(), clip, recipe, report, stop); !filled) return filled;
    fs::create_directory(absolute, error);
    if (error) return core::file_error(folder, "written", error.value());
    return move_into(partial.path(), absolute, clip.frames);
}

}  // namespace kinora::cli
