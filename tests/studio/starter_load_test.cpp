#include <catch2/catch.hpp>
#include <cstdio>

#include "app/studio/engine.h"
#include "core/base/paths.h"
#include "tests/ui/load_run.h"

using namespace kinora;
using kinora::tests::Studio;

TEST_CASE("the window answers while the starter generates, and files are imported, scrubbed and saved at once", "[window]")
{
    const auto resources = core::resources_dir();
    REQUIRE(resources);
    Studio studio(studio::make_engine(), *resources / "sample");
    studio.session->set_prompt(QStringLiteral("a red balloon rises over green hills at sunset, slow pan right"));
    const QTemporaryDir folder;
    const auto log = std::filesystem::path(folder.path().toStdString()) / "stalls.log";
    const double seconds = qEnvironmentVariable("KINORA_LOAD_SECONDS", QStringLiteral("8")).toDouble();
    const tests::LoadFigures figures = tests::run_load(studio, seconds, log);
    const std::string words = tests::told(figures);
    std::printf("%s", words.c_str());
    INFO(words);
    CHECK(figures.generated > 0);
    CHECK(figures.scrubbed > 100);
    CHECK(figures.saved > 1);
    CHECK(figures.imported > 0);
    // The samples of the engine take every core there is: only what this thread computed says something of the window.
    CHECK(figures.worst_computed() <= 60);
}
