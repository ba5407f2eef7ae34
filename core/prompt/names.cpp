#include "core/prompt/names.h"

#include <algorithm>

#include "core/prompt/scan.h"
#include "core/prompt/syntax.h"

namespace kinora::core {
namespace {

/// Calls `use(node)` for every variable, in the order of the text.
template <typename Use>
void for_each_variable(const std::vector<PromptNode>& nodes, const Use& use)
{
    for (const PromptNode& node : nodes) {
        if (node.kind == PromptNode::Kind::variable) use(node);
        for_each_variable(node.children, use);
        for (const auto& option : node.options)
            for_each_variable(option, use);
    }
}

}  // namespace

bool is_prompt_name(std::string_view name)
{
    return !name.empty() && prompt::name_end(name, 0) == name.size();
}

std::string rename_variable(std::string_view prompt, std::string_view from, std::string_view to)
{
    std::string renamed;
    std::size_t done = 0;
    for_each_variable(parse_prompt(prompt).nodes, [&](const PromptNode& node) {
        if (node.text != from) return;
        renamed.append(prompt.substr(done, node.range.begin + 1 - done)).append(to);
        done = node.range.end;
    });
    return renamed.append(prompt.substr(done));
}

std::vector<std::string> used_variables(std::string_view prompt)
{
    std::vector<std::string> names;
    for_each_variable(parse_prompt(prompt).nodes, [&](const PromptNode& node) {
        if (std::find(names.begin(), names.end(), node.text) == names.end()) names.push_back(node.text);
    });
    return names;
}

}  // namespace kinora::core
