#include <QStandardPaths>
#include <catch2/catch.hpp>

#include "tests/ui/load_run.h"
#include "tests/ui/storyboard_film.h"

// KINORA_LOAD_SECONDS chooses how long.

using namespace kinora;
using kinora::tests::Studio;

namespace {

// Stalls that this thread computed itself. One is let pass: on a machine that others share a core may be slow for a moment.
#ifdef __OPTIMIZE__
constexpr int k_let_pass = 1;
#else
constexpr int k_let_pass = 4;
#endif
constexpr double k_longest = 60;

}  // namespace

TEST_CASE("The window answers while it generates, imports, scrubs and saves at once", "[load]")
{
    Studio studio;
    tests::make_film(studio, 40);
    tests::settle(studio);
    const tests::LoadFigures figures = tests::checked_load(studio);
    INFO(tests::told(figures));
    CHECK(figures.computed_stalls() <= k_let_pass);
    CHECK(figures.worst_computed() <= k_longest);
}
