#include <QFontInfo>
#include <QFontMetricsF>
#include <QRegularExpression>
#include <catch2/catch.hpp>

#include "ui/theme/icon.h"
#include "ui/theme/roles.h"
#include "ui/theme/stylesheet.h"
#include "ui/theme/theme.h"

using namespace kinora::ui;

TEST_CASE("text on panels keeps 4.5 to 1 in both themes, hints 3 to 1")
{
    for (const auto kind : {ThemeKind::dark, ThemeKind::light}) {
        const Roles& r = roles_of(kind);
        INFO((kind == ThemeKind::dark ? "dark" : "light"));
        for (const auto& ground : {r.panel, r.raised, r.field}) {
            CHECK(contrast(r.text, ground) >= 4.5);
            CHECK(contrast(r.dim, ground) >= 4.5);
        }
        CHECK(contrast(r.faint, r.panel) >= 3.0);
        CHECK(contrast(r.on_accent, r.accent) >= 4.5);
        CHECK(contrast(r.accent_text, r.accent_ground) >= 4.5);
        for (const auto& colour : {r.prompt_weight, r.prompt_alternative, r.prompt_variable, r.prompt_time})
            CHECK(contrast(colour, r.field) >= 4.5);
        for (const auto& colour : {r.good, r.warn, r.bad})
            CHECK(contrast(colour, r.raised) >= 4.5);
    }
}

TEST_CASE("every role that the style sheet names is in the table")
{
    const QString sheet = stylesheet(roles_of(ThemeKind::dark));
    CHECK_FALSE(sheet.isEmpty());
    CHECK_FALSE(sheet.contains(QRegularExpression(QStringLiteral("@[a-z]"))));
}

TEST_CASE("the bundled font is used and its figures are tabular")
{
    const QFont body = font(TextRole::body);
    CHECK(QFontInfo(body).family() == QStringLiteral("Kinora Inter"));
    const QFontMetricsF metrics(body);
    for (const QChar digit : QStringLiteral("023456789"))
        CHECK(metrics.horizontalAdvance(digit) == Approx(metrics.horizontalAdvance(QLatin1Char('1'))));
}

TEST_CASE("icons take the theme's colour and the screen's resolution")
{
    const QPixmap small = icon(QStringLiteral("plus"), QColor(Qt::red)).pixmap(QSize(18, 18), 1.0);
    const QPixmap large = icon(QStringLiteral("plus"), QColor(Qt::red)).pixmap(QSize(18, 18), 2.0);
    CHECK(small.width() == 18);
    CHECK(large.width() == 36);
    const QColor middle = large.toImage().pixelColor(18, 18);
    CHECK(middle.red() > 200);
    CHECK(middle.green() < 40);
    CHECK(icon(QStringLiteral("no such drawing")).pixmap(QSize(18, 18), 1.0).toImage().pixelColor(9, 9).alpha() == 0);
}
