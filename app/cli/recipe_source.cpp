#include "app/cli/recipe_source.h"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "app/cli/clip_pictures.h"
#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/generation/recipe_json.h"
#include "inference/pipeline/latents_file.h"
#ifdef KINORA_HAS_MEDIA
#include "core/export/restore_recipe.h"
#include "core/media/clip_reader.h"
#include "core/media/image_reader.h"
#else
#include "core/generation/picture_file.h"
#endif

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t k_longest_recipe = std::uint64_t{4} << 20U;

std::string quoted(const fs::path& path)
{
    return core::in_quotes(core::path_to_utf8(path));
}

core::Result<core::Recipe> recipe_of_text(const std::string& text, const fs::path& file)
{
    const auto json = core::parse_json(text, "The recipe of " + quoted(file));
    if (!json) return json.error();
    const bool wrapped = json->is_object() && json->contains("recipe");
    auto recipe = core::recipe_from_json(wrapped ? (*json)["recipe"] : *json);
    if (!recipe)
        return core::make_error(recipe.error().kind, "The recipe of " + quoted(file) + ": " + recipe.error().message);
    return recipe;
}

core::Result<core::Recipe> recipe_of_json_file(const fs::path& file)
{
    const auto text = core::read_file(file, k_longest_recipe);
    if (!text) return text.error();
    return recipe_of_text(*text, file);
}

core::Result<core::Recipe> recipe_of_clip(const fs::path& file)
{
#ifdef KINORA_HAS_MEDIA
    auto recipes = media::restore_recipes(file);
    if (!recipes) return recipes.error();
    return std::move(recipes->front());
#else
    return core::make_error(core::ErrorKind::unsupported,
                            "This build of Kinora reads no video files such as " + quoted(file) + "; give its recipe.json.");
#endif
}

core::Result<core::FrameSequence> read_picture(const fs::path& file)
{
#ifdef KINORA_HAS_MEDIA
    return media::read_image(file);
#else
    return core::read_png_frames(file);
#endif
}

/// A stretch of a clip.
core::Result<core::ConditioningFrame> read_part(const fs::path& file, const core::Recipe::Reference& reference,
                                                inference::WanGenerator& engine)
{
    const core::FrameRange range{reference.source_frame, reference.source_frame + reference.count};
    auto frames = read_clip_pictures(file, range, engine);
    if (!frames) return frames.error();
    auto hash = core::sha256_of_file(file);
    if (!hash) return hash.error();
    return core::ConditioningFrame{reference.frame,          std::make_shared<const core::FrameSequence>(*std::move(frames)),
                                   core::path_to_utf8(file), *std::move(hash),
                                   reference.source_frame,   reference.count};
}

}  // namespace

core::Result<core::Recipe> read_recipe(const fs::path& file)
{
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) return recipe_of_json_file(file / "recipe.json");
    if (file.extension() == ".json") return recipe_of_json_file(file);
    if (file.extension() == ".safetensors") {
        auto latents = inference::load_latents(file);
        if (!latents) return latents.error();
        return std::move(latents->recipe);
    }
    return recipe_of_clip(file);
}

core::Result<core::ConditioningFrame> read_reference(const fs::path& file, int frame)
{
    auto picture = read_picture(file);
    if (!picture) return picture.error();
    auto hash = core::sha256_of_file(file);
    if (!hash) return hash.error();
    // The path stays as it was typed: an absolute one would tell the reader of a clip about somebody's folders.
    return core::ConditioningFrame{frame, std::make_shared<const core::FrameSequence>(*std::move(picture)),
                                   core::path_to_utf8(file), *std::move(hash)};
}

core::Result<std::vector<core::ConditioningFrame>> read_references(const core::Recipe& recipe, const fs::path& beside,
                                                                   inference::WanGenerator& engine)
{
    std::vector<core::ConditioningFrame> frames;
    for (const core::Recipe::Reference& reference : recipe.references) {
        const fs::path typed = core::path_from_utf8(reference.source);
        std::error_code ignored;
        const fs::path file = fs::exists(typed, ignored) ? typed : beside.parent_path() / typed;
        auto frame = reference.count > 1 ? read_part(file, reference, engine) : read_reference(file, reference.frame);
        if (!frame) return frame.error();
        frame->source = reference.source;
        if (!reference.sha256.empty() && frame->sha256 != reference.sha256) {
            return core::make_error(
                core::ErrorKind::corrupt,
                "The picture " + core::in_quotes(reference.source) +
                    " has changed since the recipe was written, so other frames would come out; put the old "
                    "picture back or name another one by --first-frame or --last-frame.");
        }
        frames.push_back(*std::move(frame));
    }
    return frames;
}

}  // namespace kinora::cli
