#include "core/base/heap.h"

#include <cstdint>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

// jemalloc's control, where the program is linked with it, as Kinora's own are.
extern "C" int mallctl(const char* name, void* old_value, std::size_t* old_length, void* new_value, std::size_t new_length)
    __attribute__((weak));

namespace kinora::core {

void give_back_heap()
{
    if (mallctl != nullptr) {
        mallctl("arena.4096.purge", nullptr, nullptr, nullptr, 0);  // 4096 stands for all arenas
        return;
    }
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}

void keep_heaps_apart()
{
    if (mallctl != nullptr) {
        // Larger blocks come from heaps that threads share, behind locks: whoever asks waits for a thread that holds one
        // while it has no processor. Others are never given one that was made like this.
        unsigned own = 0;
        std::size_t length = sizeof(own);
        if (mallctl("arenas.create", &own, &length, nullptr, 0) == 0)
            mallctl("thread.arena", nullptr, nullptr, &own, sizeof(own));
        return;
    }
#if defined(__GLIBC__)
    // The C library gives out eight heaps a core and then lets threads share them, the first thread's too. On two cores,
    // beside an encoder's threads, the window waited a tenth of a second. Heaps come into being as threads do and are used
    // again by later ones.
    constexpr int k_more_than_threads = 256;
    mallopt(M_ARENA_MAX, k_more_than_threads);
    // What is free at the end of a heap goes back when it is more than this. By itself the library raises that to twice the
    // largest block that was ever freed, 64 MB: after an encoder with a hundred threads gigabytes stayed. Blocks for
    // pictures come from the heaps, as they would after the first of them.
    constexpr int k_free_end = 2 << 20;
    constexpr int k_largest_in_heap = 32 << 20;
    mallopt(M_TRIM_THRESHOLD, k_free_end);
    mallopt(M_MMAP_THRESHOLD, k_largest_in_heap);
#endif
}

std::size_t heap_in_use()
{
    if (mallctl != nullptr) {
        std::uint64_t epoch = 1;  // figures are as old as the last time that this was set
        std::size_t length = sizeof(epoch);
        mallctl("epoch", &epoch, &length, &epoch, sizeof(epoch));
        std::size_t used = 0;
        length = sizeof(used);
        return mallctl("stats.allocated", &used, &length, nullptr, 0) == 0 ? used : 0;
    }
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
    const struct mallinfo2 figures = mallinfo2();
    return figures.uordblks + figures.hblkhd;
#else
    return 0;
#endif
}

}  // namespace kinora::core
