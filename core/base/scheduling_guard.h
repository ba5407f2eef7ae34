#pragma once

#include <vector>

namespace kinora::core {

/// Keeps foreign code from making threads of this program urgent beyond everything else. SVT-AV1, run by the administrator
/// (as in most containers), puts the thread that opens it and all of its own under the real-time policy at the highest
/// priority: nothing else on the machine gets a processor then, the window least of all. While a guard lives, such code may
/// run; when it ends, threads that have become real-time ones in the meantime are ordinary ones again. Those that were
/// before (a sound server's) are left alone. Without effect where the system doesn't tell threads (not Linux).
class SchedulingGuard {
public:
    SchedulingGuard();
    ~SchedulingGuard();
    SchedulingGuard(const SchedulingGuard&) = delete;
    SchedulingGuard& operator=(const SchedulingGuard&) = delete;

private:
    std::vector<int> before_;
};

/// The numbers of this program's threads that run under a real-time policy.
[[nodiscard]] std::vector<int> real_time_threads();

}  // namespace kinora::core
