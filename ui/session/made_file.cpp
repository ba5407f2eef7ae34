#include "ui/session/made_file.h"

#include <QImageReader>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/generation/recipe_json.h"
#include "core/media/recipe_metadata.h"
#include "core/models/safetensors_header.h"

namespace kinora::ui {
namespace {

constexpr std::uint64_t k_longest = std::uint64_t{4} << 20U;

core::Result<std::string> text_of(const std::filesystem::path& file)
{
    const std::string ending = file.extension().string();
    if (ending == ".json") return core::read_file(file, k_longest);
    if (ending == ".safetensors") {
        const auto header = core::read_safetensors_header(file);
        if (!header) return header.error();
        const auto recipe = header->metadata.find("kinora.recipe");
        return recipe == header->metadata.end() ? std::string() : recipe->second;
    }
    if (ending == ".png" || ending == ".PNG") {
        QImageReader reader(QString::fromStdString(core::path_to_utf8(file)));
        return reader.text(QString::fromLatin1(media::k_recipe_key)).toStdString();
    }
    return media::read_embedded_recipe(file);
}

}  // namespace

core::Result<core::Recipe> recipe_of_file(const std::filesystem::path& file)
{
    const std::string name = core::in_quotes(core::path_to_utf8(file.filename()));
    const auto text = text_of(file);
    if (!text && text.error().kind != core::ErrorKind::not_found) return text.error();
    if (!text || text->empty())
        return core::make_error(core::ErrorKind::not_found,
                                name + " doesn't tell how it was made; only clips and pictures that Kinora wrote do.");
    const auto json = core::parse_json(*text, "The recipe of " + name);
    if (!json) return json.error();
    const bool wrapped = json->is_object() && json->contains("recipe");
    return core::recipe_from_json(wrapped ? (*json)["recipe"] : *json);
}

}  // namespace kinora::ui
