#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "core/prompt/expand.h"

using namespace kinora::core;

namespace {

PromptContext context_for(int frames = 33)
{
    PromptContext context;
    context.frames = frames;
    context.variables = {{"hero", "a small (red:1.2) fox"},
                         {"loop", "x $loop"},
                         {"ping", "$pong"},
                         {"pong", "$ping"},
                         {"timed", "[0-1s] x"},
                         {"broken", "{a"}};
    context.wildcards = {{"place", {"hills", "sea", "{town|city}"}}, {"empty", {}}};
    return context;
}

ExpandedPrompt expanded(std::string_view text, const PromptContext& context = context_for())
{
    const auto result = expand_prompt(text, context);
    INFO(text);
    REQUIRE(result);
    return *result;
}

std::string refused(std::string_view text, const PromptContext& context = context_for())
{
    const auto result = expand_prompt(text, context);
    INFO(text);
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::invalid_argument);
    return result.error().message;
}

/// "$v7"
std::string variable(int number)
{
    return std::string("$v").append(std::to_string(number));
}

}  // namespace

TEST_CASE("text without syntax is one span, as typed")
{
    const ExpandedPrompt prompt = expanded("  a red balloon,  sunset ");
    REQUIRE(prompt.spans.size() == 1);
    CHECK(prompt.spans[0] == PromptSpan{"  a red balloon,  sunset ", 1.0F, 0, -1});
    CHECK(prompt.plain == "a red balloon, sunset");
    CHECK_FALSE(prompt.weighted);
    CHECK_FALSE(prompt.timed);
    CHECK(expanded("").spans.empty());
    CHECK(expanded(" \n ").spans.empty());
}

TEST_CASE("weights become spans and multiply when nested")
{
    const ExpandedPrompt prompt = expanded("a (red (small:0.5) balloon:1.5) rises");
    REQUIRE(prompt.spans.size() == 5);
    CHECK(prompt.spans[1] == PromptSpan{"red ", 1.5F, 0, -1});
    CHECK(prompt.spans[2] == PromptSpan{"small", 0.75F, 0, -1});
    CHECK(prompt.spans[4] == PromptSpan{" rises", 1.0F, 0, -1});
    CHECK(prompt.plain == "a red small balloon rises");
    CHECK(prompt.weighted);
}

TEST_CASE("neighbours with the same weight are one span")
{
    CHECK(expanded("a (b:1) {c} \\(d\\)").spans.size() == 1);
    CHECK(expanded("(a:1.2)(b:1.2)").spans.size() == 1);
}

TEST_CASE("timed segments hold for their frames, half-open")
{
    const ExpandedPrompt prompt = expanded("a fox [0-1s] sits [1-2s] runs [2s-end] sleeps");
    REQUIRE(prompt.spans.size() == 4);
    CHECK(prompt.spans[0] == PromptSpan{"a fox ", 1.0F, 0, -1});
    CHECK(prompt.spans[1] == PromptSpan{" sits ", 1.0F, 0, 12});
    CHECK(prompt.spans[2] == PromptSpan{" runs ", 1.0F, 12, 24});
    CHECK(prompt.spans[3] == PromptSpan{" sleeps", 1.0F, 24, 33});
    CHECK(prompt.plain == "a fox sits runs sleeps");
    CHECK(prompt.segments == 4);
    CHECK(prompt.timed);
}

TEST_CASE("a frame belongs to a segment if it starts in it")
{
    PromptContext context = context_for(49);
    context.rate = FrameRate(24000, 1001);
    const ExpandedPrompt prompt = expanded("[0-0.5s] a [0.5-1.5s] b [36-99f] c", context);
    CHECK(prompt.spans[0].end_frame == 12);
    CHECK(prompt.spans[1].first_frame == 12);
    CHECK(prompt.spans[1].end_frame == 36);
    CHECK(prompt.spans[2].end_frame == 49);
}

TEST_CASE("neighbouring ranges leave no frame out and share none, at every rate")
{
    for (const FrameRate rate : {FrameRate(12), FrameRate(16), FrameRate(24000, 1001), FrameRate(30)}) {
        PromptContext context = context_for(97);
        context.rate = rate;
        const ExpandedPrompt prompt = expanded("[0-0.7s] a [0.7-1.33s] b [1.33-2.0001s] c [2.0001s-end] d", context);
        REQUIRE(prompt.spans.size() == 4);
        CHECK(prompt.spans[0].first_frame == 0);
        for (int i = 1; i < 4; ++i)
            CHECK(prompt.spans[i].first_frame == prompt.spans[i - 1].end_frame);
        CHECK(prompt.spans[3].end_frame == 97);
    }
}

TEST_CASE("a range over the whole clip is no range, and words don't grow together")
{
    CHECK(expanded("[0-99s]a balloon").spans[0] == PromptSpan{"a balloon", 1.0F, 0, -1});
    CHECK_FALSE(expanded("[0-99s]a balloon").timed);
    CHECK(expanded("fox[0-1s]runs").spans[1].text == " runs");
    CHECK(expanded("[0-1s] [1-2s] x").spans.size() == 1);
}

TEST_CASE("times that can't be meant are refused")
{
    CHECK(refused("[1-1s] a").find("empty") != std::string::npos);
    CHECK(refused("[2-1s] a").find("empty") != std::string::npos);
    CHECK(refused("[5-6s] a").find("after the clip's end") != std::string::npos);
    CHECK(refused("[0-2s] a [1-3s] b").find("overlaps") != std::string::npos);
}

