#include <catch2/catch.hpp>
#include <random>

#include "core/prompt/expand.h"

using namespace kinora::core;

namespace {

PromptContext context_with(std::string common)
{
    PromptContext context;
    context.variables = {{"hero", "a small fox"}};
    context.wildcards = {{"place", {"hill", "sea (far:0.5)"}}};
    context.common = std::move(common);
    return context;
}

std::string plain(std::string_view text, const PromptContext& context)
{
    const auto result = expand_prompt(text, context);
    INFO(text);
    REQUIRE(result);
    return result->plain;
}

/// The typed text that each byte of the expanded one came from, as a picture: "." for nowhere.
std::string origins(std::string_view text, const PromptContext& context)
{
    const auto result = expand_prompt(text, context);
    REQUIRE(result);
    std::string shown;
    REQUIRE(result->origins.size() == result->spans.size());
    for (std::size_t span = 0; span < result->spans.size(); ++span) {
        REQUIRE(result->origins[span].size() == result->spans[span].text.size());
        for (const TextRange origin : result->origins[span])
            shown += origin == k_nowhere ? '.' : text[origin.end - 1];
    }
    return shown;
}

}  // namespace

TEST_CASE("the project-wide prompt follows what holds for the whole clip")
{
    const PromptContext context = context_with("35 mm film");
    CHECK(plain("a boat", context) == "a boat, 35 mm film");
    CHECK(plain("a boat, ", context) == "a boat, 35 mm film");
    CHECK(plain("", context) == "35 mm film");
    CHECK(plain("a boat [0-1s] sails [1-2s] stops", context) == "a boat , 35 mm film sails stops");
    const auto timed = expand_prompt("[0-1s] sails", context);
    REQUIRE(timed);
    REQUIRE(timed->spans.size() == 2);
    CHECK(timed->spans[0] == PromptSpan{"35 mm film", 1.0F, 0, -1});
    CHECK(timed->spans[1].end_frame == 12);
}

TEST_CASE("the project-wide prompt is a prompt itself, without time ranges")
{
    CHECK(expand_prompt("a boat", context_with("(grain:1.2) of $hero"))->weighted);
    CHECK(expand_prompt("a boat", context_with("[0-1s] x")).error().message.find("project-wide") != std::string::npos);
    CHECK(expand_prompt("a boat", context_with("{x")).error().message.find("never closed") != std::string::npos);
    const auto errors = check_prompt("a boat", context_with("$nobody"));
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].range == TextRange{6, 6});
    CHECK(count_variants("{a|b}", context_with("{c|d}")) == 2);
}

TEST_CASE("what a model can't take is said and has no effect")
{
    PromptContext context = context_with({});
    context.takes_weights = false;
    context.takes_times = false;
    const auto result = expand_prompt("a (red:1.4) fox[0-1s]runs", context);
    REQUIRE(result);
    REQUIRE(result->spans.size() == 1);
    CHECK(result->spans[0] == PromptSpan{"a red fox runs", 1.0F, 0, -1});
    const auto errors = check_prompt("a {(red:1.4)|b} fox [0-1s] runs", context);
    REQUIRE(errors.size() == 2);
    CHECK(errors[0].warning);
    CHECK(errors[0].range == TextRange{3, 12});
    CHECK(errors[1].warning);
    CHECK(check_prompt("(a:9)", context).front().warning == false);
    // A range behind the clip's end doesn't matter where times have no effect.
    CHECK(expand_prompt("a [90-99s] b", context));
}

TEST_CASE("every expanded word knows where it was typed")
{
    const PromptContext context = context_with("grain");
    CHECK(origins("a (red:1.2) fox", context) == "a red fox.......");
    CHECK(origins("$hero runs", context) == "ooooooooooo runs.......");
    CHECK(origins("a\\{b\\}", context) == "a{b}.......");
    CHECK(origins("x[0-1s]y", context) == "x........y");
}

TEST_CASE("a wildcard of thousands of lines is checked, counted and listed")
{
    PromptContext context;
    auto& lines = context.wildcards["place"];
    for (int i = 0; i < 10'000; ++i)
        lines.push_back("a place by the river number " + std::to_string(i));
    CHECK(check_prompt("at __place__", context).empty());
    CHECK(count_variants("at __place__ {day|night}", context) == 20'000);
    const auto list = list_variants("at __place__ {day|night}", context, 50);
    REQUIRE(list.size() == 50);
    CHECK(list[3] == "at a place by the river number 1 night");
    CHECK(expand_prompt("at __place__", context));
}

TEST_CASE("random prompts keep origins in step with their words")
{
    std::mt19937 random(11);
    static constexpr const char* k_bits[] = {"(a ",    "b:1.2)", "{c|d}", "$hero", "__place__",
                                             "[0-1s]", "\\(",    " ",     "漢",    "e"};
    for (int i = 0; i < 3000; ++i) {
        std::string text;
        for (std::size_t k = 0; k < random() % 9; ++k)
            text += k_bits[random() % std::size(k_bits)];
        PromptContext context = context_with(i % 2 ? "film" : "");
        context.seed = random();
        context.takes_times = i % 3 != 0;
        const auto result = expand_prompt(text, context);
        if (!result) continue;
        INFO(text);
        REQUIRE(result->origins.size() == result->spans.size());
        for (std::size_t span = 0; span < result->spans.size(); ++span) {
            REQUIRE(result->origins[span].size() == result->spans[span].text.size());
            for (const TextRange origin : result->origins[span])
                REQUIRE((origin == k_nowhere || (origin.begin < origin.end && origin.end <= text.size())));
        }
    }
}
