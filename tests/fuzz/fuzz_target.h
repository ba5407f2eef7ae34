#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace kinora::fuzz {

/// What every target defines: reads `bytes` as its kind of file. Whatever the bytes are, it returns; what is broken shows as
/// a crash, a sanitizer's report, an allocation beyond `k_most_memory` or a failed `expect`. Keeps no state between calls.
void run_one(std::string_view bytes);

/// No input of the targets' size is worth more: a reader that asks for it took a number in the file for true.
inline constexpr std::size_t k_most_memory = 256U << 20U;

/// A promise that holds for every input; ends the program if it doesn't.
inline void expect(bool holds, const char* what)
{
    if (holds) return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

}  // namespace kinora::fuzz
