#include "core/base/memory_text.h"

#include <catch2/catch.hpp>

using namespace kinora::core;

TEST_CASE("amounts of memory are read as people write them")
{
    CHECK(parse_memory("6GB").value() == 6'000'000'000);
    CHECK(parse_memory("6 gb").value() == 6'000'000'000);
    CHECK(parse_memory("5.5GiB").value() == 5'905'580'032);
    CHECK(parse_memory("512m").value() == 512'000'000);
    CHECK(parse_memory("1024").value() == 1024);
    for (const char* wrong : {"", "GB", "-1GB", "0", "6 apples", "nan", "inf GB", "1e300GB", "6GBB"}) {
        INFO(wrong);
        const auto refused = parse_memory(wrong);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::invalid_argument);
    }
}

TEST_CASE("amounts of memory are written for people")
{
    CHECK(memory_text(8'000'000'000) == "8.0 GB");
    CHECK(memory_text(254'400'000) == "254 MB");
}
