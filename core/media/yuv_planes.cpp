#include "core/media/yuv_planes.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace kinora::media {
namespace {

/// Bayer's 8×8 order as thresholds strictly between 0 and 1: an exact value stays what it is.
constexpr std::array<std::array<float, 8>, 8> k_thresholds = [] {
    std::array<std::array<float, 8>, 8> table{};
    for (unsigned y = 0; y < 8; ++y) {
        for (unsigned x = 0; x < 8; ++x) {
            unsigned rank = 0;
            for (unsigned bit = 0; bit < 3; ++bit) {
                const unsigned bx = (x >> bit) & 1U;
                const unsigned by = (y >> bit) & 1U;
                rank = (rank << 2U) | ((bx ^ by) << 1U) | by;
            }
            table[y][x] = (static_cast<float>(rank) + 0.5F) / 64.0F;
        }
    }
    return table;
}();

/// NaN becomes 0: the comparison is false for it.
float clamped(float value)
{
    return value > 0.0F ? std::min(value, 1.0F) : 0.0F;
}

/// One row of luma and of colour differences at full width; luma 0…1, differences −0.5…0.5.
struct Row {
    std::vector<float> luma, blue, red;
    explicit Row(int width) : luma(width), blue(width), red(width) {}
};

void split(std::span<const float> rgb, int width, LumaWeights weights, Row& row)
{
    const int padded = static_cast<int>(row.luma.size());
    const float green = 1.0F - weights.red - weights.blue;
    const float blue_scale = 0.5F / (1.0F - weights.blue);
    const float red_scale = 0.5F / (1.0F - weights.red);
    for (int x = 0; x < width; ++x) {
        const float r = clamped(rgb[3 * x]);
        const float g = clamped(rgb[3 * x + 1]);
        const float b = clamped(rgb[3 * x + 2]);
        const float y = weights.red * r + green * g + weights.blue * b;
        row.luma[x] = y;
        row.blue[x] = (b - y) * blue_scale;
        row.red[x] = (r - y) * red_scale;
    }
    for (int x = width; x < padded; ++x) {
        row.luma[x] = row.luma[width - 1];
        row.blue[x] = row.blue[width - 1];
        row.red[x] = row.red[width - 1];
    }
}

/// Halves a row: each result sits on an even column and takes a quarter of both neighbours.
void halve(const std::vector<float>& full, std::vector<float>& half)
{
    const int last = static_cast<int>(full.size()) - 1;
    for (int x = 0; x < static_cast<int>(half.size()); ++x) {
        const int middle = 2 * x;
        half[x] = 0.25F * full[std::max(middle - 1, 0)] + 0.5F * full[middle] + 0.25F * full[std::min(middle + 1, last)];
    }
}

template <typename Sample>
class Quantiser {
public:
    explicit Quantiser(int bits)
        : unit_(static_cast<float>(1 << (bits - 8))), largest_(static_cast<float>((1 << bits) - 1)), dither_(bits == 8)
    {
    }
    void luma(const std::vector<float>& row, int y, Sample* out) const { store(row, y, 219.0F, 16.0F, out); }
    void chroma(const std::vector<float>& row, int y, Sample* out) const { store(row, y, 224.0F, 128.0F, out); }

private:
    /// Codes are at least 16: cutting the fraction off is rounding down, and unlike `std::floor` takes no call a sample.
    void store(const std::vector<float>& row, int y, float scale, float offset, Sample* out) const
    {
        const auto& thresholds = k_thresholds[static_cast<std::size_t>(y & 7)];
        const float factor = scale * unit_;
        const float start = offset * unit_;
        const int largest = static_cast<int>(largest_);
        if (!dither_) {
            for (std::size_t x = 0; x < row.size(); ++x)
                out[x] = static_cast<Sample>(std::min(static_cast<int>(row[x] * factor + (start + 0.5F)), largest));
            return;
        }
        for (std::size_t x = 0; x < row.size(); ++x)
            out[x] = static_cast<Sample>(std::min(static_cast<int>(row[x] * factor + start + thresholds[x & 7U]), largest));
    }

    float unit_;
    float largest_;
    bool dither_;
};

template <typename Sample>
void convert(std::span<const float> rgb, int width, int height, const PlaneTarget& target)
{
    const Quantiser<Sample> quantiser(bits_of(target.layout));
    const int across = chroma_shift_x(target.layout);
    const int down = chroma_shift_y(target.layout);
    const int chroma_width = target.width >> across;
    const auto line = [&](int plane, int y) {
        return reinterpret_cast<Sample*>(target.data[plane] + target.stride[plane] * y);
    };

    Row row(target.width);
    std::array<std::vector<float>, 2> halved{std::vector<float>(chroma_width), std::vector<float>(chroma_width)};
    std::array<std::vector<float>, 2> kept = halved;
    for (int y = 0; y < target.height; ++y) {
        const std::size_t source_row = static_cast<std::size_t>(std::min(y, height - 1)) * width * 3;
        split(rgb.subspan(source_row, static_cast<std::size_t>(width) * 3), width, target.weights, row);
        quantiser.luma(row.luma, y, line(0, y));
        const std::array<const std::vector<float>*, 2> full{&row.blue, &row.red};
        for (int c = 0; c < 2; ++c) {
            if (across != 0) {
                halve(*full[c], halved[c]);
            } else {
                halved[c] = *full[c];
            }
            if (down == 0) {
                quantiser.chroma(halved[c], y, line(c + 1, y));
            } else if ((y & 1) == 0) {
                kept[c] = halved[c];
            } else {
                for (int x = 0; x < chroma_width; ++x)
                    halved[c][x] = 0.5F * (halved[c][x] + kept[c][x]);
                quantiser.chroma(halved[c], y >> 1, line(c + 1, y >> 1));
            }
        }
    }
}

}  // namespace

float dither_threshold(int x, int y)
{
    return k_thresholds[static_cast<std::size_t>(y & 7)][static_cast<std::size_t>(x & 7)];
}

int bits_of(PixelLayout layout)
{
    return layout == PixelLayout::yuv420_8 || layout == PixelLayout::yuv422_8 ? 8 : 10;
}

int chroma_shift_x(PixelLayout layout)
{
    return layout == PixelLayout::yuv444_10 || layout == PixelLayout::yuva444_10 ? 0 : 1;
}

int chroma_shift_y(PixelLayout layout)
{
    return layout == PixelLayout::yuv420_8 || layout == PixelLayout::yuv420_10 ? 1 : 0;
}

void rgb_to_planes(std::span<const float> rgb, int width, int height, const PlaneTarget& target)
{
    if (bits_of(target.layout) == 8) {
        convert<std::uint8_t>(rgb, width, height, target);
    } else {
        convert<std::uint16_t>(rgb, width, height, target);
    }
}

}  // namespace kinora::media
