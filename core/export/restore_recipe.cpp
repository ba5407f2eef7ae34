#include "core/export/restore_recipe.h"

#include <algorithm>
#include <optional>

#include "core/base/file.h"
#include "core/base/mapped_file.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/export/clip_export.h"
#include "core/media/recipe_metadata.h"
#include "core/provenance/disclosure.h"
#include "core/provenance/xmp.h"
#include "core/provenance/xmp_files.h"

namespace kinora::media {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t k_longest_recipe = std::uint64_t{4} << 20U;

std::string name_of(const fs::path& file)
{
    return core::in_quotes(core::path_to_utf8(file));
}

core::Result<std::vector<core::Recipe>> of_json(const fs::path& file)
{
    const auto text = core::read_file(file, k_longest_recipe);
    if (!text) return text.error();
    return core::recipes_from_text(*text, "The recipe of " + name_of(file));
}

/// The text in the file itself; nothing if it has none.
std::optional<std::string> carried_text(const fs::path& file)
{
    // The container's own is first: what the artist wrote for himself names files, XMP is for others.
    if (auto text = read_embedded_recipe(file)) return std::move(*text);
    if (const auto mapped = core::MappedFile::open(file)) {
        if (const auto packet = core::find_xmp((*mapped)->bytes()))
            if (auto text = core::recipe_in_xmp(*packet)) return std::move(*text);
    }
    return std::nullopt;
}

core::Result<std::vector<core::Recipe>> of_folder(const fs::path& folder)
{
    std::error_code unknown;
    if (fs::is_regular_file(folder / "recipe.json", unknown)) return of_json(folder / "recipe.json");
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder, unknown))
        if (entry.is_regular_file(unknown) && files.size() < 100'000) files.push_back(entry.path());
    const auto first = std::min_element(files.begin(), files.end());
    if (first == files.end()) return core::make_error(core::ErrorKind::not_found, name_of(folder) + " holds no pictures.");
    return restore_recipes(*first);
}

}  // namespace

core::Result<std::vector<core::Recipe>> restore_recipes(const fs::path& file)
{
    std::error_code unknown;
    if (fs::is_directory(file, unknown)) return of_folder(file);
    if (!fs::is_regular_file(file, unknown))
        return core::make_error(core::ErrorKind::not_found, "There is no " + name_of(file) + ".");
    if (file.extension() == ".json") return of_json(file);
    if (const auto text = carried_text(file)) return core::recipes_from_text(*text, "The recipe of " + name_of(file));
    if (const fs::path sidecar = sidecar_of(file); fs::is_regular_file(sidecar, unknown)) return of_json(sidecar);
    return core::make_error(core::ErrorKind::not_found, name_of(file) + " carries no recipe of Kinora's.");
}

}  // namespace kinora::media
