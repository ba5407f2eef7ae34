#include "core/models/lora_keys.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace kinora::core {
namespace {

using Ending = std::pair<std::string_view, LoraPart>;

constexpr std::array<Ending, 16> k_endings{{{".lora_A.weight", LoraPart::down},
                                            {".lora_B.weight", LoraPart::up},
                                            {".lora_A.default.weight", LoraPart::down},
                                            {".lora_B.default.weight", LoraPart::up},
                                            {".lora_down.weight", LoraPart::down},
                                            {".lora_up.weight", LoraPart::up},
                                            {".lora.down.weight", LoraPart::down},
                                            {".lora.up.weight", LoraPart::up},
                                            {".lora_linear_layer.down.weight", LoraPart::down},
                                            {".lora_linear_layer.up.weight", LoraPart::up},
                                            {".lora_B.bias", LoraPart::bias_difference},
                                            {".lora_B.default.bias", LoraPart::bias_difference},
                                            {".alpha", LoraPart::alpha},
                                            {".diff", LoraPart::difference},
                                            {".diff_b", LoraPart::bias_difference},
                                            {".diff_m", LoraPart::table_difference}}};

constexpr std::array<std::string_view, 6> k_prefixes{"base_model.model.", "model.diffusion_model.", "diffusion_model.",
                                                     "transformer.",      "transformer_2.",         "unet."};

constexpr std::array<std::string_view, 2> k_underscored_prefixes{"lora_unet_", "lycoris_"};

bool starts_with(std::string_view text, std::string_view beginning)
{
    return text.substr(0, beginning.size()) == beginning;
}

const Ending* ending_of(std::string_view name)
{
    const auto* found = std::find_if(k_endings.begin(), k_endings.end(), [&](const Ending& ending) {
        return name.size() > ending.first.size() && name.substr(name.size() - ending.first.size()) == ending.first;
    });
    return found == k_endings.end() ? nullptr : found;
}

/// A module's name without what stands before it; whether dots have become underscores.
std::pair<std::string_view, bool> without_prefix(std::string_view module)
{
    for (const std::string_view prefix : k_underscored_prefixes)
        if (starts_with(module, prefix)) return {module.substr(prefix.size()), true};
    for (const std::string_view prefix : k_prefixes)
        if (starts_with(module, prefix)) module.remove_prefix(prefix.size());
    return {module, false};
}

std::string lower_case(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    return lower;
}

/// The number before "step" ("4steps", "8-step", "4_step"); 0 where there is none.
int steps_in(const std::string& text)
{
    for (auto place = text.find("step"); place != std::string::npos; place = text.find("step", place + 1)) {
        std::size_t end = place;
        while (end > 0 && (text[end - 1] == '-' || text[end - 1] == '_' || text[end - 1] == ' '))
            --end;
        std::size_t begin = end;
        while (begin > 0 && end - begin < 2 && std::isdigit(static_cast<unsigned char>(text[begin - 1])) != 0)
            --begin;
        if (begin < end) return std::stoi(text.substr(begin, end - begin));
    }
    return 0;
}

}  // namespace

LoraKeys parse_lora_keys(std::span<const std::string> names)
{
    LoraKeys result;
    std::map<std::string, LoraModule> modules;
    for (const std::string& name : names) {
        const Ending* ending = ending_of(name);
        const auto [module, underscored] =
            without_prefix(std::string_view(name).substr(0, ending != nullptr ? name.size() - ending->first.size() : 0));
        LoraModule* entry = nullptr;
        if (ending != nullptr && !module.empty()) {
            entry = &modules[std::string(module)];
            entry->name = module;
            entry->underscored = underscored;
        }
        // Two names for one part of one module: the file says two things at once.
        if (entry == nullptr || !entry->keys.emplace(ending->second, name).second) result.unknown.push_back(name);
    }
    for (auto& [name, module] : modules) {
        // Half a pair changes nothing, and an alpha alone neither.
        const bool down = module.keys.contains(LoraPart::down);
        if (down != module.keys.contains(LoraPart::up)) {
            for (const LoraPart part : {LoraPart::down, LoraPart::up, LoraPart::alpha})
                if (const auto found = module.keys.find(part); found != module.keys.end()) {
                    result.unknown.push_back(found->second);
                    module.keys.erase(found);
                }
        } else if (const auto alpha = module.keys.find(LoraPart::alpha); !down && alpha != module.keys.end()) {
            result.unknown.push_back(alpha->second);
            module.keys.erase(alpha);
        }
        if (!module.keys.empty()) result.modules.push_back(std::move(module));
    }
    std::sort(result.unknown.begin(), result.unknown.end());
    return result;
}

std::optional<FewStepSchedule> recognise_few_step(std::string_view file_name,
                                                  const std::map<std::string, std::string>& metadata)
{
    std::string text = lower_case(file_name);
    for (const char* key : {"ss_output_name", "modelspec.title", "modelspec.description", "title", "name", "description"}) {
        const auto found = metadata.find(key);
        if (found == metadata.end()) continue;
        text += ' ';
        text += lower_case(std::string_view(found->second).substr(0, 4096));
    }
    struct Method {
        const char* word;
        FewStepSchedule schedule;
    };
    const std::array<Method, 8> methods{{{"kinora draft", {"Kinora draft", 4, 3.0F, 1.0F}},
                                         {"lightx2v", {"LightX2V", 4, 5.0F, 1.0F}},
                                         {"lightning", {"LightX2V", 4, 5.0F, 1.0F}},
                                         {"stepdistill", {"LightX2V", 4, 5.0F, 1.0F}},
                                         {"step_distill", {"LightX2V", 4, 5.0F, 1.0F}},
                                         {"fastwan", {"FastWan", 3, 8.0F, 1.0F}},
                                         {"causvid", {"CausVid", 8, 5.0F, 1.0F}},
                                         {"accvid", {"AccVideo", 8, 5.0F, 1.0F}}}};
    for (const Method& method : methods) {
        if (text.find(method.word) == std::string::npos) continue;
        FewStepSchedule schedule = method.schedule;
        if (const int told = steps_in(text); told > 0) schedule.steps = told;
        return schedule;
    }
    return std::nullopt;
}

}  // namespace kinora::core
