#include <catch2/catch.hpp>

#include "ui/shot/prompt_completion.h"
#include "ui/shot/prompt_units.h"
#include "ui/widgets/core_words.h"

using namespace kinora;
using namespace kinora::ui;

namespace {

core::PromptContext context()
{
    core::PromptContext made;
    made.variables = {{"hero", "a small fox"}, {"harbour", "a quiet harbour"}, {"look", "soft light"}};
    made.wildcards = {{"place", {"hill", "sea"}}, {"weather", {"rain"}}};
    return made;
}

SuggestionSources sources()
{
    return {bundled_looks(), {QStringLiteral("lighthouse"), QStringLiteral("lighter"), QStringLiteral("größe")}};
}

/// Texts that are suggested where "^" stands.
QStringList at(QString text, Asked asked = Asked::typing)
{
    const int cursor = static_cast<int>(text.indexOf(QLatin1Char('^')));
    text.remove(cursor, 1);
    QStringList texts;
    for (const auto& one : suggest(text, cursor, context(), sources(), asked).list)
        texts.append(one.text);
    return texts;
}

/// The text after the first suggestion was taken.
QString taken(QString text, Asked asked = Asked::typing)
{
    const int cursor = static_cast<int>(text.indexOf(QLatin1Char('^')));
    text.remove(cursor, 1);
    const auto found = suggest(text, cursor, context(), sources(), asked);
    REQUIRE_FALSE(found.list.isEmpty());
    return text.replace(found.begin, found.end - found.begin, found.list.first().text);
}

}  // namespace

TEST_CASE("a dollar sign suggests the variables, by what they begin with")
{
    CHECK(at(QStringLiteral("the $^")) ==
          QStringList{QStringLiteral("$harbour"), QStringLiteral("$hero"), QStringLiteral("$look")});
    CHECK(at(QStringLiteral("the $he^ runs")) == QStringList{QStringLiteral("$hero")});
    CHECK(at(QStringLiteral("costs \\$h^")).isEmpty());
    CHECK(taken(QStringLiteral("the $h^x runs")) == QStringLiteral("the $harbour runs"));
    CHECK(suggest(QStringLiteral("$he"), 3, context(), sources(), Asked::typing).named);
}

TEST_CASE("two underlines suggest the wildcards and close them")
{
    CHECK(at(QStringLiteral("at __^")) == QStringList{QStringLiteral("__place__"), QStringLiteral("__weather__")});
    CHECK(taken(QStringLiteral("at __we^")) == QStringLiteral("at __weather__"));
    CHECK(taken(QStringLiteral("at __we^__ now")) == QStringLiteral("at __weather__ now"));
    CHECK(at(QStringLiteral("at __place__^")).isEmpty());
}

TEST_CASE("looks and camera moves come by their words and by their names")
{
    CHECK(at(QStringLiteral("a boat, slow pan r^")) == QStringList{QStringLiteral("slow pan right")});
    CHECK(taken(QStringLiteral("a boat, slow pan r^")) == QStringLiteral("a boat, slow pan right"));
    CHECK(taken(QStringLiteral("a boat, golden^")) == QStringLiteral("a boat, at sunset"));
    CHECK(taken(QStringLiteral("a boat push^")) == QStringLiteral("a boat slow zoom in"));
    CHECK(at(QStringLiteral("at sunset, at suns^")).isEmpty());
}

TEST_CASE("words used before come from two letters on, whole words and middles of words don't")
{
    CHECK(at(QStringLiteral("a ligh^")) == QStringList{QStringLiteral("lighthouse"), QStringLiteral("lighter")});
    CHECK(at(QStringLiteral("die grö^")) == QStringList{QStringLiteral("größe")});
    CHECK(at(QStringLiteral("a l^")).isEmpty());
    CHECK(at(QStringLiteral("a ligh^t")).isEmpty());
    CHECK(at(QStringLiteral("a lighthouse^")).isEmpty());
    CHECK(at(QString(QLatin1Char('^'))).isEmpty());
}

TEST_CASE("asked for by key, everything there is comes")
{
    const auto all = at(QStringLiteral("a boat, ^"), Asked::key);
    CHECK(all.contains(QStringLiteral("$hero")));
    CHECK(all.contains(QStringLiteral("__place__")));
    CHECK(all.contains(QStringLiteral("slow pan right")));
}

TEST_CASE("positions are counted in bytes and units alike, whatever the script")
{
    const PromptUnits units(QStringLiteral("aü漢😀b"));
    CHECK(units.bytes().size() == 11);
    CHECK(units.unit(0) == 0);
    CHECK(units.unit(3) == 2);
    CHECK(units.unit(6) == 3);
    CHECK(units.unit(10) == 5);
    CHECK(units.unit(99) == 6);
    for (const int unit : {0, 1, 2, 3, 5, 6})
        CHECK(units.unit(units.byte(unit)) == unit);
    CHECK(units.byte(99) == 11);
}

TEST_CASE("sentences of the core are found with their parts, others stay as they are")
{
    CHECK(in_words("$x contains itself.") == QStringLiteral("$x contains itself."));
    CHECK(in_words("Something new and unheard of.") == QStringLiteral("Something new and unheard of."));
    CHECK(in_words("") == QString());
}
