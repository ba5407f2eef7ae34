#include "core/base/scheduling_guard.h"

#ifdef __linux__
#include <sched.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#endif

namespace kinora::core {

std::vector<int> real_time_threads()
{
    std::vector<int> found;
#ifdef __linux__
    std::error_code error;
    std::filesystem::directory_iterator it("/proc/self/task", error), end;
    for (; !error && it != end; it.increment(error)) {
        const int thread = std::atoi(it->path().filename().c_str());
        const int policy = sched_getscheduler(thread) & ~SCHED_RESET_ON_FORK;
        if (policy == SCHED_FIFO || policy == SCHED_RR) found.push_back(thread);
    }
#endif
    return found;
}

SchedulingGuard::SchedulingGuard() : before_(real_time_threads()) {}

SchedulingGuard::~SchedulingGuard()
{
#ifdef __linux__
    const sched_param ordinary{};
    for (const int thread : real_time_threads())
        if (std::find(before_.begin(), before_.end(), thread) == before_.end())
            sched_setscheduler(thread, SCHED_OTHER, &ordinary);
#endif
}

}  // namespace kinora::core
