#include "inference/weights/dequantize.h"

#include <c10/util/BFloat16.h>
#include <c10/util/Float8_e4m3fn.h>
#include <c10/util/Float8_e5m2.h>
#include <c10/util/Half.h>

#include <array>
#include <cstring>

#include "inference/weights/dequantize_k.h"

namespace kinora::inference {
namespace {

using core::GgmlType;
using quantised::half_at;
using quantised::k_iq4_values;

using Byte = std::uint8_t;

template <typename T>
void copy_numbers(const Byte* in, std::int64_t count, float* out)
{
    for (std::int64_t i = 0; i < count; ++i) {
        T value;
        std::memcpy(&value, in + i * static_cast<std::int64_t>(sizeof(T)), sizeof(T));
        out[i] = static_cast<float>(value);
    }
}

constexpr int k_small = 32;
constexpr int k_half = k_small / 2;

/// Low halves of the bytes are the first sixteen numbers, high halves the others.
void block_q4_0(const Byte* in, float* out)
{
    const float scale = half_at(in);
    for (int i = 0; i < k_half; ++i) {
        out[i] = static_cast<float>((in[2 + i] & 0xF) - 8) * scale;
        out[i + k_half] = static_cast<float>((in[2 + i] >> 4) - 8) * scale;
    }
}

void block_q4_1(const Byte* in, float* out)
{
    const float scale = half_at(in);
    const float least = half_at(in + 2);
    for (int i = 0; i < k_half; ++i) {
        out[i] = static_cast<float>(in[4 + i] & 0xF) * scale + least;
        out[i + k_half] = static_cast<float>(in[4 + i] >> 4) * scale + least;
    }
}

/// The fifth bits of all 32 numbers lie together.
std::uint32_t fifth_bits(const Byte* in)
{
    std::uint32_t bits = 0;
    std::memcpy(&bits, in, sizeof(bits));
    return bits;
}

int with_fifth(int low, std::uint32_t bits, int index)
{
    return low | static_cast<int>((bits >> index & 1U) << 4U);
}

void block_q5_0(const Byte* in, float* out)
{
    const float scale = half_at(in);
    const auto bits = fifth_bits(in + 2);
    for (int i = 0; i < k_half; ++i) {
        out[i] = static_cast<float>(with_fifth(in[6 + i] & 0xF, bits, i) - 16) * scale;
        out[i + k_half] = static_cast<float>(with_fifth(in[6 + i] >> 4, bits, i + k_half) - 16) * scale;
    }
}

void block_q5_1(const Byte* in, float* out)
{
    const float scale = half_at(in);
    const float least = half_at(in + 2);
    const auto bits = fifth_bits(in + 4);
    for (int i = 0; i < k_half; ++i) {
        out[i] = static_cast<float>(with_fifth(in[8 + i] & 0xF, bits, i)) * scale + least;
        out[i + k_half] = static_cast<float>(with_fifth(in[8 + i] >> 4, bits, i + k_half)) * scale + least;
    }
}

void block_q8_0(const Byte* in, float* out)
{
    const float scale = half_at(in);
    for (int i = 0; i < k_small; ++i)
        out[i] = static_cast<float>(static_cast<std::int8_t>(in[2 + i])) * scale;
}

void block_iq4_nl(const Byte* in, float* out)
{
    const float scale = half_at(in);
    for (int i = 0; i < k_half; ++i) {
        out[i] = scale * static_cast<float>(k_iq4_values[in[2 + i] & 0xF]);
        out[i + k_half] = scale * static_cast<float>(k_iq4_values[in[2 + i] >> 4]);
    }
}

using Block = void (*)(const Byte*, float*);

/// The function that expands one block; null for types that aren't blocks or aren't known.
Block block_of(GgmlType type)
{
    switch (type) {
        case GgmlType::q4_0:
            return block_q4_0;
        case GgmlType::q4_1:
            return block_q4_1;
        case GgmlType::q5_0:
            return block_q5_0;
        case GgmlType::q5_1:
            return block_q5_1;
        case GgmlType::q8_0:
            return block_q8_0;
        case GgmlType::iq4_nl:
            return block_iq4_nl;
        case GgmlType::q2_k:
            return quantised::block_q2_k;
        case GgmlType::q3_k:
            return quantised::block_q3_k;
        case GgmlType::q4_k:
            return quantised::block_q4_k;
        case GgmlType::q5_k:
            return quantised::block_q5_k;
        case GgmlType::q6_k:
            return quantised::block_q6_k;
        case GgmlType::iq4_xs:
            return quantised::block_iq4_xs;
        default:
            return nullptr;
    }
}

template <typename Float8>
std::array<float, 256> table_of()
{
    std::array<float, 256> table{};
    for (unsigned code = 0; code < 256; ++code)
        table[code] = static_cast<float>(Float8(static_cast<std::uint8_t>(code), Float8::from_bits()));
    return table;
}

}  // namespace

bool can_dequantize(GgmlType type)
{
    return type == GgmlType::f32 || type == GgmlType::f16 || type == GgmlType::bf16 || block_of(type) != nullptr;
}

void dequantize(GgmlType type, const std::byte* blocks, std::int64_t count, float* out)
{
    const auto* in = reinterpret_cast<const Byte*>(blocks);
    if (type == GgmlType::f32) return copy_numbers<float>(in, count, out);
    if (type == GgmlType::f16) return copy_numbers<c10::Half>(in, count, out);
    if (type == GgmlType::bf16) return copy_numbers<c10::BFloat16>(in, count, out);
    const auto form = core::ggml_block(type);
    const Block expand = block_of(type);
    const auto elements = static_cast<std::int64_t>(form.elements);
    for (std::int64_t done = 0; done < count; done += elements) {
        expand(in, out + done);
        in += form.bytes;
    }
}

const float* float8_e4m3fn_values()
{
    static const auto table = table_of<c10::Float8_e4m3fn>();
    return table.data();
}

const float* float8_e5m2_values()
{
    static const auto table = table_of<c10::Float8_e5m2>();
    return table.data();
}

}  // namespace kinora::inference
