#include <catch2/catch.hpp>
#include <random>

#include "core/prompt/syntax.h"

using namespace kinora::core;
using Kind = PromptNode::Kind;

namespace {

std::vector<PromptNode> nodes_of(std::string_view text)
{
    const ParsedPrompt parsed = parse_prompt(text);
    INFO(text);
    REQUIRE(parsed.errors.empty());
    return parsed.nodes;
}

std::string shape(const std::vector<PromptNode>& nodes);

std::string options_shape(const PromptNode& node)
{
    std::string out;
    for (std::size_t i = 0; i < node.options.size(); ++i)
        out.append(i == 0 ? "" : "|").append(shape(node.options[i]));
    return out;
}

std::string time_shape(const PromptNode& node)
{
    const char* const unit = node.from.unit == PromptTime::Unit::frames ? "f-" : "s-";
    const std::string to = node.to ? std::to_string(node.to->ten_thousandths) : "end";
    return std::to_string(node.from.ten_thousandths).append(unit).append(to);
}

/// The structure as text: t[…] text, w1.30[…] weight, a[…|…] alternatives, $x, _x_, @ time.
std::string shape(const std::vector<PromptNode>& nodes)
{
    std::string out;
    const auto add = [&](std::string_view before, std::string_view middle, std::string_view after) {
        out.append(before).append(middle).append(after);
    };
    for (const PromptNode& node : nodes) {
        if (node.kind == Kind::text) add("t[", node.text, "]");
        if (node.kind == Kind::weight) {
            add("w", std::to_string(node.weight).substr(0, 4), "[");
            add(shape(node.children), "]", "");
        }
        if (node.kind == Kind::alternatives) add("a[", options_shape(node), "]");
        if (node.kind == Kind::variable) add("$", node.text, "");
        if (node.kind == Kind::wildcard) add("_", node.text, "_");
        if (node.kind == Kind::time) add("@", time_shape(node), "");
    }
    return out;
}

std::string text_shape(std::string_view text)
{
    return std::string("t[").append(text).append("]");
}

std::string shape_of(std::string_view text)
{
    return shape(nodes_of(text));
}

}  // namespace

TEST_CASE("text without syntax is one piece, prose with brackets included")
{
    for (const char* text :
         {"a red balloon over green hills", "a man (old, tired) walks", "note: this (see: below)", "cost $5 or 5$",
          "arrays [1] and [a-b]", "snake_case and __init", "back\\slash", ":( and :)", "Ein Fuchs – schön", "漢字 😀", "a)b",
          "(unclosed", "ratio (16:9 screen", "__ __", "[12] - 5", "100%"}) {
        INFO(text);
        CHECK(shape_of(text) == text_shape(text));
    }
    CHECK(nodes_of("").empty());
}

TEST_CASE("a weight scales what is in its brackets")
{
    CHECK(shape_of("a (red balloon:1.3) rises") == "t[a ]w1.30[t[red balloon]]t[ rises]");
    CHECK(shape_of("(a (b:2) c: 0.5 )") == "w0.50[t[a ]w2.00[t[b]]t[ c]]");
    CHECK(shape_of("(time 12:30:1.2)") == "w1.20[t[time 12:30]]");
    CHECK(shape_of("(x:.5)(y:4)(z:0)") == "w0.50[t[x]]w4.00[t[y]]w0.00[t[z]]");
    CHECK(shape_of("(:1.5)") == "w1.50[]");
}

TEST_CASE("a number that is no weight is an error and stays text")
{
    for (const char* text :
         {"(word:1,3)", "(word:-1)", "(word:5)", "(word:1.23456)", "(word:1.2.3)", "(word:+1)", "(word:1x)"}) {
        const ParsedPrompt parsed = parse_prompt(text);
        INFO(text);
        REQUIRE(parsed.errors.size() == 1);
        CHECK(parsed.errors[0].range == TextRange{6, std::string_view(text).size() - 1});
        CHECK(shape(parsed.nodes) == text_shape(text));
        CHECK(parsed.highlights.empty());
    }
}

