#include "core/models/model_files.h"

#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/models/json_file.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

bool ends_with(const std::string& text, std::string_view ending)
{
    return text.size() >= ending.size() && std::string_view(text).substr(text.size() - ending.size()) == ending;
}

/// File names in the folder that end so, hidden ones left out, in alphabetical order.
std::vector<std::string> names_ending_with(const fs::path& folder, std::string_view ending)
{
    std::vector<std::string> names;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
        const std::string name = entry->path().filename().string();
        if (ends_with(name, ending) && name.front() != '.') names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// The one that a loader without further wishes takes: the standard names first, or the only one there is.
std::string choose(const std::vector<std::string>& names, std::string_view ending)
{
    for (std::string_view stem : {"diffusion_pytorch_model", "model"}) {
        const std::string wanted = std::string(stem) + std::string(ending);
        if (std::find(names.begin(), names.end(), wanted) != names.end()) return wanted;
    }
    return names.size() == 1 ? names.front() : std::string();
}

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 4); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > 4) text += " and " + std::to_string(names.size() - 4) + " more";
    return text;
}

Result<WeightFiles> read_index(const fs::path& folder, const std::string& index_name)
{
    const fs::path index_file = folder / index_name;
    const auto json = read_json_object(index_file);
    if (!json) return json.error();
    const auto corrupt = [&](const std::string& reason) {
        return make_error(ErrorKind::corrupt, in_quotes(index_file.string()) + " is not a usable index: " + reason + ".");
    };
    const auto weight_map = json->find("weight_map");
    if (weight_map == json->end() || !weight_map->is_object() || weight_map->empty()) return corrupt("it has no weight_map");

    WeightFiles result;
    std::set<std::string> shards;
    for (const auto& [tensor, shard] : weight_map->items()) {
        if (!shard.is_string()) return corrupt(in_quotes(tensor) + " names no file");
        const auto name = shard.get<std::string>();
        // A shard lies beside its index: a path that leads elsewhere would let a model read any file.
        if (name.empty() || name.find_first_of(std::string_view("/\\\0", 3)) != std::string::npos ||
            !ends_with(name, ".safetensors")) {
            return corrupt(in_quotes(name) + " is no file name of a shard");
        }
        result.index[tensor] = name;
        shards.insert(name);
    }
    std::vector<std::string> missing;
    for (const std::string& shard : shards) {
        std::error_code ignored;
        if (!fs::is_regular_file(folder / shard, ignored)) missing.push_back(shard);
        result.files.push_back(folder / shard);
    }
    if (!missing.empty()) {
        return make_error(ErrorKind::not_found, in_quotes(folder.string()) + " lacks " + std::to_string(missing.size()) +
                                                    " of its " + std::to_string(shards.size()) +
                                                    " weight files: " + listed(missing) + ". Download the model again.");
    }
    return result;
}

}  // namespace

Result<WeightFiles> find_weight_files(const fs::path& folder)
{
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) {
        return make_error(ErrorKind::not_found, "There is no folder \"" + folder.string() + "\".");
    }
    constexpr std::string_view k_index = ".safetensors.index.json";
    constexpr std::string_view k_file = ".safetensors";
    const auto indices = names_ending_with(folder, k_index);
    const auto files = names_ending_with(folder, k_file);
    // A single whole file is preferred to an index, whose shards may have been deleted when they were merged.
    const std::string file = choose(files, k_file);
    const bool standard = file == "diffusion_pytorch_model.safetensors" || file == "model.safetensors";
    if (!indices.empty() && !standard) {
        const std::string index = choose(indices, k_index);
        if (!index.empty()) return read_index(folder, index);
    }
    if (!file.empty()) return WeightFiles{{folder / file}, {}};
    // Other formats have no shards: one file is the part.
    for (const std::string_view ending : {".gguf", ".pth", ".pt"}) {
        const auto others = names_ending_with(folder, ending);
        if (files.empty() && others.size() == 1) return WeightFiles{{folder / others.front()}, {}};
    }
    if (!files.empty()) {
        return make_error(
            ErrorKind::unsupported,
            in_quotes(folder.string()) + " holds several weight files without an index: " + listed(files) + ".");
    }
    return make_error(ErrorKind::not_found,
                      in_quotes(folder.string()) + " has no weights: a .safetensors (or .gguf) file is missing.");
}

}  // namespace kinora::core
