#include "inference/pipeline/lora_set.h"

#include <algorithm>
#include <cctype>

#include "core/base/text.h"
#include "core/models/lora_keys.h"
#include "core/models/weight_file.h"

namespace kinora::inference {
namespace {

/// "high", "low" or nothing.
std::string expert_of(const core::LoraChoice& choice)
{
    if (!choice.expert.empty()) return choice.expert;
    std::string name = choice.file.filename().string();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return c == '-' || c == ' ' ? static_cast<int>('_') : std::tolower(c); });
    for (const std::string expert : {"high", "low"})
        if (name.find(expert + "_noise") != std::string::npos || name.find(expert + "noise") != std::string::npos)
            return expert;
    return {};
}

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 5); ++i)
        text.append(i == 0 ? "" : ", ").append(names[i]);
    if (names.size() > 5) text.append(" and ").append(std::to_string(names.size() - 5)).append(" more");
    return text;
}

}  // namespace

core::Result<std::shared_ptr<const LoraSet>> LoraSet::load(const std::vector<core::LoraChoice>& choices)
{
    auto set = std::make_shared<LoraSet>();
    set->choices_ = choices;
    for (const core::LoraChoice& choice : choices) {
        auto lora = Lora::load(choice.file);
        if (!lora) return lora.error();
        set->loras_.push_back(*std::move(lora));
    }
    return std::shared_ptr<const LoraSet>(std::move(set));
}

std::vector<LoraUse> LoraSet::for_expert(int expert, int experts) const
{
    std::vector<LoraUse> uses;
    for (std::size_t i = 0; i < loras_.size(); ++i) {
        const std::string only = experts > 1 ? expert_of(choices_[i]) : std::string();
        if (only.empty() || only == (expert == 0 ? "high" : "low"))
            uses.push_back({&loras_[i], static_cast<double>(choices_[i].weight)});
    }
    return uses;
}

std::vector<std::string> LoraSet::warnings() const
{
    std::vector<std::string> sentences;
    for (const Lora& lora : loras_)
        if (!lora.unknown().empty())
            sentences.push_back("The LoRA " + core::in_quotes(lora.file().filename().string()) + " has " +
                                std::to_string(lora.unknown().size()) +
                                " tensors that belong to nothing in a Wan transformer: " + listed(lora.unknown()) + ".");
    return sentences;
}

std::string offer_schedule(const std::vector<core::LoraChoice>& choices, core::ModelCapabilities& model)
{
    for (const core::LoraChoice& choice : choices) {
        const auto header = core::read_weight_file(choice.file);
        if (!header) continue;
        const std::string name = choice.file.filename().string();
        const auto schedule = core::recognise_few_step(name, header->metadata);
        if (!schedule) continue;
        model.default_steps = schedule->steps;
        model.default_guidance = schedule->guidance;
        model.default_guidance_low = schedule->guidance;
        model.default_shift = schedule->shift;
        const bool table = schedule->name == "LightX2V" && schedule->steps == 4;
        const bool fast = schedule->name == "FastWan" && schedule->steps == 3;
        model.default_sampler = table ? "lightx2v" : (fast ? "fastwan" : "euler");
        return "The LoRA " + core::in_quotes(name) + " is made for " + std::to_string(schedule->steps) +
               " steps without guidance (" + schedule->name + "), which is what is taken where nothing else is asked for.";
    }
    return {};
}

}  // namespace kinora::inference