TEST_CASE("alternatives have options of pieces, empty ones too")
{
    CHECK(shape_of("at {dawn|dusk}") == "t[at ]a[t[dawn]|t[dusk]]");
    CHECK(shape_of("{a|{b|c}|}") == "a[t[a]|a[t[b]|t[c]]|]");
    CHECK(shape_of("{(x:2)|$y|__z__}") == "a[w2.00[t[x]]|$y|_z_]");
    CHECK(shape_of("{one}") == "a[t[one]]");
    CHECK(shape_of("{a (b|c) d}") == "a[t[a (b]|t[c) d]]");
    CHECK(shape_of("({a|b}:1.2)") == "w1.20[a[t[a]|t[b]]]");
}

TEST_CASE("slips with braces are errors at their place")
{
    const auto at = [](std::string_view text) {
        const ParsedPrompt parsed = parse_prompt(text);
        REQUIRE(parsed.errors.size() == 1);
        return parsed.errors[0].range;
    };
    CHECK(at("a {dawn") == TextRange{2, 3});
    CHECK(at("dawn} b") == TextRange{4, 5});
    CHECK(at("dawn|dusk") == TextRange{4, 5});
    CHECK(at("(a|b:1.2)") == TextRange{2, 3});
    CHECK(parse_prompt("(a {b) c}").errors.empty());
}

TEST_CASE("variables and wildcards have names in any script")
{
    CHECK(shape_of("$hero runs") == "$herot[ runs]");
    CHECK(shape_of("$hero_2_, $größe $漢字.") == "$hero_2t[_, ]$größet[ ]$漢字t[.]");
    CHECK(shape_of("in __place__ at __time_of_day__") == "t[in ]_place_t[ at ]_time_of_day_");
    CHECK(shape_of("__a____b__") == "_a__b_");
}

TEST_CASE("time marks take seconds and frames")
{
    CHECK(shape_of("x [0-2s] y") == "t[x ]@0s-20000t[ y]");
    CHECK(shape_of("[1.5s-3s]") == "@15000s-30000");
    CHECK(shape_of("[24-48f]") == "@240000f-480000");
    CHECK(shape_of("[ 2s - end ]") == "@20000s-end");
    CHECK(shape_of("[0–2s]") == "@0s-20000");
    CHECK(shape_of("[0.0417s-24f]") == "@417s-240000");
}

TEST_CASE("what means to be a time mark but isn't is an error")
{
    for (const char* text : {"[0-2]", "[0-2m]", "[1.5f-2f]", "[2-end]", "[0-2s", "[1-2-3s]", "[1.23456s-2s]"}) {
        const ParsedPrompt parsed = parse_prompt(text);
        INFO(text);
        const bool unclosed = std::string_view(text).back() != ']';
        CHECK(parsed.errors.size() == (unclosed ? 0 : 1));
        CHECK(shape(parsed.nodes) == text_shape(text));
    }
    CHECK(parse_prompt("(x [0-2s] y:1.2)").errors.size() == 1);
    CHECK(parse_prompt("{[0-2s]|x}").errors.size() == 1);
}

TEST_CASE("a backslash makes syntax ordinary")
{
    CHECK(shape_of("\\(a:1.3\\)") == "t[(a:1.3)]");
    CHECK(shape_of("\\{a\\|b\\}") == "t[{a|b}]");
    CHECK(shape_of("\\$hero \\__x__") == "t[$hero __x__]");
    CHECK(shape_of("\\[0-2s]") == "t[[0-2s]]");
    CHECK(shape_of("\\\\(a:2)") == "t[\\]w2.00[t[a]]");
    CHECK(shape_of("(a\\:1.3)") == "t[(a:1.3)]");
    CHECK(shape_of("end\\") == "t[end\\]");
}

