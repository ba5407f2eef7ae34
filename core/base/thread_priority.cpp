#include "core/base/thread_priority.h"

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#endif

namespace kinora::core {

void give_way(Urgency urgency)
{
#ifdef __linux__
    // A few steps: beside another program that computes, a third of a core is left for long work, not a tenth.
    const int steps = urgency == Urgency::someone_waits ? 1 : urgency == Urgency::soon ? 3 : 5;
    // In Linux a thread is told by its number like a process; that of the program is its first thread's.
    const int program = getpriority(PRIO_PROCESS, static_cast<id_t>(getpid()));
    const int own = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()));
    const int wanted = std::min(program + steps, 19);
    if (wanted > own) setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), wanted);
#else
    static_cast<void>(urgency);
#endif
}

}  // namespace kinora::core
