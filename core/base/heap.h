#pragma once

#include <cstddef>

namespace kinora::core {

/// Gives memory back to the system that was freed but is still kept by the allocator (jemalloc where the program is linked
/// with it, else the C library's, which only gives back what lies at the end of its heap: pages between two small things
/// that live long would stay for ever). Takes some milliseconds, and holds up whoever allocates meanwhile.
void give_back_heap();

/// Makes the calling thread, the one that draws, have a heap of its own, so that it never waits for another thread there. To
/// be called before there are many threads.
void keep_heaps_apart();

/// Bytes that the program has asked for and not freed; 0 where the allocator doesn't tell.
[[nodiscard]] std::size_t heap_in_use();

}  // namespace kinora::core