TEST_CASE("highlights come in order, outer before inner")
{
    const ParsedPrompt parsed = parse_prompt("(a {b|$c}:1.2) [0-1s] __w__");
    REQUIRE(parsed.highlights.size() == 5);
    CHECK(parsed.highlights[0] == Highlight{{0, 14}, HighlightKind::weight});
    CHECK(parsed.highlights[1] == Highlight{{3, 9}, HighlightKind::alternative});
    CHECK(parsed.highlights[2] == Highlight{{6, 8}, HighlightKind::variable});
    CHECK(parsed.highlights[3] == Highlight{{15, 21}, HighlightKind::time});
    CHECK(parsed.highlights[4] == Highlight{{22, 27}, HighlightKind::wildcard});
}

TEST_CASE("nesting deeper than 32 is an error, and no depth is a crash")
{
    const auto nested = [](int depth, const char* open, const char* close) {
        std::string text;
        for (int i = 0; i < depth; ++i)
            text += open;
        text += "x";
        for (int i = 0; i < depth; ++i)
            text += close;
        return text;
    };
    CHECK(parse_prompt(nested(32, "(", ":1.1)")).errors.empty());
    CHECK(parse_prompt(nested(33, "(", ":1.1)")).errors.size() == 1);
    CHECK(parse_prompt(nested(33, "{", "}")).errors.size() == 1);
    CHECK_FALSE(parse_prompt(nested(100'000, "{", "}")).errors.empty());
    CHECK_FALSE(parse_prompt(nested(100'000, "(", ":1.1)")).errors.empty());
    CHECK_FALSE(parse_prompt(std::string(100'000, '{')).errors.empty());
    CHECK(parse_prompt(std::string(100'000, '(')).errors.empty());
    CHECK(parse_prompt(std::string(100'000, '\\')).errors.empty());
    CHECK(parse_prompt(std::string(100'000, '[')).errors.empty());
}

TEST_CASE("escaped text means itself")
{
    for (const char* text : {"(a:1.3)", "{a|b}", "$hero __x__ [0-2s]", "\\", "\\(", "a_b: c"}) {
        const auto nodes = nodes_of(escape_prompt(text));
        REQUIRE(nodes.size() == 1);
        CHECK(nodes[0].text == text);
    }
}

TEST_CASE("prompts come back from print as they were typed")
{
    for (const char* text : {"a (red balloon:1.3) rises", "{dawn|{dusk|night}|}", "x [0s-2s] y [2s-end] z",
                             "$hero in __place__", "a man (old) walks: far", "(a (b:2) c:0.5)"})
        CHECK(print_prompt(nodes_of(text)) == text);
}

TEST_CASE("random texts of syntax parse, print and parse to the same")
{
    std::mt19937 random(7);
    static constexpr const char* k_bits[] = {"(",    ")",     ":1.3)",  ":", "{",  "}",       "|",    "$",   "$hero",
                                             "__",   "__x__", "[0-2s]", "[", "]",  "\\",      "\\(",  "red", " ",
                                             "1.5",  "2s",    "-",      "ä", "漢", "😀",       "\xFF", "end", "[1f-",
                                             ":0.5", "\n",    ",",      "_", "a",  "[2s-end]"};
    int clean = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        const int length = static_cast<int>(random() % 14);
        for (int k = 0; k < length; ++k)
            text += k_bits[random() % std::size(k_bits)];
        const ParsedPrompt parsed = parse_prompt(text);
        for (const PromptError& error : parsed.errors) {
            REQUIRE(error.range.begin < error.range.end);
            REQUIRE(error.range.end <= text.size());
        }
        for (const Highlight& highlight : parsed.highlights)
            REQUIRE(highlight.range.end <= text.size());
        const std::string printed = print_prompt(parsed.nodes);
        const ParsedPrompt again = parse_prompt(printed);
        INFO(text << "\n" << printed);
        REQUIRE(shape(again.nodes) == shape(parsed.nodes));
        REQUIRE(again.errors.empty());
        REQUIRE(print_prompt(again.nodes) == printed);
        clean += parsed.errors.empty() ? 1 : 0;
    }
    CHECK(clean > 1000);
}
