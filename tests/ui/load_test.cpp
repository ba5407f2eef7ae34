#include <QStandardPaths>
#include <catch2/catch.hpp>
#include <cstdio>

#include "tests/ui/load_run.h"
#include "tests/ui/storyboard_film.h"

// KINORA_LOAD_SECONDS chooses how long.

using namespace kinora;
using kinora::tests::Studio;

namespace {

// What this thread computes at a stretch. Code that isn't optimised is only watched for blocks.
#ifdef __OPTIMIZE__
constexpr double k_limit = 16;
#else
constexpr double k_limit = 60;
#endif

}  // namespace

TEST_CASE("The window answers while it generates, imports, scrubs and saves at once", "[load]")
{
    Studio studio;
    tests::make_film(studio, 40);
    tests::settle(studio);
    const QTemporaryDir folder;
    const auto log = std::filesystem::path(folder.path().toStdString()) / "stalls.log";
    const double seconds = qEnvironmentVariable("KINORA_LOAD_SECONDS", QStringLiteral("8")).toDouble();
    const tests::LoadFigures figures = tests::run_load(studio, seconds, log);
    const std::string words = tests::told(figures);
    std::printf("%s", words.c_str());
    INFO(words);
    CHECK(figures.generated > 0);
    CHECK(figures.imported > 0);
    CHECK(figures.scrubbed > 100);
    CHECK(figures.saved > 1);
    CHECK(figures.worst_computed() <= k_limit);
}
