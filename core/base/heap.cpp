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

}  // namespace kinora::core
