#pragma once

#include <array>
#include <cstdint>

/// The super-blocks of 256 numbers of ggml's K-quants and IQ4_XS. Each function reads one block and writes 256 numbers.
namespace kinora::inference::quantised {

/// The half-precision number at an address of any alignment.
[[nodiscard]] float half_at(const std::uint8_t* in);

/// The sixteen values that four bits stand for in the IQ4 types.
inline constexpr std::array<std::int8_t, 16> k_iq4_values{-127, -104, -83, -65, -49, -35, -22, -10,
                                                          1,    13,   25,  38,  53,  69,  89,  113};

void block_q2_k(const std::uint8_t* in, float* out);
void block_q3_k(const std::uint8_t* in, float* out);
void block_q4_k(const std::uint8_t* in, float* out);
void block_q5_k(const std::uint8_t* in, float* out);
void block_q6_k(const std::uint8_t* in, float* out);
void block_iq4_xs(const std::uint8_t* in, float* out);

}  // namespace kinora::inference::quantised
