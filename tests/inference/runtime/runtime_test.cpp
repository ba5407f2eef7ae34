#include <ATen/ops/empty.h>

#include <catch2/catch.hpp>
#include <limits>
#include <new>
#include <stdexcept>

#include "inference/runtime/cpu.h"
#include "inference/runtime/device.h"
#include "inference/runtime/guard.h"

namespace kinora::inference {

TEST_CASE("an unknown device is refused with the devices there are")
{
    for (const char* name : {"tpu", "cuda:", "cuda:-1", "cuda:x", "cuda:4096", "", "CPU"}) {
        const auto device = choose_device(name);
        INFO(name);
        REQUIRE_FALSE(device);
        CHECK(device.error().kind == core::ErrorKind::device);
        CHECK_THAT(device.error().message, Catch::Contains("cpu"));
    }
}

TEST_CASE("the CPU is always there, and auto finds some device")
{
    REQUIRE(choose_device("cpu"));
    CHECK(choose_device("cpu")->is_cpu());
    CHECK(device_name(*choose_device("cpu")) == "cpu");
    CHECK(choose_device("auto"));
}

TEST_CASE("the data type is what was asked for, auto depends on the processor")
{
    const c10::Device cpu(c10::kCPU);
    CHECK(*choose_dtype("float32", cpu) == c10::kFloat);
    CHECK(*choose_dtype("bfloat16", cpu) == c10::kBFloat16);
    CHECK(*choose_dtype("auto", cpu) == (cpu_has_bfloat16() ? c10::kBFloat16 : c10::kFloat));
    const auto wrong = choose_dtype("float8", cpu);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().kind == core::ErrorKind::invalid_argument);
    CHECK(dtype_name(c10::kBFloat16) == "bfloat16");
}

TEST_CASE("there is at least one core, and not more than threads")
{
    CHECK(usable_cores() >= 1);
    CHECK(use_all_cores() == usable_cores());
}

TEST_CASE("exceptions end at the boundary as errors of their kind")
{
    const auto thrown = [](auto thrower) {
        return guarded("testing", [&]() -> core::Result<int> {
            thrower();
            return 1;
        });
    };
    const auto memory = thrown([] { throw std::bad_alloc(); });
    REQUIRE_FALSE(memory);
    CHECK(memory.error().kind == core::ErrorKind::out_of_memory);

    const auto tensor = thrown([] { (void)at::empty({std::int64_t{1} << 58}); });
    REQUIRE_FALSE(tensor);
    CHECK(tensor.error().kind == core::ErrorKind::out_of_memory);

    const auto shape = thrown([] { (void)at::empty({2}).view({3}); });
    REQUIRE_FALSE(shape);
    CHECK(shape.error().kind == core::ErrorKind::internal);
    CHECK_THAT(shape.error().message, Catch::Contains("testing"));

    const auto other = thrown([] { throw std::runtime_error("reason"); });
    REQUIRE_FALSE(other);
    CHECK_THAT(other.error().message, Catch::Contains("reason"));
    CHECK(*thrown([] {}) == 1);
}

}  // namespace kinora::inference
