#include "core/base/heap.h"

#include <unistd.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <latch>
#include <memory>
#include <string>
#include <thread>
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

#if defined(__GLIBC__)
/// Heaps that the C library has made.
int heaps()
{
    char* text = nullptr;
    std::size_t size = 0;
    std::FILE* out = open_memstream(&text, &size);
    REQUIRE(out != nullptr);
    REQUIRE(malloc_info(0, out) == 0);
    std::fclose(out);
    const std::string said(text, size);
    std::free(text);
    int count = 0;
    for (std::size_t at = said.find("<heap nr="); at != std::string::npos; at = said.find("<heap nr=", at + 1))
        ++count;
    return count;
}
#endif

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

TEST_CASE("What threads freed doesn't stay with the program when they are over")
{
    if (std::getenv("LD_PRELOAD") != nullptr) return;
    core::keep_heaps_apart();
    // By such a block the library would else learn to keep this much at the end of every heap, twice.
    std::vector<char>(30'000'000, 'x').swap(*std::make_unique<std::vector<char>>());
    const long before = resident_pages();
    constexpr int k_threads = 40;
    constexpr int k_blocks = 60;
    constexpr std::size_t k_bytes = 200'000;
    std::latch full(k_threads);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < k_threads; ++thread)
        threads.emplace_back([&] {
            std::vector<std::string> blocks;
            for (int block = 0; block < k_blocks; ++block)
                blocks.emplace_back(k_bytes, 'x');
            full.arrive_and_wait();  // so that no heap serves two of them
        });
    for (std::thread& thread : threads)
        thread.join();
    const long used = static_cast<long>(k_threads * k_blocks * k_bytes / static_cast<std::size_t>(sysconf(_SC_PAGESIZE)));
    CHECK(resident_pages() - before < used / 4);
}

TEST_CASE("Every thread has a heap of the C library of its own, so that none waits for another one")
{
    if (std::getenv("LD_PRELOAD") != nullptr) return;
    core::keep_heaps_apart();
    // More than eight a core, which is what the C library gives by itself.
    const int threads = 8 * static_cast<int>(std::thread::hardware_concurrency()) + 8;
    if (threads > 200) return;  // more cores than heaps are asked for: no two threads of ours meet there anyway
    std::latch allocated(threads);
    std::latch counted(1);
    std::vector<std::thread> all;
    for (int thread = 0; thread < threads; ++thread)
        all.emplace_back([&] {
            auto* const memory = static_cast<volatile char*>(std::malloc(5000));
            memory[0] = 'm';
            allocated.count_down();
            counted.wait();
            std::free(const_cast<char*>(memory));
        });
    allocated.wait();
    const int made = heaps();
    counted.count_down();
    for (std::thread& thread : all)
        thread.join();
    CHECK(made > threads);  // the first thread's as well
}
#endif
