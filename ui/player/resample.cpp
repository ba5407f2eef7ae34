#include "ui/player/resample.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

namespace kinora::ui {

namespace {

constexpr int k_weight_bits = 8;  // sums of products of 16 bits stay within 32
constexpr int k_kept_bits = 5;    // of precision between the two passes
constexpr int k_first_shift = k_weight_bits - k_kept_bits;
constexpr int k_last_shift = k_weight_bits + k_kept_bits;

/// One axis: which samples make each target sample, and how much of each (the weights of one sum to 256).
struct Axis {
    int taps = 1;              // of every target sample
    std::vector<int> at;       // `taps` a target sample, within the picture
    std::vector<int> weights;  // as many
    int first = 0;             // samples used: [first, end)
    int end = 0;

    [[nodiscard]] const int* at_of(int target) const { return at.data() + static_cast<std::size_t>(target) * taps; }
    [[nodiscard]] const int* weights_of(int target) const
    {
        return weights.data() + static_cast<std::size_t>(target) * taps;
    }
};

/// Weights of target sample `index`, for the samples from `left` on.
std::vector<double> exact_weights(int index, double start, double step, Filter filter, int& left)
{
    if (filter == Filter::points) {
        left = static_cast<int>(std::floor(start + (index + 0.5) * step));
        return {1.0};
    }
    if (step > 1) {  // the area that the target sample covers
        const double from = start + index * step;
        const double to = from + step;
        left = static_cast<int>(std::floor(from));
        std::vector<double> weights;
        for (int sample = left; sample < to; ++sample)
            weights.push_back((std::min(sample + 1.0, to) - std::max<double>(sample, from)) / step);
        return weights;
    }
    const double place = start + (index + 0.5) * step - 0.5;
    left = static_cast<int>(std::floor(place));
    const double t = place - left;
    if (filter == Filter::quick) return {1 - t, t};
    left -= 1;
    return {((2 - t) * t - 1) * t / 2, ((3 * t - 5) * t * t + 2) / 2, ((4 - 3 * t) * t + 1) * t / 2, (t - 1) * t * t / 2};
}

Axis axis(int samples, double start, double length, int targets, Filter filter)
{
    Axis result;
    const double step = length / targets;
    result.taps = filter == Filter::points ? 1
                  : step > 1               ? static_cast<int>(std::ceil(step)) + 1
                  : filter == Filter::fine ? 4
                                           : 2;
    result.at.reserve(static_cast<std::size_t>(targets) * result.taps);
    result.weights.reserve(result.at.capacity());
    result.first = samples;
    for (int index = 0; index < targets; ++index) {
        int left = 0;
        const std::vector<double> exact = exact_weights(index, start, step, filter, left);
        int sum = 0;
        std::size_t largest = result.weights.size();
        for (int tap = 0; tap < result.taps; ++tap) {
            const double weight = tap < static_cast<int>(exact.size()) ? exact[static_cast<std::size_t>(tap)] : 0;
            const int at = std::clamp(left + tap, 0, samples - 1);
            result.at.push_back(at);
            result.weights.push_back(static_cast<int>(std::lround(weight * (1 << k_weight_bits))));
            sum += result.weights.back();
            if (result.weights.back() > result.weights[largest]) largest = result.weights.size() - 1;
            result.first = std::min(result.first, at);
            result.end = std::max(result.end, at + 1);
        }
        result.weights[largest] += (1 << k_weight_bits) - sum;  // a flat colour stays what it is
    }
    return result;
}

uchar rounded(int sum)
{
    return static_cast<uchar>(std::clamp((sum + (1 << (k_last_shift - 1))) >> k_last_shift, 0, 255));
}

// What the compiler adds and multiplies in one instruction each (an extension that g++ and clang share).
using Four = float __attribute__((vector_size(16)));
using FourWhole = std::int32_t __attribute__((vector_size(16)));

/// Fewer rows first: whole lines are added in 16 bits, which hold 255 times all the weight there is. Across, a pixel's three
/// channels are one number of four (the fourth belongs to the neighbour); whole numbers below 2^24 are exact in it.
void reduce_rows_first(const QImage& picture, const Axis& columns, const Axis& rows, QImage& into)
{
    const auto begin = static_cast<std::size_t>(columns.first) * 3;
    const auto end = static_cast<std::size_t>(columns.end) * 3;
    std::vector<std::uint16_t> sums(end);
    std::vector<float> samples(end + 1);
    const std::vector<float> shares(columns.weights.begin(), columns.weights.end());
    for (int y = 0; y < into.height(); ++y) {
        std::fill(sums.begin(), sums.end(), std::uint16_t{0});
        for (int tap = 0; tap < rows.taps; ++tap) {
            const auto weight = static_cast<std::uint16_t>(rows.weights_of(y)[tap]);
            if (weight == 0) continue;
            const uchar* line = picture.constScanLine(rows.at_of(y)[tap]);
            for (std::size_t value = begin; value < end; ++value)
                sums[value] = static_cast<std::uint16_t>(sums[value] + line[value] * weight);
        }
        for (std::size_t value = begin; value < end; ++value)
            samples[value] = static_cast<float>(sums[value] >> k_first_shift);
        auto* out = reinterpret_cast<QRgb*>(into.scanLine(y));
        for (int x = 0; x < into.width(); ++x) {
            const int* at = columns.at_of(x);
            const float* share = shares.data() + static_cast<std::size_t>(x) * columns.taps;
            Four sum{};
            for (int tap = 0; tap < columns.taps; ++tap) {
                Four sample;
                std::memcpy(&sample, samples.data() + static_cast<std::size_t>(at[tap]) * 3, sizeof(sample));
                sum += sample * share[tap];
            }
            const auto whole = __builtin_convertvector(sum, FourWhole);
            out[x] = qRgb(rounded(whole[0]), rounded(whole[1]), rounded(whole[2]));
        }
    }
}

/// One line, made wider; four channels as Qt's RGB32 has them in memory (blue first), the last one full.
void widen(const uchar* line, const Axis& columns, int width, std::int16_t* out)
{
    for (int x = 0; x < width; ++x, out += 4) {
        const int* at = columns.at_of(x);
        const int* weights = columns.weights_of(x);
        for (int channel = 0; channel < 3; ++channel) {
            int sum = 0;
            for (int tap = 0; tap < columns.taps; ++tap)
                sum += line[at[tap] * 3 + 2 - channel] * weights[tap];
            out[channel] = static_cast<std::int16_t>(sum >> k_first_shift);
        }
        out[3] = 255 << k_kept_bits;
    }
}

/// Wider lines first, then more of them: the narrow axis is the one that gathers.
void widen_columns_first(const QImage& picture, const Axis& columns, const Axis& rows, QImage& into)
{
    const std::size_t stride = static_cast<std::size_t>(into.width()) * 4;
    std::vector<std::int16_t> wide(stride * static_cast<std::size_t>(rows.end - rows.first));
    const auto wide_row = [&](int row) { return wide.data() + stride * static_cast<std::size_t>(row - rows.first); };
    for (int y = rows.first; y < rows.end; ++y)
        widen(picture.constScanLine(y), columns, into.width(), wide_row(y));
    std::vector<std::int32_t> sums(stride);
    for (int y = 0; y < into.height(); ++y) {
        std::fill(sums.begin(), sums.end(), 0);
        for (int tap = 0; tap < rows.taps; ++tap) {
            const int weight = rows.weights_of(y)[tap];
            const std::int16_t* line = wide_row(rows.at_of(y)[tap]);
            for (std::size_t value = 0; value < stride; ++value)
                sums[value] += line[value] * weight;
        }
        uchar* out = into.scanLine(y);
        for (std::size_t value = 0; value < stride; ++value)
            out[value] = rounded(sums[value]);
    }
}

void copy_points(const QImage& picture, const Axis& columns, const Axis& rows, QImage& into)
{
    for (int y = 0; y < into.height(); ++y) {
        const uchar* line = picture.constScanLine(*rows.at_of(y));
        auto* out = reinterpret_cast<QRgb*>(into.scanLine(y));
        for (int x = 0; x < into.width(); ++x) {
            const uchar* sample = line + *columns.at_of(x) * 3;
            out[x] = qRgb(sample[0], sample[1], sample[2]);
        }
    }
}

}  // namespace

void resample(const QImage& picture, const QRectF& from, QImage& into, Filter filter)
{
    if (picture.format() != QImage::Format_RGB888 || into.format() != QImage::Format_RGB32 || from.isEmpty()) return;
    const bool same =
        from.size() == QSizeF(into.size()) && from.x() == std::floor(from.x()) && from.y() == std::floor(from.y());
    const Filter used = same ? Filter::points : filter;
    const Axis columns = axis(picture.width(), from.x(), from.width(), into.width(), used);
    const Axis rows = axis(picture.height(), from.y(), from.height(), into.height(), used);
    if (used == Filter::points) return copy_points(picture, columns, rows, into);
    from.height() > into.height() ? reduce_rows_first(picture, columns, rows, into)
                                  : widen_columns_first(picture, columns, rows, into);
}

}  // namespace kinora::ui
