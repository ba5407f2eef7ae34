#include "core/models/model_folder.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "core/base/text.h"
#include "core/models/json_file.h"
#include "core/models/model_files.h"
#include "core/models/weight_file.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

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

std::uint64_t bytes_in(const fs::path& folder)
{
    std::uint64_t bytes = 0;
    std::error_code failed;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
        std::error_code ignored;
        const auto size = entry->file_size(ignored);
        if (!ignored) bytes += size;
    }
    return bytes;
}

bool ends_with(std::string_view text, std::string_view ending)
{
    return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

/// The files without weights that a part of this class needs; one of each inner list.
std::vector<std::vector<std::string>> needed_files(const ModelPart& part)
{
    if (part.class_name.find("Tokenizer") != std::string::npos)
        return {{"spiece.model", "tokenizer.model", "tokenizer.json"}};
    if (part.class_name.find("Scheduler") != std::string::npos) return {{"scheduler_config.json"}};
    if (part.class_name.find("Processor") != std::string::npos || ends_with(part.class_name, "Extractor")) {
        return {{"preprocessor_config.json"}};
    }
    return {{"config.json"}};
}

bool has_weights(const ModelPart& part)
{
    return needed_files(part).front().front() == "config.json";
}

/// The parts that an index names, in its order. A part that is null on purpose (`transformer_2` of a one-expert model) is
/// left out.
Result<std::vector<ModelPart>> parts_of(const nlohmann::json& index, const fs::path& file)
{
    std::vector<ModelPart> parts;
    for (const auto& [name, value] : index.items()) {
        if (name.empty() || name.front() == '_' || !value.is_array() || value.size() != 2) continue;
        if (value[0].is_null() && value[1].is_null()) continue;
        if (!value[0].is_string() || !value[1].is_string() || name.find_first_of("/\\") != std::string::npos ||
            name.front() == '.') {
            return make_error(ErrorKind::corrupt,
                              in_quotes(file.string()) + " names an impossible part " + in_quotes(name) + ".");
        }
        ModelPart part;
        part.name = name;
        part.library = value[0].get<std::string>();
        part.class_name = value[1].get<std::string>();
        parts.push_back(std::move(part));
    }
    if (parts.empty()) {
        return make_error(ErrorKind::corrupt, in_quotes(file.string()) + " names no parts of a model.");
    }
    return parts;
}

/// What of a part isn't there, as paths from the model's folder.
std::vector<std::string> missing_files(const fs::path& folder, const ModelPart& part)
{
    if (!is_folder(folder / part.name)) return {part.name + "/"};
    std::vector<std::string> missing;
    for (const auto& choices : needed_files(part)) {
        const bool there = std::any_of(choices.begin(), choices.end(),
                                       [&](const std::string& name) { return is_file(folder / part.name / name); });
        if (!there) missing.push_back(part.name + "/" + choices.front());
    }
    if (has_weights(part)) {
        const auto files = find_weight_files(folder / part.name);
        if (!files && files.error().kind == ErrorKind::not_found) missing.push_back(part.name + "/*.safetensors");
    }
    return missing;
}

Error half_a_model(const fs::path& folder, const std::vector<std::string>& missing)
{
    std::string list;
    for (std::size_t i = 0; i < missing.size(); ++i) {
        if (i > 0) list += i + 1 == missing.size() ? " and " : ", ";
        list += missing[i];
    }
    return make_error(ErrorKind::not_found, in_quotes(folder.string()) + " is only half a model: " + list +
                                                (missing.size() == 1 ? " is" : " are") + " missing. Download it again.");
}

Result<void> read_headers(const fs::path& folder, ModelPart& part)
{
    const auto files = find_weight_files(folder / part.name);
    if (!files) return files.error();
    part.weight_files = files->files;
    std::set<std::string> types;
    for (const fs::path& file : part.weight_files) {
        const auto header = read_weight_file(file);
        if (!header) return header.error();
        for (const WeightEntry& entry : header->entries) {
            types.insert(entry.type);
            part.parameters += static_cast<std::uint64_t>(entry.elements());
        }
    }
    part.types.assign(types.begin(), types.end());
    return {};
}

}  // namespace

const ModelPart* ModelFolder::part(std::string_view part_name) const
{
    const auto found = std::find_if(parts.begin(), parts.end(), [&](const ModelPart& one) { return one.name == part_name; });
    return found == parts.end() ? nullptr : &*found;
}

std::uint64_t ModelFolder::bytes() const
{
    return std::accumulate(parts.begin(), parts.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const ModelPart& one) { return sum + one.bytes; });
}

std::uint64_t ModelFolder::parameters() const
{
    return std::accumulate(parts.begin(), parts.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const ModelPart& one) { return sum + one.parameters; });
}

bool looks_like_model_folder(const fs::path& folder)
{
    return is_file(folder / "model_index.json") || is_folder(folder / "transformer");
}

Result<ModelFolder> inspect_model_folder(const fs::path& folder)
{
    if (!is_folder(folder))
        return make_error(ErrorKind::not_found, "There is no folder " + in_quotes(folder.string()) + ".");
    const fs::path index_file = folder / "model_index.json";
    if (!is_file(index_file)) {
        if (looks_like_model_folder(folder)) return half_a_model(folder, {"model_index.json"});
        return make_error(ErrorKind::not_found,
                          in_quotes(folder.string()) +
                              " is not a model: model_index.json is missing. Name the folder that holds this file.");
    }
    const auto index = read_json_object(index_file);
    if (!index) return index.error();
    auto parts = parts_of(*index, index_file);
    if (!parts) return parts.error();

    ModelFolder model;
    model.path = folder;
    model.pipeline = index->contains("_class_name") && (*index)["_class_name"].is_string()
                         ? (*index)["_class_name"].get<std::string>()
                         : "";
    model.parts = *std::move(parts);
    std::vector<std::string> missing;
    for (const ModelPart& part : model.parts) {
        const auto of_part = missing_files(folder, part);
        missing.insert(missing.end(), of_part.begin(), of_part.end());
    }
    if (!missing.empty()) return half_a_model(folder, missing);
    for (ModelPart& part : model.parts) {
        part.bytes = bytes_in(folder / part.name);
        if (!has_weights(part)) continue;
        if (auto read = read_headers(folder, part); !read) return read.error();
    }
    model.card = read_model_card(folder);
    model.name = model.card.title.empty() ? folder.lexically_normal().filename().string() : model.card.title;
    return model;
}

}  // namespace kinora::core
