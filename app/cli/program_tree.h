#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace kinora::cli {

/// The manual page of the whole program in roff (man(7)), from the same options, examples and texts that `--help` shows.
[[nodiscard]] std::string manual_page(const CLI::App& app);

/// What a shell may offer for the last of `words` (which may be empty; the program's name isn't among them): commands,
/// options, or the values of an option that has a fixed set. Each line is "WORD" or "WORD\tDESCRIPTION". Empty where a file
/// name is wanted.
[[nodiscard]] std::vector<std::string> completions(const CLI::App& app, const std::vector<std::string>& words);

/// Adds "complete" and "manual", which packages use; they aren't shown in the help.
void add_packaging_commands(CLI::App& app, std::function<int(std::stop_token)>& run);

}  // namespace kinora::cli
