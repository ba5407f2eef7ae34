#include "core/media/recipe_metadata.h"

#include <strings.h>

#include <cstring>

#include "core/media/media_input.h"

namespace kinora::media {

std::string find_recipe(const std::map<std::string, std::string>& metadata)
{
    for (const auto& [key, value] : metadata)
        if (strcasecmp(key.c_str(), k_recipe_key) == 0 || key == k_mxf_recipe_key) return value;
    return {};
}

core::Result<std::string> read_embedded_recipe(const std::filesystem::path& file)
{
    constexpr std::size_t k_longest = std::size_t{4} << 20U;
    auto format = open_header(file);
    if (!format) return format.error();
    const AVDictionaryEntry* entry = av_dict_get((*format)->metadata, k_recipe_key, nullptr, 0);
    if (entry == nullptr) entry = av_dict_get((*format)->metadata, k_mxf_recipe_key, nullptr, 0);
    if (entry == nullptr || entry->value[0] == '\0') {
        return core::make_error(core::ErrorKind::not_found, quoted(file) + " carries no recipe of Kinora's.");
    }
    if (std::strlen(entry->value) > k_longest) {
        return core::make_error(core::ErrorKind::unsupported,
                                quoted(file) + " carries a recipe that is too long to be one.");
    }
    return std::string(entry->value);
}

}  // namespace kinora::media
