#include "app/studio/model_folders.h"

#include <algorithm>

#include "core/base/paths.h"
#include "core/base/text.h"

namespace kinora::studio {
namespace {

constexpr const char* k_index = "model_index.json";

void add_folders(std::vector<ModelFolder>& found, const std::filesystem::path& parent)
{
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(parent, failed)) {
        const std::string id = core::path_to_utf8(entry.path().filename());
        const bool known = std::any_of(found.begin(), found.end(), [&](const ModelFolder& model) { return model.id == id; });
        if (!known && std::filesystem::exists(entry.path() / k_index, failed)) found.push_back({id, entry.path()});
    }
}

}  // namespace

std::vector<ModelFolder> model_folders()
{
    std::vector<ModelFolder> found;
    add_folders(found, core::data_dir() / "models");
    if (const auto resources = core::resources_dir()) add_folders(found, *resources / "models");
    std::sort(found.begin(), found.end(), [](const ModelFolder& a, const ModelFolder& b) {
        return std::pair(a.id != "starter", a.id) < std::pair(b.id != "starter", b.id);
    });
    return found;
}

core::Result<std::filesystem::path> find_model_folder(const std::string& id)
{
    std::string names;
    for (const auto& model : model_folders()) {
        if (model.id == id) return model.folder;
        names += (names.empty() ? "" : ", ") + model.id;
    }
    std::error_code failed;
    const auto folder = core::path_from_utf8(id);
    if (folder.is_absolute() && std::filesystem::exists(folder / k_index, failed)) return folder;
    return core::make_error(core::ErrorKind::not_found, "There is no model " + core::in_quotes(id) + "; installed: " +
                                                            (names.empty() ? std::string("none") : names) + ".");
}

}  // namespace kinora::studio
