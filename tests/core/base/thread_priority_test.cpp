#include "core/base/thread_priority.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>

using namespace kinora::core;

namespace {

int own_priority()
{
    return getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()));
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
    CHECK(lowered == std::min(usual + 5, 19));
    CHECK(started == lowered);
    CHECK(again == lowered);
    CHECK(own_priority() == usual);
}
#endif
