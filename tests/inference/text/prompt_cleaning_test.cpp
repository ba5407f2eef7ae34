#include "inference/text/prompt_cleaning.h"

#include <catch2/catch.hpp>

#include "inference/text/html_entities.h"
#include "inference/text/mojibake.h"
#include "inference/text/unicode_text.h"

using kinora::inference::clean_prompt;
using kinora::inference::fix_encoding;
using kinora::inference::looks_like_mojibake;
using kinora::inference::unescape_html;
using kinora::inference::unescape_html_carefully;

TEST_CASE("white space of every kind becomes one space")
{
    CHECK(clean_prompt("  a \t\r\n\u00a0\u3000 b\u2003") == "a b");
    CHECK(clean_prompt(" \n ").empty());
}

TEST_CASE("mojibake is undone, as often as it was done")
{
    CHECK(fix_encoding(U"schÃ¶n") == U"schön");
    CHECK(fix_encoding(U"cafÃƒÂ©") == U"café");
    CHECK(fix_encoding(U"voilÃ le travail") == U"voilà le travail");
    CHECK(fix_encoding(U"Ã la mode") == U"à la mode");
}

TEST_CASE("text that only looks foreign is left alone")
{
    for (const auto* text : {U"Ein süßer Bär", U"ČSN žluťoučký kůň", U"кошка", U"Ångström", U"¿Qué tal?"}) {
        CHECK_FALSE(looks_like_mojibake(text));
        CHECK(fix_encoding(text) == text);
    }
}

TEST_CASE("mojibake inside good text is repaired where it stands")
{
    CHECK(fix_encoding(U"猫 itâ€™s fine") == U"猫 it’s fine");
}

TEST_CASE("character references are decoded by the standard's rules")
{
    CHECK(unescape_html(U"&lt;&#233;&#x4E2d;&#128;&notit;&unknown;&#0;&") == U"<é中€¬it;&unknown;\uFFFD&");
    CHECK(unescape_html(U"&#99999999999999;") == U"\uFFFD");
    CHECK(unescape_html_carefully(U"P&EACUTE;REZ STRA&SZLIG;E &copy &#59;") == U"PÉREZ STRASSE &copy &#59;");
}

TEST_CASE("entities are kept where tags appear, but decoded in the end")
{
    CHECK(clean_prompt("<b> &amp; &amp;amp;amp;") == "<b> & &amp;");
}

TEST_CASE("controls, terminal colours, ligatures and wide forms are plain afterwards")
{
    CHECK(clean_prompt("\x1b[1;31mred\x1b[0m\x07 \ufb01ne \uff21\uff22 \uff76\u3000\u201cq\u201d") ==
          "red fine AB \u30ab \"q\"");
}

TEST_CASE("invalid UTF-8 is replaced, never passed on")
{
    CHECK(clean_prompt("a\xff\xc3") == "a\uFFFD\uFFFD");
}
