#pragma once

#include <cstddef>
#include <cstdint>

#include "core/models/ggml_type.h"

namespace kinora::inference {

/// Whether `dequantize` knows the type: F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K … Q6_K, IQ4_NL and IQ4_XS.
[[nodiscard]] bool can_dequantize(core::GgmlType type);

/// Expands `count` numbers (whole blocks) to float32, as ggml defines them
/// (https://github.com/ggml-org/ggml/blob/master/src/ggml-quants.c). `blocks` needn't be aligned.
void dequantize(core::GgmlType type, const std::byte* blocks, std::int64_t count, float* out);

/// The value of every code of the two 8-bit float types; NaN where the code is none. Tables of 256.
[[nodiscard]] const float* float8_e4m3fn_values();
[[nodiscard]] const float* float8_e5m2_values();

}  // namespace kinora::inference
