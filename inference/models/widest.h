#pragma once

#include <ATen/TensorIterator.h>
#include <ATen/ops/arange.h>

#include <cstdint>

#include "inference/models/lanes.h"

/// How kernels of our own are run: compiled for the widest registers that the processor has, and on libtorch's threads.
namespace kinora::inference {

#if defined(KINORA_HAS_TARGETS)
template <typename Work>
KINORA_AVX512 void run_avx512(const Work& work)
{
    work.run();
}

template <typename Work>
KINORA_AVX2 void run_avx2(const Work& work)
{
    work.run();
}

/// Calls `work.run()`, which is to be inlined, compiled for the widest instruction set there is.
template <typename Work>
void run_widest(const Work& work)
{
    switch (instructions()) {
        case Instructions::avx512:
            return run_avx512(work);
        case Instructions::avx2:
            return run_avx2(work);
        case Instructions::plain:
            return work.run();
    }
}
#else
template <typename Work>
void run_widest(const Work& work)
{
    work.run();
}
#endif

/// Calls `work(begin, end)` for parts of 0 … count on libtorch's threads. `at::parallel_for` would be serial here, since its
/// loop is compiled in the caller, without OpenMP; a tensor iterator's loop is compiled in libtorch.
template <typename Work>
void in_parallel(std::int64_t count, std::int64_t grain, const Work& work)
{
    auto numbers = at::arange(count, at::TensorOptions().dtype(at::kLong));
    auto iterator = at::TensorIteratorConfig().add_output(numbers).resize_outputs(false).check_all_same_dtype(false).build();
    iterator.for_each(
        [&](char** data, const std::int64_t*, std::int64_t size, std::int64_t outer) {
            const auto begin = *reinterpret_cast<const std::int64_t*>(data[0]);
            work(begin, begin + size * outer);
        },
        grain);
}

}  // namespace kinora::inference
