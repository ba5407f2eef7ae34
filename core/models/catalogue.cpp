#include "core/models/catalogue.h"

#include <algorithm>
#include <set>

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/models/json_file.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

/// The folders in `parent` that look like models, by name.
std::vector<fs::path> models_in(const fs::path& parent)
{
    std::vector<fs::path> found;
    std::error_code failed;
    for (fs::directory_iterator entry(parent, failed), end; !failed && entry != end; entry.increment(failed)) {
        if (looks_like_model_folder(entry->path())) found.push_back(entry->path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// A path that is the same however it was typed.
fs::path settled(const fs::path& folder)
{
    std::error_code failed;
    fs::path result = fs::weakly_canonical(folder, failed);
    if (failed) result = fs::absolute(folder, failed).lexically_normal();
    return result.has_filename() ? result : result.parent_path();
}

std::string free_id(const std::string& wanted, const std::set<std::string>& taken)
{
    std::string id = wanted;
    for (int number = 2; taken.contains(id); ++number)
        id = std::string(wanted).append("-").append(std::to_string(number));
    return id;
}

std::string listed(const std::vector<CatalogueEntry>& entries)
{
    if (entries.empty()) return "none is installed";
    std::string text = entries.size() == 1 ? "installed is " : "installed are ";
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (i > 0) text += i + 1 == entries.size() ? " and " : ", ";
        text += entries[i].id;
    }
    return text;
}

}  // namespace

CatalogueFolders CatalogueFolders::standard()
{
    const auto resources = resources_dir();
    return {resources ? *resources / "models" : fs::path(), data_dir() / "models", config_dir() / "models.json"};
}

Result<std::vector<fs::path>> Catalogue::registered() const
{
    std::error_code ignored;
    if (!fs::exists(folders_.registry, ignored)) return std::vector<fs::path>();
    const auto json = read_json_object(folders_.registry);
    if (!json) return json.error();
    const auto models = json->find("models");
    const bool sound = models != json->end() && models->is_array() &&
                       std::all_of(models->begin(), models->end(), [](const auto& path) { return path.is_string(); });
    if (!sound) {
        return make_error(ErrorKind::corrupt, in_quotes(folders_.registry.string()) +
                                                  " is no list of models. Remove this file and add your models again.");
    }
    std::vector<fs::path> folders;
    for (const auto& path : *models)
        folders.push_back(path_from_utf8(path.template get_ref<const std::string&>()));
    return folders;
}

Result<void> Catalogue::write_registry(const std::vector<fs::path>& added) const
{
    auto models = nlohmann::json::array();
    for (const fs::path& folder : added)
        models.push_back(path_to_utf8(folder));
    std::error_code failed;
    fs::create_directories(folders_.registry.parent_path(), failed);
    if (failed) return file_error(folders_.registry.parent_path(), "created", failed.value());
    return write_file(folders_.registry, json_text({{"version", 1}, {"models", models}}, 2) + "\n");
}

Result<std::vector<CatalogueEntry>> Catalogue::list() const
{
    const auto added = registered();
    if (!added) return added.error();
    return entries_with(*added);
}

std::vector<CatalogueEntry> Catalogue::entries_with(const std::vector<fs::path>& added) const
{
    std::vector<CatalogueEntry> entries;
    std::set<std::string> ids;
    std::set<fs::path> known;
    const auto enter = [&](const fs::path& folder, ModelOrigin origin) {
        if (!known.insert(settled(folder)).second) return;
        const std::string id = free_id(settled(folder).filename().string(), ids);
        ids.insert(id);
        entries.push_back({id, folder, origin});
    };
    for (const fs::path& folder : models_in(folders_.built_in))
        enter(folder, ModelOrigin::built_in);
    for (const fs::path& folder : models_in(folders_.user_data))
        enter(folder, ModelOrigin::user_data);
    for (const fs::path& folder : added)
        enter(folder, ModelOrigin::added);
    return entries;
}

Result<CatalogueEntry> Catalogue::find(std::string_view id) const
{
    const auto added = registered();
    const auto entries = entries_with(added ? *added : std::vector<fs::path>());
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const CatalogueEntry& entry) { return entry.id == id; });
    if (found != entries.end()) return *found;
    const fs::path folder = path_from_utf8(id);
    if (folder.is_absolute() && looks_like_model_folder(folder))
        return CatalogueEntry{std::string(id), folder, ModelOrigin::added};
    if (!added) return added.error();
    return make_error(ErrorKind::not_found, "There is no model " + in_quotes(id) + "; " + listed(entries) +
                                                ". Add one with: kinora-cli models add FOLDER.");
}

Result<CatalogueEntry> Catalogue::add(const fs::path& folder) const
{
    const auto model = inspect_model_folder(folder);
    if (!model) return model.error();
    const fs::path wanted = settled(folder);
    const auto entry_of = [&]() -> Result<CatalogueEntry> {
        const auto entries = list();
        if (!entries) return entries.error();
        for (const CatalogueEntry& entry : *entries)
            if (settled(entry.folder) == wanted) return entry;
        return make_error(ErrorKind::not_found, in_quotes(wanted.string()) + " is not in the catalogue.");
    };
    if (auto known = entry_of(); known || known.error().kind != ErrorKind::not_found) return known;
    auto added = registered();
    if (!added) return added.error();
    added->push_back(wanted);
    if (auto written = write_registry(*added); !written) return written.error();
    return entry_of();
}

Result<void> Catalogue::remove(std::string_view id) const
{
    const auto entry = find(id);
    if (!entry) return entry.error();
    auto added = registered();
    if (!added) return added.error();
    const auto end = std::remove_if(added->begin(), added->end(),
                                    [&](const fs::path& folder) { return settled(folder) == settled(entry->folder); });
    if (entry->origin != ModelOrigin::added || end == added->end()) {
        return make_error(ErrorKind::invalid_argument, "The model " + in_quotes(id) +
                                                           " was not added by hand: remove its folder " +
                                                           in_quotes(entry->folder.string()) + ".");
    }
    added->erase(end, added->end());
    return write_registry(*added);
}

}  // namespace kinora::core
