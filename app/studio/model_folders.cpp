#include "app/studio/model_folders.h"

#include "core/models/catalogue.h"

namespace kinora::studio {

std::vector<ModelFolder> model_folders()
{
    std::vector<ModelFolder> found;
    // A damaged list of added models is told when a model is asked for; here it only leaves the panel empty.
    if (const auto entries = core::Catalogue().list()) {
        for (const auto& entry : *entries)
            found.push_back({entry.id, entry.folder});
    }
    return found;
}

core::Result<std::filesystem::path> find_model_folder(const std::string& id)
{
    const auto entry = core::Catalogue().find(id);
    if (!entry) return entry.error();
    return entry->folder;
}

}  // namespace kinora::studio
