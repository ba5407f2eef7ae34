#include "core/models/download/published_models.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/json_reader.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/models/download/hub.h"
#include "core/models/json_file.h"

namespace kinora::core {
namespace {

void read_texts(JsonReader& reader, const char* key, std::vector<std::string>& texts)
{
    const auto* list = reader.find(key);
    if (!list) return;
    if (!list->is_array()) return reader.fail(key, "is not a list");
    for (const auto& text : *list) {
        if (!text.is_string()) return reader.fail(key, "holds something else than texts");
        texts.push_back(text.get<std::string>());
    }
}

PublishedPart read_part(JsonReader& reader)
{
    PublishedPart part;
    reader.text("repository", part.repository);
    reader.text("revision", part.revision);
    reader.text("into", part.into, 100);
    read_texts(reader, "files", part.files);
    read_texts(reader, "except", part.except);
    if (!is_repository_name(part.repository)) reader.fail("repository", "is no name of a repository");
    if (part.files.empty()) reader.fail("files", "names none");
    if (part.into.find_first_of("/.\\") != std::string::npos) reader.fail("into", "is no name of a folder");
    return part;
}

PublishedModel read_model(JsonReader& reader)
{
    PublishedModel model;
    reader.text("id", model.id, 100);
    reader.text("title", model.title);
    reader.text("kind", model.kind);
    reader.text("format", model.format);
    reader.text("licence", model.licence);
    reader.text("source", model.source);
    reader.text("about", model.about);
    reader.text("training_data", model.training_data);
    reader.objects("parts", [&](JsonReader& part) { model.parts.push_back(read_part(part)); });
    if (model.id.empty() || model.id.front() == '.' || model.id.find('/') != std::string::npos)
        reader.fail("id", "is missing or no name");
    if (model.parts.empty()) reader.fail("parts", "names none");
    return model;
}

std::string lower(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char letter) { return std::tolower(letter); });
    return result;
}

}  // namespace

Result<std::vector<PublishedModel>> read_published_models(const std::filesystem::path& file)
{
    const auto json = read_json_object(file, 4U << 20U);
    if (!json) return json.error();
    std::vector<PublishedModel> models;
    std::set<std::string> ids;
    JsonReader reader(*json, "");
    reader.objects("models", [&](JsonReader& entry) {
        models.push_back(read_model(entry));
        if (!ids.insert(models.back().id).second) entry.fail("id", "is there twice");
    });
    if (!reader.error().empty())
        return make_error(ErrorKind::corrupt, in_quotes(file.string()) + " is damaged: " + reader.error() + ".");
    return models;
}

Result<std::vector<PublishedModel>> published_models()
{
    const auto resources = resources_dir();
    if (!resources) return resources.error();
    return read_published_models(*resources / "models" / "catalogue.json");
}

Result<PublishedModel> find_published_model(const std::vector<PublishedModel>& models, std::string_view id)
{
    const auto found = std::find_if(models.begin(), models.end(),
                                    [&](const PublishedModel& model) { return lower(model.id) == lower(id); });
    if (found != models.end()) return *found;
    std::string known;
    for (const auto& model : models)
        known += (known.empty() ? "" : ", ") + model.id;
    return make_error(ErrorKind::not_found,
                      "There is no published model " + in_quotes(id) + " in Kinora's list; it has " + known +
                          ". Anything else: download it yourself, then \"kinora-cli models add PATH\".");
}

bool fits_pattern(std::string_view path, std::string_view pattern)
{
    // The place after the last "*", and how much it had swallowed, are all that has to be remembered.
    std::size_t at = 0;
    std::size_t in = 0;
    std::size_t star = std::string_view::npos;
    std::size_t swallowed = 0;
    while (at < path.size()) {
        if (in < pattern.size() && pattern[in] == '*') {
            star = ++in;
            swallowed = at;
        } else if (in < pattern.size() && pattern[in] == path[at]) {
            ++in;
            ++at;
        } else if (star != std::string_view::npos) {
            in = star;
            at = ++swallowed;
        } else {
            return false;
        }
    }
    while (in < pattern.size() && pattern[in] == '*')
        ++in;
    return in == pattern.size();
}

}  // namespace kinora::core
