#include <cstdint>

#include "tests/fuzz/fuzz_target.h"

/// libFuzzer brings its own `main` and calls this for every input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    kinora::fuzz::run_one({reinterpret_cast<const char*>(data), size});
    return 0;
}
