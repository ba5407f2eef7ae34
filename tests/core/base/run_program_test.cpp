#include "core/base/run_program.h"

#include <stdlib.h>

#include <catch2/catch.hpp>
#include <string>

TEST_CASE("a program that is run finds a variable once, with the value that was given for it", "[base]")
{
    REQUIRE(::setenv("KINORA_TEST_OF_RUNNING", "before", 1) == 0);
    const auto run = kinora::core::run_program({"env"}, {"KINORA_TEST_OF_RUNNING=given"});
    REQUIRE(::unsetenv("KINORA_TEST_OF_RUNNING") == 0);
    REQUIRE(run);
    CHECK(run->out.find("KINORA_TEST_OF_RUNNING=given\n") != std::string::npos);
    CHECK(run->out.find("KINORA_TEST_OF_RUNNING=before") == std::string::npos);
}
