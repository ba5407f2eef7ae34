#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/generation/request.h"

namespace kinora::core {

/// What an exported file says about how it was made. One switch (`--no-metadata`, "Recipe in the file") leaves all of it
/// out.

/// The recipe as it may leave the machine: pictures that were used are named by their hash, LoRA files by their name alone,
/// so that nobody's folders are told.
[[nodiscard]] Recipe disclosed_recipe(Recipe recipe);

/// Several recipes as one text for a file: one recipe as its JSON, those of a storyboard as `{"format":1,"storyboard":[…]}`,
/// equal ones once. Empty for none.
[[nodiscard]] std::string disclosed_json(const std::vector<Recipe>& recipes);

/// Reads such a text from outside. `corrupt` names what is wrong; never empty otherwise.
[[nodiscard]] Result<std::vector<Recipe>> recipes_from_text(const std::string& text, const std::string& what);

/// One line of what the artist is shown before exporting.
struct DisclosedItem {
    std::string label;  ///< "Prompt", "Seed" …; English, for `tr()`
    std::string value;
    friend bool operator==(const DisclosedItem&, const DisclosedItem&) = default;
};

/// Everything that the recipes would tell, in the order of interest; each value once.
[[nodiscard]] std::vector<DisclosedItem> what_is_disclosed(const std::vector<Recipe>& recipes);

}  // namespace kinora::core
