#include "core/models/model_scan.h"

#include <algorithm>
#include <set>
#include <string>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/models/extra_model_paths.h"
#include "core/models/model_files.h"
#include "core/models/model_folder.h"
#include "core/models/weight_file.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

constexpr int k_deepest = 8;
constexpr std::size_t k_most_files = 50'000;
constexpr std::string_view k_repository = "models--";

bool is_file(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

bool is_folder(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

std::vector<fs::path> children_of(const fs::path& folder)
{
    std::vector<fs::path> children;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
        const std::string name = entry->path().filename().string();
        if (!name.empty() && name.front() != '.') children.push_back(entry->path());
    }
    std::sort(children.begin(), children.end());
    return children;
}

/// The snapshot of a cached repository that its main branch names, else the newest one.
fs::path snapshot_of(const fs::path& repository)
{
    if (const auto main = read_file(repository / "refs" / "main", 4096)) {
        const std::string name = main->substr(0, main->find_first_of("\r\n "));
        const bool plain = !name.empty() && name.find_first_of("/\\") == std::string::npos && name.front() != '.';
        if (plain && is_folder(repository / "snapshots" / name)) return repository / "snapshots" / name;
    }
    fs::path newest;
    fs::file_time_type time = fs::file_time_type::min();
    for (const fs::path& snapshot : children_of(repository / "snapshots")) {
        std::error_code failed;
        const auto changed = fs::last_write_time(snapshot, failed);
        if (!failed && is_folder(snapshot) && changed > time) {
            newest = snapshot;
            time = changed;
        }
    }
    return newest;
}

class Walk {
public:
    explicit Walk(FoundModels& found) : found_(found) {}

    void folder(const fs::path& path, int depth)
    {
        std::error_code failed;
        const fs::path real = fs::canonical(path, failed);
        if (failed || depth > k_deepest || !visited_.insert(real).second) return;
        if (path.filename().string().rfind(k_repository, 0) == 0 && is_folder(path / "snapshots")) {
            const fs::path snapshot = snapshot_of(path);
            if (!snapshot.empty()) folder(snapshot, depth + 1);
            return;
        }
        if (is_file(path / "model_index.json")) {
            found_.folders.push_back(path);
            return;
        }
        contents(path, depth);
    }

private:
    void contents(const fs::path& path, int depth)
    {
        const auto children = children_of(path);
        std::set<fs::path> shards;
        const bool index = std::any_of(children.begin(), children.end(), [](const fs::path& child) {
            return child.filename().string().find(".safetensors.index.json") != std::string::npos;
        });
        if (index) {
            const auto files = find_weight_files(path);
            if (files && files->files.size() > 1) {
                found_.weights.push_back(path);
                shards.insert(files->files.begin(), files->files.end());
            }
        }
        for (const fs::path& child : children) {
            if (++count_ > k_most_files) return;
            if (is_folder(child))
                folder(child, depth + 1);
            else if (is_file(child) && is_weight_file(child) && !shards.contains(child))
                found_.weights.push_back(child);
            else if (child.filename() == "spiece.model" || child.filename() == "tokenizer.model")
                found_.tokenizers.push_back(path);
        }
    }

    FoundModels& found_;
    std::set<fs::path> visited_;
    std::size_t count_ = 0;
};

bool is_yaml(const fs::path& path)
{
    const std::string ending = path.extension().string();
    return ending == ".yaml" || ending == ".yml";
}

}  // namespace

Result<FoundModels> scan_models(const fs::path& path)
{
    FoundModels found;
    Walk walk(found);
    if (is_file(path)) {
        if (is_yaml(path)) {
            const auto folders = read_extra_model_paths(path);
            if (!folders) return folders.error();
            for (const ModelPath& folder : *folders)
                if (folder.kind != "custom_nodes" && is_folder(folder.folder)) walk.folder(folder.folder, 0);
            return found;
        }
        found.weights.push_back(path);
        return found;
    }
    if (!is_folder(path))
        return make_error(ErrorKind::not_found, "There is no file or folder " + in_quotes(path_to_utf8(path)) + ".");
    // ComfyUI's own folder and that of the hub's cache are often named instead of the folder of models in them.
    for (const char* inner : {"models", "hub"}) {
        if (is_folder(path / inner) && is_folder(path / "custom_nodes")) {
            walk.folder(path / inner, 0);
            return found;
        }
    }
    walk.folder(path, 0);
    return found;
}

}  // namespace kinora::core
