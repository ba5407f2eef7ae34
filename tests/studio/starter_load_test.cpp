#include <catch2/catch.hpp>

#include "app/studio/engine.h"
#include "core/base/paths.h"
#include "tests/ui/load_run.h"

using namespace kinora;
using kinora::tests::Studio;

TEST_CASE("the window answers while the starter generates, and files are imported, scrubbed and saved at once",
          "[window][slow]")
{
    const auto resources = core::resources_dir();
    REQUIRE(resources);
    Studio studio(studio::make_engine(), *resources / "sample");
    studio.session->set_prompt(QStringLiteral("a red balloon rises over green hills at sunset, slow pan right"));
    const tests::LoadFigures figures = tests::checked_load(studio);
    INFO(tests::told(figures));
    // The samples of the engine take every core there is: only what this thread computed says something of the window.
    CHECK(figures.worst_computed() <= 60);
}
