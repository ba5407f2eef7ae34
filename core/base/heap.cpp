#include "core/base/heap.h"

#include <cstdlib>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace kinora::core {

void give_back_heap()
{
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}

void keep_heaps_apart()
{
#if defined(__GLIBC__)
    // The C library gives out eight heaps a core and then lets threads share them, the first thread's too: whoever asks for
    // memory waits for a thread that holds a heap while it has no processor. On two cores, beside an encoder's threads, the
    // window waited a tenth of a second. Heaps come into being as threads do and are used again by later ones.
    constexpr int k_more_than_threads = 256;
    mallopt(M_ARENA_MAX, k_more_than_threads);
#endif
}

}  // namespace kinora::core
