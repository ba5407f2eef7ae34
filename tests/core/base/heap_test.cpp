#include "core/base/heap.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

using namespace kinora;

namespace {

long resident_pages()
{
    long size = 0;
    long resident = 0;
    std::ifstream("/proc/self/statm") >> size >> resident;
    return resident;
}

}  // namespace

#if defined(__GLIBC__)
TEST_CASE("Memory that was freed between things that live on is given back to the system")
{
    // A library that replaces the allocator keeps its own house.
    if (std::getenv("LD_PRELOAD") != nullptr) return;
    std::vector<std::unique_ptr<std::string>> stays;
    std::vector<std::unique_ptr<std::string>> goes;
    for (int i = 0; i < 1600; ++i) {
        goes.push_back(std::make_unique<std::string>(40'000, 'x'));
        stays.push_back(std::make_unique<std::string>(40, 'y'));
    }
    const long full = resident_pages();
    goes.clear();
    const long kept = resident_pages();
    core::give_back_heap();
    const long left = resident_pages();
    INFO(full << " pages, " << kept << " after they were freed, " << left << " after giving back");
    const long gone = 1600L * 40'000 / sysconf(_SC_PAGESIZE);
    CHECK(full - left > gone / 2);
    CHECK(stays.size() == 1600);
}
#endif
