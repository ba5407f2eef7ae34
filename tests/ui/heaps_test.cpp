#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <cstdlib>
#include <latch>
#include <thread>
#include <vector>

extern "C" int mallctl(const char* name, void* old_value, std::size_t* old_length, void* new_value, std::size_t new_length)
    __attribute__((weak));

namespace {

/// The heap of jemalloc that the calling thread asks.
unsigned own_heap()
{
    unsigned heap = 0;
    std::size_t length = sizeof(heap);
    REQUIRE(mallctl("thread.arena", &heap, &length, nullptr, 0) == 0);
    return heap;
}

}  // namespace

TEST_CASE("The window's thread has a heap of its own, so that it waits for no other thread there")
{
    if (mallctl == nullptr) return;  // built for a sanitizer
    const unsigned of_window = own_heap();
    constexpr std::size_t k_threads = 40;  // more than there are heaps to share
    std::vector<unsigned> of_others(k_threads, of_window);
    std::latch all_here(k_threads);
    std::vector<std::thread> threads;
    for (std::size_t thread = 0; thread < k_threads; ++thread)
        threads.emplace_back([&, thread] {
            std::free(std::malloc(5000));
            unsigned heap = of_window;
            std::size_t length = sizeof(heap);
            if (mallctl("thread.arena", &heap, &length, nullptr, 0) == 0) of_others[thread] = heap;
            all_here.arrive_and_wait();
        });
    for (std::thread& thread : threads)
        thread.join();
    CHECK(std::find(of_others.begin(), of_others.end(), of_window) == of_others.end());
}
