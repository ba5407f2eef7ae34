#include "core/project/cast_edits.h"

#include <algorithm>
#include <set>

#include "core/prompt/names.h"

namespace kinora::core {
namespace {

Result<void> check_name(std::string_view name)
{
    if (is_prompt_name(name)) return {};
    return make_error(ErrorKind::invalid_argument,
                      "A variable's name is letters, digits and single \"_\" and begins with a letter, like $hero.");
}

/// The names that lead to `name`: itself and the variables whose text uses one of these.
std::set<std::string> names_leading_to(const Project& project, std::string_view name)
{
    std::set<std::string> names{std::string(name)};
    for (bool grown = true; grown;) {
        grown = false;
        for (const auto& [other, text] : project.settings.variables) {
            if (names.contains(other)) continue;
            const auto used = used_variables(text);
            if (std::any_of(used.begin(), used.end(), [&](const std::string& one) { return names.contains(one); }))
                grown = names.insert(other).second;
        }
    }
    return names;
}

bool uses_any(std::string_view prompt, const std::set<std::string>& names)
{
    const auto used = used_variables(prompt);
    return std::any_of(used.begin(), used.end(), [&](const std::string& one) { return names.contains(one); });
}

}  // namespace

Result<void> set_variable(Project& project, std::string_view name, std::string text)
{
    if (auto valid = check_name(name); !valid) return valid;
    project.settings.variables[std::string(name)] = std::move(text);
    return {};
}

Result<void> rename_variable(Project& project, std::string_view from, std::string_view to)
{
    auto& variables = project.settings.variables;
    if (from == to) return {};
    if (auto valid = check_name(to); !valid) return valid;
    if (variables.contains(std::string(to)))
        return make_error(ErrorKind::already_exists, "There is a variable $" + std::string(to) + " already.");
    auto node = variables.extract(std::string(from));
    if (node.empty()) return make_error(ErrorKind::not_found, "There is no variable $" + std::string(from) + ".");
    node.key() = std::string(to);
    variables.insert(std::move(node));
    const auto rename = [&](std::string& prompt) { prompt = rename_variable(prompt, from, to); };
    for (auto& [name, text] : variables)
        rename(text);
    rename(project.settings.common_prompt);
    rename(project.settings.common_negative_prompt);
    for (auto& shot : project.shots) {
        const std::string prompt = rename_variable(shot->prompt, from, to);
        const std::string negative = rename_variable(shot->negative_prompt, from, to);
        if (prompt == shot->prompt && negative == shot->negative_prompt) continue;
        shot.update([&](Shot& changed) {
            changed.prompt = prompt;
            changed.negative_prompt = negative;
        });
    }
    return {};
}

Result<void> remove_variable(Project& project, std::string_view name)
{
    if (project.settings.variables.erase(std::string(name)) > 0) return {};
    return make_error(ErrorKind::not_found, "There is no variable $" + std::string(name) + ".");
}

Result<void> set_common_prompt(Project& project, std::string text)
{
    project.settings.common_prompt = std::move(text);
    return {};
}

Result<void> set_common_negative_prompt(Project& project, std::string text)
{
    project.settings.common_negative_prompt = std::move(text);
    return {};
}

std::size_t shots_using(const Project& project, std::string_view name)
{
    const auto names = names_leading_to(project, name);
    const bool everywhere =
        uses_any(project.settings.common_prompt, names) || uses_any(project.settings.common_negative_prompt, names);
    return static_cast<std::size_t>(std::count_if(project.shots.begin(), project.shots.end(), [&](const auto& shot) {
        if (shot->kind != ShotKind::generated) return false;
        return everywhere || uses_any(shot->prompt, names) || uses_any(shot->negative_prompt, names);
    }));
}

std::string free_variable_name(const Project& project, std::string_view name)
{
    std::string free(name);
    for (int number = 2; project.settings.variables.contains(free); ++number)
        free = std::string(name) + "_" + std::to_string(number);
    return free;
}

}  // namespace kinora::core
