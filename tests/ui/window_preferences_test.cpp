#include <QComboBox>
#include <catch2/catch.hpp>

#include "tests/ui/studio_fixture.h"
#include "ui/player/thumbnail_store.h"
#include "ui/preferences/preferences.h"
#include "ui/preferences/preferences_sheet.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_commands.h"

using namespace kinora;
using kinora::tests::Studio;

TEST_CASE("the memory for pictures is chosen in the preferences, holds at once and at the next start", "[window]")
{
    Studio studio;
    auto& commands = studio.window->commands();
    const qsizetype usual = studio.window->thumbnails().budget();
    CHECK(usual == ui::ThumbnailStore::k_budget);
    studio.window->actions()["edit.preferences"]->trigger();
    auto* memory = commands.preferences_sheet()->picture_memory();
    Studio::wait_for([&] { return memory->isVisible(); }, "the preferences");
    CHECK(memory->currentText() == QStringLiteral("2 GB"));
    memory->setFocus();
    studio.key(Qt::Key_Home);
    CHECK(memory->currentText() == QStringLiteral("256 MB"));
    CHECK(commands.preferences().now().picture_memory == 256);
    CHECK(studio.window->thumbnails().budget() == (qsizetype{48} << 20));
    commands.preferences().flush();
    const auto file = studio.session->places().state / "preferences.json";
    CHECK(ui::read_preferences(file).picture_memory == 256);
}

TEST_CASE("the precision that is chosen in the preferences is asked for with the next take", "[window]")
{
    Studio studio;
    auto& commands = studio.window->commands();
    const auto asked = [&] { return studio.session->request_for(*studio.session->shot(), 7)->dtype; };
    REQUIRE(studio.session->shot() != nullptr);
    CHECK(asked() == "auto");
    studio.window->actions()["edit.preferences"]->trigger();
    auto* precision = commands.preferences_sheet()->findChild<QComboBox*>(QStringLiteral("preferences.precision"));
    REQUIRE(precision != nullptr);
    Studio::wait_for([&] { return precision->isVisible(); }, "the preferences");
    precision->setFocus();
    studio.key(Qt::Key_End);
    CHECK(commands.preferences().now().precision == "int8");
    CHECK(asked() == "int8");
    commands.preferences().flush();
}
