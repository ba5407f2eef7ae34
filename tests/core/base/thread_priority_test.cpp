#include "core/base/thread_priority.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#ifdef __linux__
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdint>

using namespace kinora::core;

namespace {

int own_priority()
{
    return getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()));
}

/// The length of the calling thread's turns in nanoseconds; 0 where the kernel doesn't tell.
std::uint64_t own_turn()
{
    std::array<std::uint64_t, 6> schedule{};  // struct sched_attr; the length is its fourth word
    if (syscall(SYS_sched_getattr, 0, schedule.data(), sizeof(schedule), 0) != 0) return 0;
    return schedule[3];
}

}  // namespace

TEST_CASE("A thread that gives way takes what it starts along, and leaves the others as they were")
{
    const int usual = own_priority();
    int lowered = 0;
    int started = 0;
    int again = 0;
    std::thread([&] {
        give_way(Urgency::long_work);
        lowered = own_priority();
        std::thread([&] { started = own_priority(); }).join();
        give_way(Urgency::soon);
        again = own_priority();
    }).join();
    CHECK(lowered == std::min(usual + 10, 19));
    CHECK(started == lowered);
    CHECK(again == lowered);
    CHECK(own_priority() == usual);
}

TEST_CASE("A thread that gives way interrupts nobody when it wakes up, nor does what it starts")
{
    REQUIRE(sched_getscheduler(0) == SCHED_OTHER);
    for (const Urgency urgency : {Urgency::someone_waits, Urgency::soon, Urgency::long_work}) {
        int own = 0;
        int started = 0;
        std::thread([&] {
            give_way(urgency);
            own = sched_getscheduler(0);
            std::thread([&] { started = sched_getscheduler(0); }).join();
        }).join();
        CHECK(own == SCHED_BATCH);
        CHECK(started == SCHED_BATCH);
    }
    CHECK(sched_getscheduler(0) == SCHED_OTHER);
}

TEST_CASE("A thread that answers at once has the shortest turns; what it starts has the usual ones")
{
    const std::uint64_t usual = own_turn();
    const int priority = own_priority();
    bool taken = false;
    std::uint64_t shortened = 0;
    std::uint64_t started = 0;
    int started_priority = 0;
    std::thread([&] {
        taken = answer_at_once();
        shortened = own_turn();
        std::thread([&] {
            started = own_turn();
            give_way(Urgency::long_work);
            started_priority = own_priority();
        }).join();
    }).join();
    CHECK(own_turn() == usual);
    CHECK(own_priority() == priority);
    CHECK(started == usual);
    CHECK(started_priority == std::min(priority + 5, 19));
    CHECK(shortened == (taken ? 100'000 : usual));
}
#endif
