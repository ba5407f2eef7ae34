#include "ui/player/enlarge.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

namespace kinora::ui {

namespace {

constexpr int k_weight_bits = 8;  // sums of four products of 16 bits stay within 32
constexpr int k_kept_bits = 5;    // of precision between the two passes

/// Which four samples make one, and how much of each.
struct Tap {
    std::array<int, 4> at{};
    std::array<int, 4> weight{};
};

std::vector<Tap> taps(int from, int to)
{
    std::vector<Tap> result(static_cast<std::size_t>(to));
    for (int index = 0; index < to; ++index) {
        const double place = (index + 0.5) * from / to - 0.5;
        const int left = static_cast<int>(std::floor(place));
        const double t = place - left;
        const std::array<double, 4> exact{((2 - t) * t - 1) * t / 2, ((3 * t - 5) * t * t + 2) / 2,
                                          ((4 - 3 * t) * t + 1) * t / 2, (t - 1) * t * t / 2};
        Tap& tap = result[static_cast<std::size_t>(index)];
        int sum = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            tap.at[k] = std::clamp(left - 1 + static_cast<int>(k), 0, from - 1);
            tap.weight[k] = static_cast<int>(std::lround(exact[k] * (1 << k_weight_bits)));
            sum += tap.weight[k];
        }
        tap.weight[t < 0.5 ? 1 : 2] += (1 << k_weight_bits) - sum;  // a flat colour stays what it is
    }
    return result;
}

/// One line, made wider; four channels as Qt's RGB32 has them in memory (blue first), the last one full.
void widen(const uchar* line, const std::vector<Tap>& columns, std::int16_t* out)
{
    constexpr int shift = k_weight_bits - k_kept_bits;
    for (const Tap& tap : columns) {
        for (int channel = 0; channel < 3; ++channel) {
            int sum = 0;
            for (std::size_t k = 0; k < 4; ++k)
                sum += line[tap.at[k] * 3 + 2 - channel] * tap.weight[k];
            out[channel] = static_cast<std::int16_t>(sum >> shift);
        }
        out[3] = 255 << k_kept_bits;
        out += 4;
    }
}

}  // namespace

void enlarge(const QImage& picture, QImage& into)
{
    if (picture.format() != QImage::Format_RGB888 || into.format() != QImage::Format_RGB32) return;
    const QSize size = into.size();
    const std::vector<Tap> columns = taps(picture.width(), size.width());
    const std::vector<Tap> rows = taps(picture.height(), size.height());
    const std::size_t stride = static_cast<std::size_t>(size.width()) * 4;
    std::vector<std::int16_t> wide(stride * static_cast<std::size_t>(picture.height()));
    for (int y = 0; y < picture.height(); ++y) {
        widen(picture.constScanLine(y), columns, wide.data() + stride * static_cast<std::size_t>(y));
    }
    constexpr int shift = k_weight_bits + k_kept_bits;
    for (int y = 0; y < size.height(); ++y) {
        const Tap& tap = rows[static_cast<std::size_t>(y)];
        const auto source = [&](std::size_t k) { return wide.data() + stride * static_cast<std::size_t>(tap.at[k]); };
        const std::int16_t* a = source(0);
        const std::int16_t* b = source(1);
        const std::int16_t* c = source(2);
        const std::int16_t* d = source(3);
        uchar* out = into.scanLine(y);
        for (std::size_t x = 0; x < stride; ++x) {
            const int sum = a[x] * tap.weight[0] + b[x] * tap.weight[1] + c[x] * tap.weight[2] + d[x] * tap.weight[3];
            out[x] = static_cast<uchar>(std::clamp((sum + (1 << (shift - 1))) >> shift, 0, 255));
        }
    }
}

}  // namespace kinora::ui
