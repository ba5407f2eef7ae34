#include "inference/pipeline/latents_file.h"

#include <ATen/ops/from_blob.h>

#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/text.h"
#include "core/generation/clip_layout_json.h"
#include "core/generation/recipe_json.h"
#include "inference/weights/safetensors.h"

namespace kinora::inference {
namespace {

constexpr const char* k_recipe_key = "kinora.recipe";
constexpr const char* k_steps_key = "kinora.steps_done";
constexpr const char* k_layout_key = "kinora.layout";
constexpr std::int64_t k_largest_side = 1 << 16;

core::Error corrupt(const std::filesystem::path& file, const std::string& why)
{
    return core::make_error(core::ErrorKind::corrupt, core::in_quotes(file.string()) + " " + why);
}

core::Result<core::Recipe> recipe_of(const SafetensorsFile& content, const std::filesystem::path& file)
{
    const auto text = content.metadata.find(k_recipe_key);
    if (text == content.metadata.end()) return corrupt(file, "holds no recipe.");
    const auto json = nlohmann::json::parse(text->second, nullptr, false);
    if (json.is_discarded()) return corrupt(file, "holds a recipe that is not valid JSON.");
    return core::recipe_from_json(json);
}

int steps_of(const SafetensorsFile& content)
{
    const auto text = content.metadata.find(k_steps_key);
    int steps = 0;
    if (text != content.metadata.end())
        std::from_chars(text->second.data(), text->second.data() + text->second.size(), steps);
    return steps;
}

/// None in most files: their latents are one piece.
core::Result<core::ClipLayout> layout_of(const SafetensorsFile& content, const std::filesystem::path& file)
{
    const auto text = content.metadata.find(k_layout_key);
    if (text == content.metadata.end()) return core::ClipLayout{};
    const auto json = nlohmann::json::parse(text->second, nullptr, false);
    auto layout = core::layout_from_json(json);
    if (!layout) return corrupt(file, "can't be decoded. " + layout.error().message);
    return layout;
}

}  // namespace

core::Result<void> save_latents(const std::filesystem::path& file, const SavedLatents& saved)
{
    const auto& clip = saved.latents;
    std::error_code ignored;
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), ignored);
    // from_blob wants a mutable pointer; the tensor is only read.
    const auto tensor =
        at::from_blob(const_cast<float*>(clip.values.data()), {clip.channels, clip.frames, clip.height, clip.width},
                      at::TensorOptions().dtype(at::kFloat));
    std::map<std::string, std::string> told{{k_recipe_key, core::to_json(saved.recipe).dump()},
                                            {k_steps_key, std::to_string(saved.steps_done)}};
    if (!clip.layout.one_piece()) told[k_layout_key] = core::to_json(clip.layout).dump();
    return save_safetensors(file, {{"latents", tensor}}, told);
}

core::Result<SavedLatents> load_latents(const std::filesystem::path& file)
{
    auto content = open_safetensors(file);
    if (!content) return content.error();
    const auto& tensors = content->weights.tensors();
    const auto found = tensors.find("latents");
    if (found == tensors.end() || found->second.dim() != 4 || found->second.scalar_type() != at::kFloat)
        return corrupt(file, "holds no latents of a clip.");
    for (const std::int64_t side : found->second.sizes())
        if (side < 1 || side > k_largest_side) return corrupt(file, "holds latents of an impossible size.");
    auto recipe = recipe_of(*content, file);
    if (!recipe) return recipe.error();
    auto layout = layout_of(*content, file);
    if (!layout) return layout.error();

    const auto values = found->second.contiguous();
    SavedLatents saved;
    saved.latents = {.model_id = recipe->model_id,
                     .channels = static_cast<int>(values.size(0)),
                     .frames = static_cast<int>(values.size(1)),
                     .height = static_cast<int>(values.size(2)),
                     .width = static_cast<int>(values.size(3)),
                     .values = std::vector<float>(values.data_ptr<float>(), values.data_ptr<float>() + values.numel()),
                     .layout = *std::move(layout)};
    saved.recipe = *std::move(recipe);
    saved.steps_done = steps_of(*content);
    return saved;
}

}  // namespace kinora::inference
