#include "core/models/catalogue.h"

#include <algorithm>
#include <set>

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/models/json_file.h"
#include "core/models/model_folder.h"
#include "core/models/model_scan.h"

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

/// A path that is the same however it was typed. A file keeps its own name: in the hub's cache files are links to others
/// whose names say nothing.
fs::path settled(const fs::path& path)
{
    std::error_code failed;
    if (fs::is_regular_file(path, failed)) {
        const fs::path folder = fs::weakly_canonical(fs::absolute(path).parent_path(), failed);
        return (failed ? fs::absolute(path).parent_path().lexically_normal() : folder) / path.filename();
    }
    fs::path result = fs::weakly_canonical(path, failed);
    if (failed) result = fs::absolute(path, failed).lexically_normal();
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
    return {resources ? *resources / "models" : fs::path(), data_dir() / "models", config_dir() / "models.json",
            cache_dir() / "assembled"};
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
    return contents_with(*added).entries;
}

Result<std::vector<DetectedPart>> Catalogue::parts() const
{
    const auto added = registered();
    if (!added) return added.error();
    return contents_with(*added).parts;
}

fs::path Catalogue::assembled_folder(const ComposedModel& model) const
{
    const fs::path parent = folders_.assembled.empty() ? folders_.registry.parent_path() / "assembled" : folders_.assembled;
    Sha256 hash;
    hash.update(path_to_utf8(settled(model.transformer.path)));
    return parent / path_from_utf8(model.name + "-" + hash.hex_digest().substr(0, 8));
}

Catalogue::Contents Catalogue::contents_with(const std::vector<fs::path>& added) const
{
    Contents contents;
    std::set<std::string> ids;
    std::set<fs::path> known;
    std::set<fs::path> tokenizers;
    std::vector<std::pair<fs::path, fs::path>> weights;  // path and what brought it
    const auto enter = [&](const fs::path& folder, ModelOrigin origin, const fs::path& source) {
        if (!known.insert(settled(folder)).second) return;
        const std::string id = free_id(settled(folder).filename().string(), ids);
        ids.insert(id);
        contents.entries.push_back({id, folder, origin, source});
        if (origin != ModelOrigin::built_in && fs::is_directory(folder / "tokenizer"))
            tokenizers.insert(folder / "tokenizer");
    };
    const auto enter_all = [&](const fs::path& path, ModelOrigin origin) {
        const auto found = scan_models(path);
        if (!found) return;
        for (const fs::path& folder : found->folders)
            enter(folder, origin, path);
        for (const fs::path& file : found->weights)
            if (known.insert(settled(file)).second) weights.emplace_back(file, path);
        tokenizers.insert(found->tokenizers.begin(), found->tokenizers.end());
    };
    for (const fs::path& folder : models_in(folders_.built_in))
        enter(folder, ModelOrigin::built_in, folder);
    for (const fs::path& folder : models_in(folders_.user_data))
        enter(folder, ModelOrigin::user_data, folder);
    enter_all(folders_.user_data, ModelOrigin::user_data);
    for (const fs::path& path : added) {
        if (looks_like_model_folder(path))
            enter(path, ModelOrigin::added, path);
        else
            enter_all(path, ModelOrigin::added);
    }
    std::map<fs::path, fs::path> source_of;
    for (const auto& [path, source] : weights) {
        auto part = detect_part(path);
        if (!part || part->kind == PartKind::unknown) continue;
        source_of.emplace(part->path, source);
        contents.parts.push_back(*std::move(part));
    }
    auto candidates = contents.parts;
    if (!candidates.empty()) {
        // Parts of whole models serve others, too.
        for (const CatalogueEntry& entry : contents.entries)
            for (const char* name : {"vae", "text_encoder", "image_encoder"})
                if (entry.origin != ModelOrigin::built_in && fs::is_directory(entry.folder / name))
                    if (auto part = detect_part(entry.folder / name)) candidates.push_back(*std::move(part));
    }
    for (ComposedModel& model : compose_models(candidates, {tokenizers.begin(), tokenizers.end()})) {
        const auto source = source_of.find(model.transformer.path);
        if (source == source_of.end()) continue;
        const bool own = source->second == folders_.user_data;
        const std::string id = free_id(model.name, ids);
        ids.insert(id);
        const fs::path folder = assembled_folder(model);
        contents.entries.push_back({id, folder, own ? ModelOrigin::user_data : ModelOrigin::added, source->second,
                                    std::make_shared<const ComposedModel>(std::move(model))});
    }
    return contents;
}

Result<CatalogueEntry> Catalogue::ready(const CatalogueEntry& entry) const
{
    if (!entry.composed) return entry;
    if (!entry.composed->missing.empty())
        return make_error(ErrorKind::not_found,
                          "The model " + in_quotes(entry.id) + " isn't complete. " + entry.composed->missing.front());
    if (auto assembled = assemble_folder(*entry.composed, entry.folder); !assembled) return assembled.error();
    return entry;
}

