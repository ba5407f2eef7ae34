#include "inference/models/picture_resampling.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace kinora::inference {
namespace {

constexpr int k_channels = 3;
/// Pillow's fixed point: weights are whole multiples of 2⁻²².
constexpr int k_precision = 32 - 8 - 2;

double sinc(double x)
{
    if (x == 0.0) return 1.0;
    const double angle = x * 3.14159265358979323846;
    return std::sin(angle) / angle;
}

double lanczos(double x)
{
    return -3.0 <= x && x < 3.0 ? sinc(x) * sinc(x / 3.0) : 0.0;
}

double bicubic(double x)
{
    constexpr double a = -0.5;
    const double d = std::abs(x);
    if (d < 1.0) return ((a + 2.0) * d - (a + 3.0)) * d * d + 1;
    if (d < 2.0) return (((d - 5) * d + 8) * d - 4) * a;
    return 0.0;
}

/// The input pixels that make one output pixel, and their weights.
struct Taps {
    int first = 0;
    std::vector<std::int32_t> weights;
};

std::vector<Taps> make_taps(int in_size, double in_begin, double in_end, int out_size, ResamplingFilter filter)
{
    const bool wide = filter == ResamplingFilter::lanczos;
    const double scale = (in_end - in_begin) / out_size;
    const double filter_scale = std::max(scale, 1.0);
    const double support = (wide ? 3.0 : 2.0) * filter_scale;
    std::vector<Taps> taps(static_cast<std::size_t>(out_size));
    std::vector<double> weights;
    for (int out = 0; out < out_size; ++out) {
        const double center = in_begin + (out + 0.5) * scale;
        const int first = std::max(0, static_cast<int>(center - support + 0.5));
        const int end = std::min(in_size, static_cast<int>(center + support + 0.5));
        weights.clear();
        double sum = 0;
        for (int in = first; in < end; ++in) {
            const double place = (in - center + 0.5) * (1.0 / filter_scale);
            weights.push_back(wide ? lanczos(place) : bicubic(place));
            sum += weights.back();
        }
        Taps& one = taps[static_cast<std::size_t>(out)];
        one.first = first;
        for (double weight : weights) {
            if (sum != 0.0) weight /= sum;
            const double fixed = weight * (1 << k_precision);
            one.weights.push_back(static_cast<std::int32_t>(fixed < 0 ? fixed - 0.5 : fixed + 0.5));
        }
    }
    return taps;
}

unsigned char to_byte(std::int64_t fixed)
{
    return static_cast<unsigned char>(std::clamp<std::int64_t>(fixed >> k_precision, 0, 255));
}

/// One output pixel from input pixels that lie `step` bytes apart.
void mix(const unsigned char* in, std::size_t step, const Taps& taps, unsigned char* out)
{
    std::int64_t sums[k_channels];
    std::fill(std::begin(sums), std::end(sums), std::int64_t{1} << (k_precision - 1));
    const unsigned char* pixel = in + static_cast<std::size_t>(taps.first) * step;
    for (const std::int32_t weight : taps.weights) {
        for (int channel = 0; channel < k_channels; ++channel)
            sums[channel] += static_cast<std::int64_t>(pixel[channel]) * weight;
        pixel += step;
    }
    for (int channel = 0; channel < k_channels; ++channel)
        out[channel] = to_byte(sums[channel]);
}

core::Picture8 empty_picture(int width, int height)
{
    core::Picture8 picture{.height = height, .width = width, .rgb = {}};
    picture.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * k_channels);
    return picture;
}

core::Picture8 resample_rows(const core::Picture8& picture, const std::vector<Taps>& taps)
{
    auto out = empty_picture(static_cast<int>(taps.size()), picture.height);
    const auto in_row = static_cast<std::size_t>(picture.width) * k_channels;
    auto* to = out.rgb.data();
    for (int y = 0; y < picture.height; ++y) {
        const auto* row = picture.rgb.data() + static_cast<std::size_t>(y) * in_row;
        for (const Taps& one : taps) {
            mix(row, k_channels, one, to);
            to += k_channels;
        }
    }
    return out;
}

core::Picture8 resample_columns(const core::Picture8& picture, const std::vector<Taps>& taps)
{
    auto out = empty_picture(picture.width, static_cast<int>(taps.size()));
    const auto row = static_cast<std::size_t>(picture.width) * k_channels;
    auto* to = out.rgb.data();
    for (const Taps& one : taps) {
        for (int x = 0; x < picture.width; ++x) {
            mix(picture.rgb.data() + static_cast<std::size_t>(x) * k_channels, row, one, to);
            to += k_channels;
        }
    }
    return out;
}

/// Pillow (since 13) begins with the height where that loses more than twice as many pixels as the width. The bytes between
/// the passes are rounded, so the order shows.
bool height_goes_first(const core::Picture8& picture, int width, int height)
{
    const int lost = picture.height - height;
    return lost > 0 && lost > 2 * (picture.width - width);
}

}  // namespace

core::Picture8 resample(const core::Picture8& picture, const PictureBox& box, int width, int height, ResamplingFilter filter)
{
    core::Picture8 result = picture;
    const auto across = [&] {
        if (width != picture.width || box.left != 0.0 || box.right != picture.width)
            result = resample_rows(result, make_taps(picture.width, box.left, box.right, width, filter));
    };
    const auto down = [&] {
        if (height != picture.height || box.top != 0.0 || box.bottom != picture.height)
            result = resample_columns(result, make_taps(picture.height, box.top, box.bottom, height, filter));
    };
    if (height_goes_first(picture, width, height)) {
        down();
        across();
    } else {
        across();
        down();
    }
    return result;
}

core::Picture8 resample(const core::Picture8& picture, int width, int height, ResamplingFilter filter)
{
    const PictureBox whole{0, 0, static_cast<double>(picture.width), static_cast<double>(picture.height)};
    return resample(picture, whole, width, height, filter);
}

PictureBox middle_box(const core::Picture8& picture, int width, int height)
{
    const double scale = std::min(static_cast<double>(picture.width) / width, static_cast<double>(picture.height) / height);
    const double box_width = std::min<double>(picture.width, width * scale);
    const double box_height = std::min<double>(picture.height, height * scale);
    const double left = (picture.width - box_width) / 2;
    const double top = (picture.height - box_height) / 2;
    return {left, top, left + box_width, top + box_height};
}

}  // namespace kinora::inference
