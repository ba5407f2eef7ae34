#pragma once

#include <CLI/App.hpp>
#include <optional>
#include <string>
#include <vector>

namespace kinora::cli {

/// The manual page of the whole program in roff (man(7)), from the same options, examples and texts that `--help` shows.
[[nodiscard]] std::string manual_page(const CLI::App& app);

/// What a shell may offer for the last of `words` (which may be empty; the program's name isn't among them): commands,
/// options, or the values of an option that has a fixed set. Each line is "WORD" or "WORD\tDESCRIPTION". Empty where a file
/// name is wanted.
[[nodiscard]] std::vector<std::string> completions(const CLI::App& app, const std::vector<std::string>& words);

/// What packages call: "manual" prints the page, "complete -- WORDS" what a shell may offer. They aren't commands of `app`,
/// since their words are looked at and not parsed. Empty for anything else, otherwise the exit code.
[[nodiscard]] std::optional<int> run_packaging_command(const CLI::App& app, const std::vector<std::string>& words);

}  // namespace kinora::cli
