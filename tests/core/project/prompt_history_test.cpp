#include "core/project/prompt_history.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace kinora::core;

TEST_CASE("the prompt history keeps each prompt once, the newest first")
{
    PromptHistory history;
    history.add({"a boat", "", 1});
    history.add({"a fox", "text", 2});
    history.add({"a boat", "fog", 3});
    history.add({" \n", "", 4});
    REQUIRE(history.prompts().size() == 2);
    CHECK(history.prompts()[0] == UsedPrompt{"a boat", "fog", 3});
    for (int i = 0; i < 600; ++i)
        history.add({"prompt " + std::to_string(i), "", i});
    CHECK(history.prompts().size() == PromptHistory::k_most);
}

TEST_CASE("the prompt history is searched by words in any order and case")
{
    PromptHistory history;
    history.add({"A red Boat at dusk", "", 1});
    history.add({"a boat at dawn", "", 2});
    CHECK(history.search("") == std::vector<std::size_t>{0, 1});
    CHECK(history.search("boat RED") == std::vector<std::size_t>{1});
    CHECK(history.search("  dawn ") == std::vector<std::size_t>{0});
    CHECK(history.search("kite").empty());
}

TEST_CASE("words used before come from the prompts' own words, the frequent first")
{
    PromptHistory history;
    history.add({"a (lighthouse:1.2) in {storm|mist} near $hero", "", 1});
    history.add({"storm over the größte lighthouse __place__", "", 2});
    const auto words = history.words(4);
    REQUIRE(words.size() == 6);
    CHECK(words[0] == "lighthouse");
    CHECK(words[1] == "storm");
    CHECK(std::find(words.begin(), words.end(), "hero") == words.end());
    CHECK(std::find(words.begin(), words.end(), "place") == words.end());
    CHECK(std::find(words.begin(), words.end(), "größte") != words.end());
}

TEST_CASE("the prompt history comes back from its file, damaged ones are refused")
{
    PromptHistory history;
    history.add({"ein „Fuchs“\nläuft", "Text", 5});
    history.add({"漢字 😀", "", 6});
    const auto read = PromptHistory::from_text(history.to_text());
    REQUIRE(read);
    CHECK(read->prompts() == history.prompts());
    for (const char* bad : {"", "[", "[]", R"({"prompts":[1]})", R"({"prompts":[{"text":5}]})", R"({"prompts":7})"})
        CHECK(PromptHistory::from_text(bad).error().kind == ErrorKind::corrupt);
    CHECK(PromptHistory::from_text("{}")->prompts().empty());
}
