#include <catch2/catch.hpp>

#include "core/prompt/expand.h"

using namespace kinora::core;

namespace {

/// Changes the weight of the first place where `selected` stands; `|` in the result marks the new selection.
std::string changed(std::string text, const std::string& selected, double delta)
{
    const std::size_t at = text.find(selected);
    REQUIRE(at != std::string::npos);
    const WeightedText result = change_weight(text, {at, at + selected.size()}, delta);
    std::string marked = result.text;
    marked.insert(result.selection.end, 1, '<');
    marked.insert(result.selection.begin, 1, '>');
    return marked;
}

}  // namespace

TEST_CASE("a selection gets a weight, and more of it with every press")
{
    CHECK(changed("a red balloon", "red", 0.1) == "a (>red<:1.1) balloon");
    CHECK(changed("a (red:1.1) balloon", "red", 0.1) == "a (>red<:1.2) balloon");
    CHECK(changed("a (red:1.1) balloon", "(red:1.1)", 0.1) == "a (>red<:1.2) balloon");
    CHECK(changed("a red balloon", "red", -0.1) == "a (>red<:0.9) balloon");
    CHECK(changed("a red balloon", " red ", 0.1) == "a (>red<:1.1) balloon");
}

TEST_CASE("back at 1 the brackets go")
{
    CHECK(changed("a (red:1.1) balloon", "red", -0.1) == "a >red< balloon");
    CHECK(changed("a (red:0.9) balloon", "red", 0.1) == "a >red< balloon");
}

TEST_CASE("weights stay between 0 and 4")
{
    CHECK(changed("(red:3.95)", "red", 0.1) == "(>red<:4)");
    CHECK(changed("(red:0.05)", "red", -0.1) == "(>red<:0)");
}

TEST_CASE("without a selection the word at the cursor is meant")
{
    const WeightedText result = change_weight("a red, balloon", {3, 3}, 0.1);
    CHECK(result.text == "a (red:1.1), balloon");
    CHECK(change_weight("a  b", {2, 2}, 0.1).text == "a  b");
    CHECK(change_weight("", {0, 0}, 0.1).text.empty());
    CHECK(change_weight("red", {50, 90}, 0.1).text == "(red:1.1)");
}

TEST_CASE("the innermost weight around a selection is changed")
{
    CHECK(changed("(a (red:1.2) fox:1.5)", "red", 0.1) == "(a (>red<:1.3) fox:1.5)");
    CHECK(changed("(a (red:1.2) fox:1.5)", "fox", 0.1) == "(>a (red:1.2) fox<:1.6)");
    CHECK(changed("{a (red:1.2)|b}", "red", 0.1) == "{a (>red<:1.3)|b}");
}

TEST_CASE("whole alternatives and variables can be weighted, halves of them can't")
{
    CHECK(changed("a {b|c} d", "{b|c}", 0.1) == "a (>{b|c}<:1.1) d");
    CHECK(changed("{b|c}", "b", 0.1) == "{(>b<:1.1)|c}");
    CHECK(changed("$hero runs", "$hero", 0.1) == "(>$hero<:1.1) runs");
    CHECK(changed("$hero runs", "ero", 0.1) == "$h>ero< runs");
    CHECK(changed("{b|c} d", "b|c} d", 0.1) == "{>b|c} d<");
    CHECK(changed("{b|c}", "b|c", 0.1) == "{>b|c<}");
    CHECK(changed("a [0-1s] b", "a [0-1s] b", 0.1) == ">a [0-1s] b<");
    CHECK(changed("a (b", "(b", 0.1) == "a >(b<");
}
