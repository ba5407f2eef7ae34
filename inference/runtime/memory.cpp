#include "inference/runtime/memory.h"

#include <ATen/DeviceAccelerator.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>

#include "core/base/heap.h"

namespace kinora::inference {
namespace {

constexpr std::int64_t k_no_limit = std::numeric_limits<std::int64_t>::max();

/// The value after `key` in a file of "key value" lines, in the unit that stands there; -1: none.
std::int64_t value_in(const std::filesystem::path& file, const std::string& key)
{
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind(key, 0) != 0) continue;
        std::istringstream words(line);
        std::string name;
        std::int64_t value = -1;
        if (words >> name >> value) return value;
    }
    return -1;
}

std::int64_t number_in(const std::filesystem::path& file)
{
    std::ifstream content(file);
    std::int64_t number = -1;
    return content >> number ? number : -1;
}

/// The process's own group under a controller ("memory", or "" for version 2), as a path below the mount.
std::string group_of(const std::string& controller)
{
    std::ifstream lines("/proc/self/cgroup");
    for (std::string line; std::getline(lines, line);) {
        const auto first = line.find(':');
        const auto second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos) continue;
        if (line.substr(first + 1, second - first - 1) == controller) return line.substr(second + 1);
    }
    return {};
}

/// What the limits of the process's groups leave, from its own up to the root.
std::int64_t left_by_groups(const std::filesystem::path& mount, std::string group, const char* limit_file,
                            const char* usage_file, const char* cache_key)
{
    std::int64_t left = k_no_limit;
    while (true) {
        auto folder = mount;
        if (group != "/") folder.concat(group);
        const auto limit = number_in(folder / limit_file);
        const auto usage = number_in(folder / usage_file);
        // Version 1 writes "none" as the largest number of whole pages.
        if (limit > 0 && limit < (std::int64_t{1} << 60) && usage >= 0) {
            const auto cache = value_in(folder / "memory.stat", cache_key);
            left = std::min(left, limit - usage + std::max<std::int64_t>(0, cache));
        }
        const auto slash = group.rfind('/');
        if (group.size() < 2 || slash == std::string::npos) return left;
        group = slash == 0 ? "/" : std::string(group, 0, slash);
    }
}

}  // namespace

std::int64_t anonymous_memory()
{
    const auto kibibytes = value_in("/proc/self/status", "RssAnon:");
    return std::max<std::int64_t>(0, kibibytes) * 1024;
}

std::int64_t free_memory()
{
    const auto available = value_in("/proc/meminfo", "MemAvailable:");
    std::int64_t left = available < 0 ? k_no_limit : available * 1024;
    const std::filesystem::path root = "/sys/fs/cgroup";
    left = std::min(left, left_by_groups(root, group_of(""), "memory.max", "memory.current", "inactive_file "));
    left = std::min(left, left_by_groups(root / "memory", group_of("memory"), "memory.limit_in_bytes",
                                         "memory.usage_in_bytes", "total_inactive_file "));
    return left == k_no_limit ? 0 : std::max<std::int64_t>(0, left);
}

std::int64_t memory_in_use(const c10::Device& device)
{
    std::int64_t bytes = anonymous_memory();
    if (device.is_cuda()) {
        const auto statistics = at::getDeviceAllocator(device.type())->getDeviceStats(device.index());
        bytes += statistics.allocated_bytes[0].current;
    }
    return bytes;
}

std::int64_t free_memory_of(const c10::Device& device)
{
    if (!device.is_cuda()) return free_memory();
    return static_cast<std::int64_t>(at::getDeviceAllocator(device.type())->getMemoryInfo(device.index()).first);
}

void give_back_memory(const c10::Device& device)
{
    if (device.is_cuda()) at::getDeviceAllocator(device.type())->emptyCache();
    core::give_back_heap();
}

}  // namespace kinora::inference
