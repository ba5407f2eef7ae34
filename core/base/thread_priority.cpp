#include "core/base/thread_priority.h"

#ifdef __linux__
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#endif

namespace kinora::core {

#ifdef __linux__
namespace {

/// The kernel's `struct sched_attr` as it was first; the C library declares neither it nor its two calls.
struct Schedule {
    std::uint32_t size = sizeof(Schedule);
    std::uint32_t policy = 0;
    std::uint64_t flags = 0;
    std::int32_t nice = 0;
    std::uint32_t priority = 0;
    std::uint64_t runtime = 0;  ///< nanoseconds; of an ordinary thread: the length of its turn
    std::uint64_t deadline = 0;
    std::uint64_t period = 0;
};

constexpr std::uint64_t k_not_inherited = 1;        // SCHED_FLAG_RESET_ON_FORK
constexpr std::uint64_t k_shortest_turn = 100'000;  // nanoseconds, the least that the kernel takes

}  // namespace
#endif

bool answer_at_once()
{
#ifdef __linux__
    Schedule schedule;
    if (syscall(SYS_sched_getattr, 0, &schedule, sizeof(schedule), 0) != 0) return false;
    constexpr std::uint32_t k_ordinary = 0;
    if (schedule.policy != k_ordinary) return false;  // somebody chose another way for the whole program
    schedule.flags |= k_not_inherited;
    schedule.runtime = k_shortest_turn;
    if (syscall(SYS_sched_setattr, 0, &schedule, 0) != 0) return false;
    // An older kernel takes the call and does nothing with the length.
    return syscall(SYS_sched_getattr, 0, &schedule, sizeof(schedule), 0) == 0 && schedule.runtime == k_shortest_turn;
#else
    return false;
#endif
}

void give_way(Urgency urgency)
{
#ifdef __linux__
    // With so many steps the thread that draws keeps three quarters of a core which a decoder and a generator want too, and
    // meets the 16 ms of a frame; with 1, 3 and 5 it had half of it and missed a dozen in 9,000. Not more than it needs:
    // beside another program that takes every core, a tenth of them is left for long work.
    const int steps = urgency == Urgency::someone_waits ? 7 : urgency == Urgency::soon ? 9 : 10;
    // In Linux a thread is told by its number like a process; that of the program is its first thread's.
    const int program = getpriority(PRIO_PROCESS, static_cast<id_t>(getpid()));
    const int own = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()));
    const int wanted = std::min(program + steps, 19);
    if (wanted > own) setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), wanted);
    // Such threads have the same share, but don't interrupt others when they wake up.
    const sched_param none{};
    if (sched_getscheduler(0) == SCHED_OTHER) sched_setscheduler(0, SCHED_BATCH, &none);
#else
    static_cast<void>(urgency);
#endif
}

}  // namespace kinora::core
