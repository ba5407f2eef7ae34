#include "core/media/planes_to_rgb.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace kinora::media {
namespace {

/// What a frame's samples mean.
struct Meaning {
    float red = 0.2126F;  ///< weights of red and blue in luma
    float blue = 0.0722F;
    float luma_offset = 0;
    float luma_scale = 1;
    float chroma_offset = 0;
    float chroma_scale = 1;
};

bool weights_of(AVColorSpace matrix, Meaning& meaning)
{
    switch (matrix) {
        case AVCOL_SPC_UNSPECIFIED:
        case AVCOL_SPC_BT709:
            return true;
        case AVCOL_SPC_BT470BG:
        case AVCOL_SPC_SMPTE170M:
            meaning.red = 0.299F;
            meaning.blue = 0.114F;
            return true;
        case AVCOL_SPC_BT2020_NCL:
            meaning.red = 0.2627F;
            meaning.blue = 0.0593F;
            return true;
        default:
            return false;
    }
}

bool understand(const AVFrame& frame, const AVPixFmtDescriptor& layout, Meaning& meaning)
{
    constexpr auto k_unknown = AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_ALPHA |
                               AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_FLOAT | AV_PIX_FMT_FLAG_BITSTREAM;
    const bool planar = (layout.flags & AV_PIX_FMT_FLAG_PLANAR) != 0 && (layout.flags & k_unknown) == 0;
    if (!planar || layout.nb_components != 3 || layout.log2_chroma_w > 1 || layout.log2_chroma_h > layout.log2_chroma_w)
        return false;
    const int bytes = layout.comp[0].depth > 8 ? 2 : 1;
    for (int plane = 0; plane < 3; ++plane) {
        const AVComponentDescriptor& component = layout.comp[plane];
        if (component.plane != plane || component.step != bytes || component.shift != 0) return false;
    }
    const bool left = frame.chroma_location == AVCHROMA_LOC_UNSPECIFIED || frame.chroma_location == AVCHROMA_LOC_LEFT;
    if (layout.log2_chroma_w == 1 && !left) return false;
    const auto largest = static_cast<float>((1 << layout.comp[0].depth) - 1);
    const auto unit = static_cast<float>(1 << (layout.comp[0].depth - 8));
    const bool full = frame.color_range == AVCOL_RANGE_JPEG;
    meaning.luma_offset = full ? 0.0F : 16.0F * unit;
    meaning.luma_scale = 1.0F / (full ? largest : 219.0F * unit);
    meaning.chroma_offset = 128.0F * unit;
    meaning.chroma_scale = 1.0F / (full ? largest : 224.0F * unit);
    return weights_of(frame.colorspace, meaning);
}

float stored(float value, float)
{
    return value;
}
unsigned char stored(float value, unsigned char)
{
    return static_cast<unsigned char>(value * 255.0F + 0.5F);
}

template <typename Sample, typename Value>
class Converter {
public:
    Converter(const AVFrame& frame, const AVPixFmtDescriptor& layout, const Meaning& meaning)
        : frame_(frame),
          meaning_(meaning),
          across_(layout.log2_chroma_w),
          down_(layout.log2_chroma_h),
          chroma_width_(-((-frame.width) >> across_)),
          chroma_height_(-((-frame.height) >> down_)),
          blue_(static_cast<std::size_t>(frame.width)),
          red_(static_cast<std::size_t>(frame.width)),
          row_(static_cast<std::size_t>(chroma_width_))
    {
    }

    void convert(Value* out)
    {
        const float green = 1.0F - meaning_.red - meaning_.blue;
        const float blue_step = 2.0F * (1.0F - meaning_.blue);
        const float red_step = 2.0F * (1.0F - meaning_.red);
        for (int y = 0; y < frame_.height; ++y) {
            chroma_row(1, y, blue_);
            chroma_row(2, y, red_);
            const Sample* luma = line(0, y);
            for (int x = 0; x < frame_.width; ++x, out += 3) {
                const float grey = (static_cast<float>(luma[x]) - meaning_.luma_offset) * meaning_.luma_scale;
                const float r = grey + red_step * red_[x];
                const float b = grey + blue_step * blue_[x];
                const float g = (grey - meaning_.red * r - meaning_.blue * b) / green;
                out[0] = stored(std::clamp(r, 0.0F, 1.0F), Value{});
                out[1] = stored(std::clamp(g, 0.0F, 1.0F), Value{});
                out[2] = stored(std::clamp(b, 0.0F, 1.0F), Value{});
            }
        }
    }

private:
    const Sample* line(int plane, int y) const
    {
        return reinterpret_cast<const Sample*>(frame_.data[plane] + static_cast<std::ptrdiff_t>(frame_.linesize[plane]) * y);
    }

    /// One colour difference at full width for a row of luma: between two rows of chroma (a quarter from the farther one)
    /// where it is halved down, between two columns where it is halved across.
    void chroma_row(int plane, int y, std::vector<float>& full)
    {
        const int nearest = y >> down_;
        const int other = down_ == 0 ? nearest : std::clamp(nearest + ((y & 1) != 0 ? 1 : -1), 0, chroma_height_ - 1);
        const Sample* near_row = line(plane, nearest);
        const Sample* far_row = line(plane, other);
        for (int x = 0; x < chroma_width_; ++x) {
            const float value = 0.75F * static_cast<float>(near_row[x]) + 0.25F * static_cast<float>(far_row[x]);
            row_[x] = (value - meaning_.chroma_offset) * meaning_.chroma_scale;
        }
        for (int x = 0; x < frame_.width; ++x) {
            const int column = x >> across_;
            const bool between = across_ != 0 && (x & 1) != 0;
            full[x] = between ? 0.5F * (row_[column] + row_[std::min(column + 1, chroma_width_ - 1)]) : row_[column];
        }
    }

    const AVFrame& frame_;
    Meaning meaning_;
    int across_;
    int down_;
    int chroma_width_;
    int chroma_height_;
    std::vector<float> blue_;
    std::vector<float> red_;
    std::vector<float> row_;
};

template <typename Value>
bool convert_planes(const AVFrame& frame, std::vector<Value>& rgb)
{
    const AVPixFmtDescriptor* layout = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    Meaning meaning;
    if (layout == nullptr || !understand(frame, *layout, meaning)) return false;
    const std::size_t start = rgb.size();
    rgb.resize(start + static_cast<std::size_t>(frame.width) * frame.height * 3);
    if (layout->comp[0].depth > 8) {
        Converter<std::uint16_t, Value>(frame, *layout, meaning).convert(rgb.data() + start);
    } else {
        Converter<std::uint8_t, Value>(frame, *layout, meaning).convert(rgb.data() + start);
    }
    return true;
}

}  // namespace

bool append_planes(const AVFrame& frame, std::vector<float>& rgb)
{
    return convert_planes(frame, rgb);
}

bool append_planes(const AVFrame& frame, std::vector<unsigned char>& rgb)
{
    return convert_planes(frame, rgb);
}

}  // namespace kinora::media