TEST_CASE("variables are filled in, with their own syntax")
{
    const ExpandedPrompt prompt = expanded("$hero runs");
    CHECK(prompt.plain == "a small red fox runs");
    CHECK(prompt.spans[1] == PromptSpan{"red", 1.2F, 0, -1});
}

TEST_CASE("names that lead nowhere or in circles are refused")
{
    CHECK(refused("$nobody").find("$nobody") != std::string::npos);
    CHECK(refused("__nowhere__").find("__nowhere__") != std::string::npos);
    CHECK(refused("__empty__").find("__empty__") != std::string::npos);
    CHECK(refused("$loop").find("contains itself") != std::string::npos);
    CHECK(refused("$ping").find("contains itself") != std::string::npos);
    CHECK(refused("$timed").find("time range") != std::string::npos);
    CHECK(refused("$broken").find("never closed") != std::string::npos);
    CHECK(refused("a {b").find("never closed") != std::string::npos);
}

TEST_CASE("a prompt that would grow without bound is refused quickly")
{
    PromptContext context;
    context.variables["v0"] = std::string(100, 'x');
    for (int i = 1; i < 30; ++i) {
        const std::string inner = variable(i - 1);
        context.variables[variable(i).substr(1)] = inner + " " + inner + " " + inner;
    }
    CHECK(refused("$v29", context).find("64 kB") != std::string::npos);
    CHECK_FALSE(check_prompt("$v29", context).empty());
    CHECK(count_variants("$v29", context) == 1);
    for (int i = 30; i < 5000; ++i)
        context.variables[variable(i).substr(1)] = variable(i - 1);
    CHECK(refused("$v4999", context).find("too many") != std::string::npos);
}

TEST_CASE("the seed chooses, the same everywhere and every option some time")
{
    PromptContext context = context_for();
    std::map<std::string, int> seen;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        context.seed = seed;
        const std::string plain = expanded("{dawn|dusk|night} at the __place__", context).plain;
        CHECK(plain == expanded("{dawn|dusk|night} at the __place__", context).plain);
        ++seen[plain];
    }
    CHECK(seen.size() == 12);
    // These are fixed for ever: a recipe's seed must mean the same in every version.
    context.seed = 7;
    CHECK(expanded("{a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}", context).plain == "hec");
}

TEST_CASE("variants are counted and listed in the order of the options")
{
    const PromptContext context = context_for();
    CHECK(count_variants("a fox", context) == 1);
    CHECK(count_variants("{a|b} {c|{d|e}|}", context) == 8);
    CHECK(count_variants("(x {a|b}:1.2) __place__", context) == 8);
    CHECK(list_variants("{a|b} ({c|d}:1.2)", context, 10) ==
          std::vector<std::string>{"a (c:1.2)", "a (d:1.2)", "b (c:1.2)", "b (d:1.2)"});
    CHECK(list_variants("$hero", context, 10) == std::vector<std::string>{"a small (red:1.2) fox"});
    CHECK(list_variants("__place__", context, 3) == std::vector<std::string>{"hills", "sea", "town"});
    CHECK(list_variants("${a|b}", context, 3) == std::vector<std::string>{"\\$a", "\\$b"});
    std::string many;
    for (int i = 0; i < 40; ++i)
        many += "{a|b|c}";
    CHECK(count_variants(many, context) == 1'000'000);
    CHECK(list_variants(many, context, 2).size() == 2);
}

TEST_CASE("all variants are distinct, and each is what some seed could choose")
{
    const auto list = list_variants("{a|b|{c|d}} {1|2} __place__", context_for(), 100);
    CHECK(list.size() == 32);
    CHECK(std::set<std::string>(list.begin(), list.end()).size() == 32);
}

TEST_CASE("everything wrong is underlined at its place, in every option")
{
    const auto errors = check_prompt("{a|$nobody} (b:9) [9-10s] c", context_for());
    REQUIRE(errors.size() == 3);
    CHECK(errors[0].range == TextRange{3, 10});
    CHECK(errors[1].range == TextRange{15, 16});
    CHECK(errors[2].range == TextRange{18, 25});
    CHECK(check_prompt("a $hero at __place__ [0-1s] x", context_for()).empty());
    const auto inner = check_prompt("see $outer", [] {
        PromptContext context;
        context.variables = {{"outer", "and $inner"}};
        return context;
    }());
    REQUIRE(inner.size() == 1);
    CHECK(inner[0].range == TextRange{4, 10});
}

TEST_CASE("no bracket of the syntax reaches the engine, whatever is typed")
{
    std::mt19937 random(3);
    static constexpr const char* k_bits[] = {"(a ",    "b:1.2)", "{c|", "d}", "$hero", "__place__",
                                             "[0-1s]", "[1-2s]", " ",   "e",  "|",     "}"};
    int good = 0;
    for (int i = 0; i < 5000; ++i) {
        std::string text;
        for (std::size_t k = 0; k < random() % 10; ++k)
            text += k_bits[random() % std::size(k_bits)];
        PromptContext context = context_for();
        context.seed = random();
        const bool clean = check_prompt(text, context).empty();
        const auto result = expand_prompt(text, context);
        INFO(text);
        if (clean) REQUIRE(result);
        if (!result) continue;
        ++good;
        for (const PromptSpan& span : result->spans) {
            REQUIRE_FALSE(span.text.empty());
            REQUIRE(span.text.find_first_of("{}|$") == std::string::npos);
            REQUIRE((span.end_frame == -1 || span.end_frame > span.first_frame));
        }
    }
    CHECK(good > 1000);
}
