#include "tests/media/masters_fixture.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace kinora::tests {
namespace {

using media::ColourSpace;

/// Rows of 3×3 matrices from linear BT.709, from the primaries by SMPTE RP 177.
using Matrix = std::array<std::array<double, 3>, 3>;

double open_curve(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double close_curve(double value)
{
    return value <= 0.0031308 ? value * 12.92 : 1.055 * std::pow(value, 1 / 2.4) - 0.055;
}

Matrix inverse(const Matrix& m)
{
    Matrix out{};
    const auto cofactor = [&](std::size_t r, std::size_t c) {
        const std::size_t r1 = (r + 1) % 3, r2 = (r + 2) % 3, c1 = (c + 1) % 3, c2 = (c + 2) % 3;
        return m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
    };
    const double determinant = m[0][0] * cofactor(0, 0) + m[0][1] * cofactor(0, 1) + m[0][2] * cofactor(0, 2);
    for (std::size_t r = 0; r < 3; ++r)
        for (std::size_t c = 0; c < 3; ++c)
            out[r][c] = cofactor(c, r) / determinant;
    return out;
}

/// RGB to XYZ from chromaticities.
Matrix to_xyz(const std::array<float, 8>& xy)
{
    Matrix m{};
    for (std::size_t c = 0; c < 3; ++c) {
        const double x = xy[2 * c], y = xy[2 * c + 1];
        m[0][c] = x / y;
        m[1][c] = 1;
        m[2][c] = (1 - x - y) / y;
    }
    const double wx = xy[6], wy = xy[7];
    const std::array<double, 3> white{wx / wy, 1, (1 - wx - wy) / wy};
    const Matrix solve = inverse(m);
    for (std::size_t c = 0; c < 3; ++c) {
        const double scale = solve[c][0] * white[0] + solve[c][1] * white[1] + solve[c][2] * white[2];
        for (std::size_t r = 0; r < 3; ++r)
            m[r][c] *= scale;
    }
    return m;
}

std::array<double, 3> in_space(Colour colour, ColourSpace space)
{
    const std::array<double, 3> rgb{colour.r, colour.g, colour.b};
    if (space == ColourSpace::bt709) return rgb;
    static const Matrix from = to_xyz(media::chromaticities(ColourSpace::bt709));
    const Matrix to = inverse(to_xyz(media::chromaticities(space)));
    std::array<double, 3> xyz{}, out{};
    for (std::size_t r = 0; r < 3; ++r)
        for (std::size_t c = 0; c < 3; ++c)
            xyz[r] += from[r][c] * open_curve(rgb[c]);
    for (std::size_t r = 0; r < 3; ++r) {
        for (std::size_t c = 0; c < 3; ++c)
            out[r] += to[r][c] * xyz[c];
        out[r] = close_curve(std::clamp(out[r], 0.0, 1.0));
    }
    return out;
}

/// Y'CbCr as fractions of the code range, luma 0…1 and differences −0.5…0.5.
std::array<double, 3> ycbcr(const std::array<double, 3>& rgb, ColourSpace space)
{
    const double red = space == ColourSpace::bt2020 ? 0.2627 : 0.2126;
    const double blue = space == ColourSpace::bt2020 ? 0.0593 : 0.0722;
    const double y = red * rgb[0] + (1 - red - blue) * rgb[1] + blue * rgb[2];
    return {y, (rgb[2] - y) / (2 * (1 - blue)), (rgb[0] - y) / (2 * (1 - red))};
}

std::string input_of(const std::filesystem::path& file, const media::Preset& preset)
{
    if (!preset.encoder.pictures()) return "-i file:" + shell_word(file);
    const std::string names = file.filename().string() + ".%04d." + preset.extension;
    return "-framerate 24 -f image2 -i " + shell_word(file / names);
}

/// Samples of one plane (or component) of one frame.
class Planes {
public:
    Planes(const std::string& bytes, const ReadBack& how) : bytes_(bytes), how_(how) {}

    [[nodiscard]] std::size_t frame_bytes() const
    {
        const std::size_t luma = pixels();
        const std::size_t samples =
            how_.rgb ? luma * 3 : luma + 2 * (luma >> (how_.across + how_.down)) + (alpha() ? luma : 0);
        return samples * width();
    }
    [[nodiscard]] int frames() const { return static_cast<int>(bytes_.size() / frame_bytes()); }

    /// As a fraction of the largest code, or the float itself.
    [[nodiscard]] double at(int frame, int component, int x, int y) const
    {
        const std::size_t start = frame_bytes() * static_cast<std::size_t>(frame);
        if (how_.pixel_format == "gbrpf32le") {
            constexpr std::array<std::size_t, 3> k_plane{2, 0, 1};
            const std::size_t plane = k_plane[static_cast<std::size_t>(component)] * pixels();
            float value = 0;
            std::memcpy(&value, bytes_.data() + start + (plane + place(x, y, k_chart_width)) * 4, 4);
            return value;
        }
        if (how_.rgb) return code(start + (place(x, y, k_chart_width) * 3 + static_cast<std::size_t>(component)) * width());
        const std::size_t chroma = pixels() >> (how_.across + how_.down);
        if (component == 0) return code(start + place(x, y, k_chart_width) * width());
        const std::size_t plane = pixels() + (component == 2 ? chroma : 0);
        return code(start + (plane + place(x >> how_.across, y >> how_.down, k_chart_width >> how_.across)) * width());
    }

private:
    [[nodiscard]] bool alpha() const { return how_.pixel_format.find("yuva") == 0; }
    [[nodiscard]] std::size_t width() const { return how_.bits == 32 ? 4 : how_.bits > 8 ? 2 : 1; }
    static std::size_t pixels() { return static_cast<std::size_t>(k_chart_width) * k_chart_height; }
    static std::size_t place(int x, int y, int columns)
    {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(x);
    }
    [[nodiscard]] double code(std::size_t at) const
    {
        const auto low = static_cast<unsigned char>(bytes_.at(at));
        if (how_.bits == 8) return low;
        return low | static_cast<unsigned char>(bytes_.at(at + 1)) << 8;
    }

    const std::string& bytes_;
    ReadBack how_;
};

/// The error of one sample in codes of `code_bits`.
double error_at(const Planes& planes, const ReadBack& how, int frame, int component, int x, int y, ColourSpace space)
{
    const auto rgb = in_space(chart_colour(frame, x, y), space);
    const auto c = static_cast<std::size_t>(component);
    const double found = planes.at(frame, component, x, y);
    const double codes = std::exp2(how.code_bits) - 1;
    if (how.bits == 32) return std::abs(close_curve(std::clamp(found, 0.0, 1.0)) - rgb[c]) * codes;
    if (how.rgb) return std::abs(found - rgb[c] * (std::exp2(how.bits) - 1));
    const auto parts = ycbcr(rgb, space);
    const double unit = std::exp2(how.bits - 8);
    const double wanted = component == 0 ? (16 + 219 * parts[0]) * unit : (128 + 224 * parts[c]) * unit;
    return std::abs(found - wanted) * std::exp2(how.code_bits - how.bits);
}

}  // namespace

const std::vector<Colour>& chart_patches()
{
    static const std::vector<Colour> patches{{1, 0, 0},          {0, 1, 0}, {0, 0, 1}, {0.2F, 0.4F, 0.6F},
                                             {0.5F, 0.5F, 0.5F}, {0, 0, 0}, {1, 1, 1}, {0.9F, 0.7F, 0.1F}};
    return patches;
}

Colour chart_colour(int frame, int x, int y)
{
    const auto patches = static_cast<int>(chart_patches().size());
    if (frame < patches) return chart_patches()[static_cast<std::size_t>(frame)];
    const float value = static_cast<float>(x) / static_cast<float>(k_chart_width - 1);
    if (y < k_chart_height / 2) return {value, value, value};
    return {value, 1 - value, 0.5F};
}

core::FrameSequence chart(core::FrameRate rate)
{
    const auto patches = static_cast<int>(chart_patches().size());
    core::FrameSequence clip{patches + k_chart_ramps, k_chart_height, k_chart_width, rate, {}};
    for (int i = 0; i < clip.frames; ++i) {
        for (int y = 0; y < clip.height; ++y) {
            for (int x = 0; x < clip.width; ++x) {
                const Colour colour = chart_colour(i, x, y);
                clip.rgb.insert(clip.rgb.end(), {colour.r, colour.g, colour.b});
            }
        }
    }
    return clip;
}

ReadBack read_back_of(const media::Preset& preset)
{
    using media::PixelLayout;
    switch (preset.encoder.layout) {
        case PixelLayout::yuv420_8:
            return {"yuv420p", 8, 8, false, 1, 1};
        case PixelLayout::yuv420_10:
            return {"yuv420p10le", 10, 10, false, 1, 1};
        case PixelLayout::yuv422_8:
            return {"yuv422p", 8, 8, false, 1, 0};
        case PixelLayout::yuv422_10:
            return {"yuv422p10le", 10, 10, false, 1, 0};
        case PixelLayout::yuv444_10:
            return {"yuv444p10le", 10, 10, false, 0, 0};
        case PixelLayout::yuva444_10:
            return {"yuva444p12le", 12, 10, false, 0, 0};  // FFmpeg decodes ProRes 4444 to 12 bit
        case PixelLayout::rgb_16_be:
        case PixelLayout::rgb_16_le:
            return {"rgb48le", 16, 16, true, 0, 0};
        case PixelLayout::rgb_linear:
            return {"gbrpf32le", 32, 10, true, 0, 0};
        case PixelLayout::bgra_8:
        case PixelLayout::palette_8:
            return {"rgb24", 8, 8, true, 0, 0};
    }
    throw std::logic_error("a layout without a way back");
}

ChartErrors chart_errors(const std::filesystem::path& file, const media::Preset& preset, ColourSpace space)
{
    const ReadBack how = read_back_of(preset);
    const Ran ran = run_command("ffmpeg -v error -nostdin " + input_of(file, preset) +
                                " -vsync passthrough -f rawvideo -pix_fmt " + how.pixel_format + " -");
    if (ran.status != 0) throw std::runtime_error("ffmpeg failed (is it installed?): " + file.string());
    const Planes planes(ran.output, how);
    ChartErrors errors;
    errors.frames = planes.frames();
    const auto patches = static_cast<int>(chart_patches().size());
    double sum = 0;
    std::int64_t count = 0;
    for (int frame = 0; frame < std::min(errors.frames, patches + k_chart_ramps); ++frame) {
        for (int component = 0; component < 3; ++component) {
            // Chroma where it was sampled: on even columns and, halved down, anywhere in a pair of rows.
            const int step = component > 0 && how.across > 0 ? 2 : 1;
            for (int y = 0; y < k_chart_height; y += 6) {
                // The border between the ramps isn't a flat place.
                if (frame >= patches && std::abs(y - k_chart_height / 2) < 8) continue;
                for (int x = 0; x < k_chart_width; x += 2 * step) {
                    const double error = error_at(planes, how, frame, component, x, y, space);
                    if (frame < patches) {
                        errors.patches = std::max(errors.patches, error);
                    } else {
                        sum += error;
                        ++count;
                    }
                }
            }
        }
    }
    errors.ramps = count > 0 ? sum / static_cast<double>(count) : 0;
    return errors;
}

std::map<std::string, std::string> mediainfo(const std::filesystem::path& file, const std::string& kind)
{
    const Ran ran = run_command("mediainfo --Output=JSON " + shell_word(file));
    const auto json = nlohmann::json::parse(ran.output, nullptr, false);
    if (!json.is_object()) throw std::runtime_error("mediainfo failed (is it installed?)");
    std::map<std::string, std::string> fields;
    if (!json.contains("media") || !json["media"].is_object()) return fields;
    for (const auto& track : json["media"]["track"]) {
        if (track.value("@type", "") != kind || !fields.empty()) continue;
        for (const auto& [key, value] : track.items())
            if (value.is_string()) fields[key] = value.get<std::string>();
    }
    return fields;
}

}  // namespace kinora::tests
