#include <algorithm>
#include <array>
#include <cstdint>

#include "core/media/colour_space.h"
#include "core/media/planes_to_rgb.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace kinora::media {
namespace {

bool is_known(const AVPixFmtDescriptor& layout)
{
    constexpr auto k_unknown =
        AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_FLOAT | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_BAYER;
    if ((layout.flags & k_unknown) != 0) return false;
    const bool grey = layout.nb_components <= 2;
    return grey || (layout.flags & AV_PIX_FMT_FLAG_RGB) != 0;
}

/// A palette's entry: blue, green, red, alpha in memory, 8 bits each (`AV_PIX_FMT_PAL8` on a little-endian machine).
void append_palette(const AVFrame& frame, std::vector<float>& rgb)
{
    for (int y = 0; y < frame.height; ++y) {
        const std::uint8_t* row = frame.data[0] + static_cast<std::ptrdiff_t>(frame.linesize[0]) * y;
        for (int x = 0; x < frame.width; ++x) {
            const std::uint8_t* entry = frame.data[1] + std::ptrdiff_t{4} * row[x];
            const float opacity = static_cast<float>(entry[3]) / 255.0F;
            for (const int c : {2, 1, 0})
                rgb.push_back(static_cast<float>(entry[c]) / 255.0F * opacity);
        }
    }
}

/// Planar float: green, blue, red, alpha. Pictures of this kind (EXR) hold linear light.
void append_linear(const AVFrame& frame, bool alpha, std::vector<float>& rgb)
{
    for (int y = 0; y < frame.height; ++y) {
        std::array<const float*, 4> row{};
        for (int plane = 0; plane < (alpha ? 4 : 3); ++plane) {
            const auto* line = frame.data[plane] + static_cast<std::ptrdiff_t>(frame.linesize[plane]) * y;
            row[static_cast<std::size_t>(plane)] = reinterpret_cast<const float*>(line);
        }
        for (int x = 0; x < frame.width; ++x) {
            const float opacity = alpha ? std::clamp(row[3][x], 0.0F, 1.0F) : 1.0F;
            for (const std::size_t plane : {2U, 0U, 1U}) {
                const float light = row[plane][x];
                rgb.push_back(linear_to_srgb(light > 0.0F ? std::min(light, 1.0F) : 0.0F) * opacity);
            }
        }
    }
}

}  // namespace

bool append_components(const AVFrame& frame, std::vector<float>& rgb)
{
    const AVPixFmtDescriptor* layout = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    if (layout == nullptr) return false;
    if (frame.format == AV_PIX_FMT_GBRPF32 || frame.format == AV_PIX_FMT_GBRAPF32) {
        append_linear(frame, frame.format == AV_PIX_FMT_GBRAPF32, rgb);
        return true;
    }
    if (!is_known(*layout)) return false;
    if (frame.format == AV_PIX_FMT_PAL8) {
        append_palette(frame, rgb);
        return true;
    }
    const bool limited = frame.color_range == AVCOL_RANGE_MPEG && layout->nb_components <= 2;
    const int components = layout->nb_components;
    const bool alpha = (layout->flags & AV_PIX_FMT_FLAG_ALPHA) != 0;
    const int colours = components - (alpha ? 1 : 0);
    if (colours != 1 && colours != 3) return false;

    std::array<std::vector<std::uint16_t>, 4> rows;
    std::array<float, 4> scale{};
    for (int c = 0; c < components; ++c) {
        rows[c].resize(static_cast<std::size_t>(frame.width));
        scale[c] = 1.0F / static_cast<float>((1 << layout->comp[c].depth) - 1);
    }
    const float offset = limited ? 16.0F / 255.0F : 0.0F;
    const float stretch = limited ? 255.0F / 219.0F : 1.0F;
    std::array<const std::uint8_t*, 4> data{frame.data[0], frame.data[1], frame.data[2], frame.data[3]};
    rgb.reserve(rgb.size() + static_cast<std::size_t>(frame.width) * frame.height * 3);
    for (int y = 0; y < frame.height; ++y) {
        for (int c = 0; c < components; ++c) {
            av_read_image_line2(rows[c].data(), data.data(), frame.linesize, layout, 0, y, c, frame.width, 0, 2);
        }
        for (int x = 0; x < frame.width; ++x) {
            const float opacity = alpha ? static_cast<float>(rows[components - 1][x]) * scale[components - 1] : 1.0F;
            for (int c = 0; c < 3; ++c) {
                const int component = colours == 1 ? 0 : c;
                const float value = static_cast<float>(rows[component][x]) * scale[component];
                rgb.push_back((value - offset) * stretch * opacity);
            }
        }
    }
    return true;
}

}  // namespace kinora::media
