#include "inference/runtime/cpu.h"

#include <ATen/Parallel.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <fstream>
#include <set>
#include <string>

namespace kinora::inference {
namespace {

std::atomic<int> chosen_cores{0};

/// Cores behind the hardware threads of the process's affinity mask; 0 where that can't be read.
int cores_by_affinity()
{
    cpu_set_t mask;
    CPU_ZERO(&mask);
    if (sched_getaffinity(0, sizeof(mask), &mask) != 0) return 0;
    std::set<std::string> cores;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &mask)) continue;
        std::ifstream file("/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/thread_siblings_list");
        std::string siblings;
        if (!(file >> siblings)) siblings = std::to_string(cpu);
        cores.insert(siblings);
    }
    return static_cast<int>(cores.size());
}

/// Cores' worth of time that the container may use (control groups, version 2); 0 for no limit.
int cores_by_quota()
{
    std::ifstream file("/sys/fs/cgroup/cpu.max");
    std::string quota;
    double period = 0;
    if (!(file >> quota >> period) || quota == "max" || period <= 0) return 0;
    return std::max(1, static_cast<int>(std::ceil(std::strtod(quota.c_str(), nullptr) / period)));
}

}  // namespace

bool cpu_has_bfloat16()
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512bf16") != 0;
#else
    return false;
#endif
}

bool cpu_has_int8()
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
           __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
           __builtin_cpu_supports("avx512vnni") != 0;
#else
    return false;
#endif
}

void set_cores(int cores)
{
    chosen_cores = std::max(0, cores);
}

int usable_cores()
{
    if (const int chosen = chosen_cores; chosen > 0) return chosen;
    const int cores = std::max(1, cores_by_affinity());
    const int quota = cores_by_quota();
    return quota > 0 ? std::min(cores, quota) : cores;
}

int use_all_cores()
{
    const int cores = usable_cores();
    if (at::get_num_threads() != cores) at::set_num_threads(cores);
    return cores;
}

}  // namespace kinora::inference
