#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kinora::core {

/// Element types of GGUF files, with the numbers that stand in the files. Quantised types store rows as blocks.
enum class GgmlType : std::uint32_t {
    f32 = 0,
    f16 = 1,
    q4_0 = 2,
    q4_1 = 3,
    q5_0 = 6,
    q5_1 = 7,
    q8_0 = 8,
    q8_1 = 9,
    q2_k = 10,
    q3_k = 11,
    q4_k = 12,
    q5_k = 13,
    q6_k = 14,
    q8_k = 15,
    iq2_xxs = 16,
    iq2_xs = 17,
    iq3_xxs = 18,
    iq1_s = 19,
    iq4_nl = 20,
    iq3_s = 21,
    iq2_s = 22,
    iq4_xs = 23,
    i8 = 24,
    i16 = 25,
    i32 = 26,
    i64 = 27,
    f64 = 28,
    iq1_m = 29,
    bf16 = 30,
    tq1_0 = 34,
    tq2_0 = 35,
    mxfp4 = 39,
};

/// How a type stores its numbers: `elements` of them in `bytes`.
struct GgmlBlock {
    std::string_view name;  ///< "Q4_K"
    std::uint64_t elements = 1;
    std::uint64_t bytes = 4;
};

/// Nothing for a number that is no type (or one that was removed from the format).
[[nodiscard]] std::optional<GgmlBlock> ggml_block(std::uint32_t type);

/// Precondition: `type` is one of the enumerators.
[[nodiscard]] inline GgmlBlock ggml_block(GgmlType type)
{
    return *ggml_block(static_cast<std::uint32_t>(type));
}

}  // namespace kinora::core
