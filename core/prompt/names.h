#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kinora::core {

/// True for what can follow "$" or stand between "__" and "__": see the grammar in `syntax.h`.
[[nodiscard]] bool is_prompt_name(std::string_view name);

/// The prompt with every use of variable `from` replaced by `to`; everything else stays as it was typed.
[[nodiscard]] std::string rename_variable(std::string_view prompt, std::string_view from, std::string_view to);

/// Names of the variables that a prompt uses itself, in the order of their first use.
[[nodiscard]] std::vector<std::string> used_variables(std::string_view prompt);

}  // namespace kinora::core
