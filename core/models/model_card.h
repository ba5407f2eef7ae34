#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace kinora::core {

/// What a model's author says of it, as far as the files in its folder tell. Nothing here is checked or judged.
struct ModelCard {
    std::string title;  ///< first heading of README.md; may be empty
    std::string
        license;  ///< `license` (or `license_name`) of the card's front matter, else the first line of LICENSE; may be empty
    std::string text;                    ///< README.md without its front matter; may be empty
    std::filesystem::path license_file;  ///< LICENSE, LICENSE.txt, LICENSE.md; may be empty
};

/// Reads README.md and the licence in a model's folder. Files that are missing, or longer than a megabyte, leave their
/// fields empty.
[[nodiscard]] ModelCard read_model_card(const std::filesystem::path& folder);

/// Takes a card apart: a YAML front matter between two lines "---", then Markdown.
[[nodiscard]] ModelCard parse_model_card(std::string_view readme);

}  // namespace kinora::core
