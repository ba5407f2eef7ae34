#include "inference/weights/dequantize_k.h"

#include <c10/util/Half.h>

#include <cstring>
#include <utility>

namespace kinora::inference::quantised {
namespace {

using Byte = std::uint8_t;

/// Scale and minimum of the eight groups of Q4_K and Q5_K, six bits each, packed into twelve bytes.
std::pair<int, int> scale_and_minimum(const Byte* packed, int group)
{
    if (group < 4) return {packed[group] & 63, packed[group + 4] & 63};
    return {(packed[group + 4] & 0xF) | (packed[group - 4] >> 6 << 4), (packed[group + 4] >> 4) | (packed[group] >> 6 << 4)};
}

/// The sixteen six-bit scales of Q3_K, packed into twelve bytes, around zero.
std::array<int, 16> scales_q3(const Byte* packed)
{
    std::array<int, 16> scales{};
    for (int i = 0; i < 16; ++i) {
        const int low = i < 8 ? packed[i] & 0xF : packed[i - 8] >> 4;
        const int high = packed[8 + i % 4] >> 2 * (i / 4) & 3;
        scales[static_cast<std::size_t>(i)] = (low | high << 4) - 32;
    }
    return scales;
}

}  // namespace

float half_at(const Byte* in)
{
    c10::Half value;
    std::memcpy(&value, in, sizeof(value));
    return static_cast<float>(value);
}

void block_q2_k(const Byte* in, float* out)
{
    const Byte* scales = in;
    const Byte* bits = in + 16;
    const float scale = half_at(in + 80);
    const float minimum = half_at(in + 82);
    for (int half = 0; half < 2; ++half, bits += 32) {
        for (int shift = 0; shift < 8; shift += 2) {
            for (int i = 0; i < 32; ++i) {
                const int packed = scales[half * 8 + shift + i / 16];
                *out++ = scale * static_cast<float>(packed & 0xF) * static_cast<float>(bits[i] >> shift & 3) -
                         minimum * static_cast<float>(packed >> 4);
            }
        }
    }
}

void block_q3_k(const Byte* in, float* out)
{
    const Byte* high = in;
    const Byte* bits = in + 32;
    const auto scales = scales_q3(in + 96);
    const float scale = half_at(in + 108);
    int group = 0;
    for (int half = 0; half < 2; ++half, bits += 32) {
        for (int part = 0; part < 4; ++part) {
            for (int i = 0; i < 32; ++i) {
                const int mask = 1 << (half * 4 + part);
                const int value = (bits[i] >> 2 * part & 3) - ((high[i] & mask) != 0 ? 0 : 4);
                *out++ =
                    scale * static_cast<float>(scales[static_cast<std::size_t>(group + i / 16)]) * static_cast<float>(value);
            }
            group += 2;
        }
    }
}

void block_q4_k(const Byte* in, float* out)
{
    const float scale = half_at(in);
    const float minimum = half_at(in + 2);
    const Byte* bits = in + 16;
    for (int group = 0; group < 8; ++group) {
        const auto [factor, least] = scale_and_minimum(in + 4, group);
        const float step = scale * static_cast<float>(factor);
        const float shift = minimum * static_cast<float>(least);
        const Byte* row = bits + group / 2 * 32;
        for (int i = 0; i < 32; ++i)
            *out++ = step * static_cast<float>(group % 2 == 0 ? row[i] & 0xF : row[i] >> 4) - shift;
    }
}

void block_q5_k(const Byte* in, float* out)
{
    const float scale = half_at(in);
    const float minimum = half_at(in + 2);
    const Byte* high = in + 16;
    const Byte* bits = in + 48;
    for (int group = 0; group < 8; ++group) {
        const auto [factor, least] = scale_and_minimum(in + 4, group);
        const float step = scale * static_cast<float>(factor);
        const float shift = minimum * static_cast<float>(least);
        const Byte* row = bits + group / 2 * 32;
        for (int i = 0; i < 32; ++i) {
            const int low = group % 2 == 0 ? row[i] & 0xF : row[i] >> 4;
            *out++ = step * static_cast<float>(low | (high[i] >> group & 1) << 4) - shift;
        }
    }
}

void block_q6_k(const Byte* in, float* out)
{
    const Byte* low = in;
    const Byte* high = in + 128;
    const auto* scales = reinterpret_cast<const std::int8_t*>(in + 192);
    const float scale = half_at(in + 208);
    for (int half = 0; half < 2; ++half, low += 64, high += 32, scales += 8, out += 128) {
        for (int i = 0; i < 32; ++i) {
            for (int part = 0; part < 4; ++part) {
                const Byte nibbles = low[i + part % 2 * 32];
                const int four = part < 2 ? nibbles & 0xF : nibbles >> 4;
                const int value = (four | (high[i] >> 2 * part & 3) << 4) - 32;
                out[i + part * 32] = scale * static_cast<float>(scales[i / 16 + 2 * part]) * static_cast<float>(value);
            }
        }
    }
}

void block_iq4_xs(const Byte* in, float* out)
{
    const float scale = half_at(in);
    const int high = in[2] | in[3] << 8;
    const Byte* bits = in + 8;
    for (int group = 0; group < 8; ++group, bits += 16, out += 32) {
        const int low = in[4 + group / 2] >> 4 * (group % 2) & 0xF;
        const float step = scale * static_cast<float>((low | (high >> 2 * group & 3) << 4) - 32);
        for (int i = 0; i < 16; ++i) {
            out[i] = step * static_cast<float>(k_iq4_values[bits[i] & 0xF]);
            out[i + 16] = step * static_cast<float>(k_iq4_values[bits[i] >> 4]);
        }
    }
}

}  // namespace kinora::inference::quantised
