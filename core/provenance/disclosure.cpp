#include "core/provenance/disclosure.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/base/paths.h"
#include "core/generation/recipe_json.h"
#include "core/time/timecode.h"

namespace kinora::core {
namespace {

std::string fixed(float number)
{
    std::string text = std::to_string(number);
    while (text.ends_with('0'))
        text.pop_back();
    if (text.ends_with('.')) text.pop_back();
    return text;
}

std::vector<DisclosedItem> items_of(const Recipe& recipe)
{
    std::vector<DisclosedItem> items;
    const auto add = [&](const char* label, std::string value) {
        if (!value.empty()) items.push_back({label, std::move(value)});
    };
    add("Prompt", recipe.prompt);
    add("Negative prompt", recipe.negative_prompt);
    add("Model", recipe.model_id);
    add("Model hash", recipe.model_hash);
    add("Seed", std::to_string(recipe.seed));
    for (const LoraChoice& lora : recipe.loras)
        add("LoRA", path_to_utf8(lora.file) + " at " + fixed(lora.weight));
    for (const Recipe::Reference& reference : recipe.references)
        add("Picture used", reference.source);
    if (recipe.origin) add("Made from", recipe.origin->source + " (" + recipe.origin->verb + ")");
    add("Size", std::to_string(recipe.width) + "x" + std::to_string(recipe.height));
    add("Length", std::to_string(recipe.frames) + " frames at " + rate_text(recipe.rate));
    add("Steps", std::to_string(recipe.steps));
    add("Guidance", fixed(recipe.guidance) + " (" + recipe.guidance_mode + ")");
    add("Sampler", recipe.sampler);
    add("Computed on", recipe.device + (recipe.dtype.empty() ? "" : ", " + recipe.dtype));
    add("Made with", "Kinora " + recipe.engine_version);
    return items;
}

}  // namespace

Recipe disclosed_recipe(Recipe recipe)
{
    for (LoraChoice& lora : recipe.loras)
        lora.file = lora.file.filename();
    for (Recipe::Reference& reference : recipe.references)
        reference.source = reference.sha256.empty() ? "a picture" : "sha256:" + reference.sha256;
    if (recipe.origin) recipe.origin->source = recipe.origin->sha256.empty() ? "a clip" : "sha256:" + recipe.origin->sha256;
    return recipe;
}

std::string disclosed_json(const std::vector<Recipe>& recipes)
{
    std::vector<Recipe> told;
    for (const Recipe& recipe : recipes) {
        Recipe one = disclosed_recipe(recipe);
        if (std::find(told.begin(), told.end(), one) == told.end()) told.push_back(std::move(one));
    }
    if (told.empty()) return {};
    if (told.size() == 1) return json_text(to_json(told[0]));
    nlohmann::json all = {{"format", 1}, {"storyboard", nlohmann::json::array()}};
    for (const Recipe& recipe : told)
        all["storyboard"].push_back(to_json(recipe));
    return json_text(all);
}

Result<std::vector<Recipe>> recipes_from_text(const std::string& text, const std::string& what)
{
    const auto json = parse_json(text, what);
    if (!json) return json.error();
    std::vector<Recipe> recipes;
    const auto add = [&](const nlohmann::json& one) -> Result<void> {
        auto recipe = recipe_from_json(one);
        if (!recipe) return make_error(recipe.error().kind, what + ": " + recipe.error().message);
        recipes.push_back(std::move(*recipe));
        return {};
    };
    if (json->is_object() && json->contains("storyboard") && (*json)["storyboard"].is_array()) {
        for (const nlohmann::json& one : (*json)["storyboard"])
            if (auto added = add(one); !added) return added.error();
    } else {
        const bool wrapped = json->is_object() && json->contains("recipe");
        if (auto added = add(wrapped ? (*json)["recipe"] : *json); !added) return added.error();
    }
    if (recipes.empty()) return make_error(ErrorKind::corrupt, what + " holds no recipe.");
    return recipes;
}

std::vector<DisclosedItem> what_is_disclosed(const std::vector<Recipe>& recipes)
{
    std::vector<DisclosedItem> all;
    for (const Recipe& recipe : recipes)
        for (DisclosedItem& item : items_of(disclosed_recipe(recipe)))
            if (std::find(all.begin(), all.end(), item) == all.end()) all.push_back(std::move(item));
    return all;
}

}  // namespace kinora::core
