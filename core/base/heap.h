#pragma once

namespace kinora::core {

/// Gives memory back to the system that was freed but is still kept by the C library, which only gives back what lies at
/// the end of its heap: pages between two small things that live long would stay for ever. Takes some milliseconds, and
/// holds up whoever allocates meanwhile. Without effect where the library has no such call.
void give_back_heap();

/// Makes every thread of this program ask a heap of its own for memory, so that none waits for another one there. To be
/// called before there are many threads. Without effect where the C library isn't GNU's.
void keep_heaps_apart();

}  // namespace kinora::core
