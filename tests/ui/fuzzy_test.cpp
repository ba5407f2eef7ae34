#include <catch2/catch.hpp>

#include "ui/commands/fuzzy.h"

using kinora::ui::fuzzy_match;

namespace {

int score(const char* typed, const char* text)
{
    const auto match = fuzzy_match(QString::fromUtf8(typed), QString::fromUtf8(text));
    return match ? match->score : -1;
}

}  // namespace

TEST_CASE("letters have to occur in their order", "[commands]")
{
    REQUIRE(fuzzy_match(QStringLiteral("spl"), QStringLiteral("Split")));
    REQUIRE(fuzzy_match(QStringLiteral("slt"), QStringLiteral("Split")));
    REQUIRE_FALSE(fuzzy_match(QStringLiteral("lps"), QStringLiteral("Split")));
    REQUIRE_FALSE(fuzzy_match(QStringLiteral("splits"), QStringLiteral("Split")));
    REQUIRE(fuzzy_match({}, QStringLiteral("Split"))->score == 0);
}

TEST_CASE("beginnings of words and runs count more", "[commands]")
{
    REQUIRE(score("sf", "Save this frame") > score("sf", "Transform"));
    REQUIRE(score("split", "Split") > score("split", "Show plain text"));
    REQUIRE(score("add", "Add a shot") > score("add", "Insert a shot and dip"));
}

TEST_CASE("words may come in any order, and accents don't matter", "[commands]")
{
    REQUIRE(score("media import", "Import media") > 0);
    REQUIRE(score("uber", "Über Kinora") > 0);
    REQUIRE(score("ÜBER", "uber Kinora") > 0);
}

TEST_CASE("the letters that were met are told, so that they can be shown", "[commands]")
{
    const auto match = fuzzy_match(QStringLiteral("st"), QStringLiteral("Save the take"));
    REQUIRE(match);
    REQUIRE(match->places == QVector<int>{0, 5});
}
