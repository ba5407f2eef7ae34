#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#if defined(__GLIBC__)
#include <malloc.h>

namespace {

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

}  // namespace

TEST_CASE("Every thread of the studio has a heap of its own, so that the window waits for none of them")
{
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
