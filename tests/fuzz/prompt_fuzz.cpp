#include "core/prompt/expand.h"
#include "core/prompt/names.h"
#include "tests/fuzz/fuzz_target.h"

namespace kinora::fuzz {

void run_one(std::string_view bytes)
{
    const auto parsed = core::parse_prompt(bytes);
    for (const auto& error : parsed.errors)
        expect(error.range.begin <= error.range.end && error.range.end <= bytes.size(), "errors inside the text");
    for (const auto& highlight : parsed.highlights)
        expect(highlight.range.begin <= highlight.range.end && highlight.range.end <= bytes.size(),
               "highlights inside the text");
    const std::string printed = core::print_prompt(parsed.nodes);
    expect(core::print_prompt(core::parse_prompt(printed).nodes) == printed, "printed text that means itself");

    core::PromptContext context;
    context.seed = bytes.size();
    context.variables = {{"hero", "a small {red|blue} boat"}, {"self", "$self"}};
    context.wildcards = {{"place", {"harbour", "hill (far:0.5)"}}};
    const auto expanded = core::expand_prompt(bytes, context);
    if (expanded)
        for (const auto& span : expanded->spans)
            expect(!span.text.empty(), "spans with text");
    if (expanded)
        for (std::size_t i = 0; i < expanded->spans.size(); ++i)
            expect(expanded->origins.at(i).size() == expanded->spans[i].text.size(), "an origin for every byte");
    context.common = "film ({grain|dust}:1.1)";
    context.takes_times = context.takes_weights = bytes.size() % 2 == 0;
    const auto common = core::expand_prompt(bytes, context);
    if (common) expect(common->origins.size() == common->spans.size(), "origins for every span");
    (void)core::check_prompt(bytes, context);
    (void)core::count_variants(bytes, context);
    expect(core::list_variants(bytes, context, 3).size() <= 3, "at most as many variants as asked for");
    const std::string renamed = core::rename_variable(bytes, "hero", "x");
    for (const std::string& name : core::used_variables(renamed))
        expect(name != "hero", "no use of a renamed variable");
    const auto weighted = core::change_weight(bytes, {bytes.size() / 3, bytes.size() / 2}, 0.1);
    expect(weighted.selection.end <= weighted.text.size(), "a selection inside the text");
}

}  // namespace kinora::fuzz