Result<CatalogueEntry> Catalogue::find_file(const fs::path& file, const std::vector<fs::path>& added) const
{
    auto with_file = added;
    with_file.push_back(file);
    for (const CatalogueEntry& entry : contents_with(with_file).entries) {
        if (!entry.composed) continue;
        const auto& second = entry.composed->transformer_2;
        if (settled(entry.composed->transformer.path) == settled(file) ||
            (second && settled(second->path) == settled(file))) {
            auto found = ready(entry);
            if (found) found->id = path_to_utf8(file);
            return found;
        }
    }
    const auto part = detect_part(file);
    if (!part) return part.error();
    const std::string what = part->variant.empty() ? "nothing that Kinora knows" : part->variant;
    return make_error(ErrorKind::unsupported,
                      in_quotes(path_to_utf8(file)) + " is no model by itself: it holds " + what + ".");
}

Result<CatalogueEntry> Catalogue::find(std::string_view id) const
{
    const auto added = registered();
    const auto paths = added ? *added : std::vector<fs::path>();
    const fs::path path = path_from_utf8(id);
    if (path.is_absolute() && looks_like_model_folder(path))
        return CatalogueEntry{std::string(id), path, ModelOrigin::added, path};
    const auto entries = contents_with(paths).entries;
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const CatalogueEntry& entry) { return entry.id == id; });
    if (found != entries.end()) return ready(*found);
    std::error_code ignored;
    if (path.is_absolute() && fs::is_regular_file(path, ignored) && is_weight_file(path)) return find_file(path, paths);
    if (!added) return added.error();
    return make_error(ErrorKind::not_found, "There is no model " + in_quotes(id) + "; " + listed(entries) +
                                                ". Add one with: kinora-cli models add FOLDER.");
}

Result<AddedModels> Catalogue::add_path(const fs::path& path) const
{
    const fs::path wanted = settled(path);
    std::error_code ignored;
    if (looks_like_model_folder(wanted)) {
        if (const auto model = inspect_model_folder(path); !model) return model.error();
    } else if (fs::is_regular_file(wanted, ignored) && is_weight_file(wanted)) {
        if (const auto part = detect_part(wanted); !part) return part.error();
    } else if (const auto found = scan_models(path); !found) {
        return found.error();
    }
    auto added = registered();
    if (!added) return added.error();
    const auto before = contents_with(*added);
    const bool known = std::find(added->begin(), added->end(), wanted) != added->end();
    auto paths = *added;
    if (!known) paths.push_back(wanted);
    const auto after = contents_with(paths);
    AddedModels result;
    const auto inside = [&](const fs::path& one) {
        const fs::path place = settled(one);
        return std::mismatch(wanted.begin(), wanted.end(), place.begin(), place.end()).first == wanted.end();
    };
    for (const CatalogueEntry& entry : after.entries)
        if (settled(entry.source) == wanted || inside(entry.composed ? entry.composed->transformer.path : entry.folder))
            result.models.push_back(entry);
    const bool list = fs::is_regular_file(wanted, ignored) && !is_weight_file(wanted);
    for (const DetectedPart& part : after.parts) {
        const bool fresh = std::none_of(before.parts.begin(), before.parts.end(),
                                        [&](const DetectedPart& other) { return other.path == part.path; });
        if (fresh || inside(part.path) || (known && list)) result.parts.push_back(part);
    }
    if (result.models.empty() && result.parts.empty()) {
        return make_error(ErrorKind::unsupported,
                          in_quotes(path_to_utf8(path)) +
                              " holds no model and no part of one that Kinora knows: a folder with a model_index.json, or "
                              "files of Wan models (.safetensors, .gguf, .pth).");
    }
    // What is there already, such as a built-in model, needs no second mention.
    const bool there =
        !known && result.parts.empty() && std::all_of(result.models.begin(), result.models.end(), [&](const auto& one) {
            return std::any_of(before.entries.begin(), before.entries.end(),
                               [&](const CatalogueEntry& entry) { return settled(entry.folder) == settled(one.folder); });
        });
    if (!known && !there)
        if (auto written = write_registry(paths); !written) return written.error();
    return result;
}

Result<CatalogueEntry> Catalogue::add(const fs::path& path) const
{
    auto added = add_path(path);
    if (!added) return added.error();
    if (added->models.empty()) return CatalogueEntry{{}, path, ModelOrigin::added, settled(path)};
    return added->models.front();
}

Result<void> Catalogue::remove(std::string_view id) const
{
    auto added = registered();
    if (!added) return added.error();
    const auto entries = contents_with(*added).entries;
    const auto entry = std::find_if(entries.begin(), entries.end(), [&](const CatalogueEntry& one) { return one.id == id; });
    if (entry == entries.end()) {
        return make_error(ErrorKind::not_found, "There is no model " + in_quotes(id) + "; " + listed(entries) + ".");
    }
    const auto end = std::remove_if(added->begin(), added->end(),
                                    [&](const fs::path& path) { return settled(path) == settled(entry->source); });
    if (entry->origin != ModelOrigin::added || end == added->end()) {
        return make_error(ErrorKind::invalid_argument, "The model " + in_quotes(id) +
                                                           " was not added by hand: remove its folder " +
                                                           in_quotes(entry->folder.string()) + ".");
    }
    added->erase(end, added->end());
    return write_registry(*added);
}

}  // namespace kinora::core
