#include <QProcess>
#include <catch2/catch.hpp>
#include <cmath>

#include "core/export/presets.h"
#include "core/media/video_writer.h"
#include "tests/ui/player_fixture.h"
#include "ui/player/renderer.h"

using namespace kinora;
using tests::ShownPlayer;

namespace {

constexpr int k_width = 320;
constexpr int k_height = 192;

/// All hues at many strengths, in fields wide enough that the sampling of chroma doesn't matter but at their edges.
core::FrameSequence colour_chart()
{
    core::FrameSequence clip;
    clip.frames = 2;
    clip.width = k_width;
    clip.height = k_height;
    clip.rate = core::FrameRate{24};
    for (int frame = 0; frame < clip.frames; ++frame) {
        for (int y = 0; y < k_height; ++y) {
            for (int x = 0; x < k_width; ++x) {
                const QColor colour = QColor::fromHsvF(float(x / 16) / 20.0F, 1.0F - float(y / 16 % 4) / 4.0F,
                                                       0.25F + 0.75F * float(y / 64) / 2.0F);
                for (const double value : {colour.redF(), colour.greenF(), colour.blueF()})
                    clip.rgb.push_back(static_cast<float>(value));
            }
        }
    }
    return clip;
}

std::filesystem::path write_chart(const std::filesystem::path& file, std::string_view preset_id)
{
    const auto preset = media::find_preset(preset_id);
    REQUIRE(preset);
    media::WriteOptions options;
    options.target = file;
    const auto written = media::write_clip(colour_chart(), (*preset)->encoder, options);
    REQUIRE(written);
    return file;
}

QByteArray ffmpeg(const std::filesystem::path& file, const QStringList& how)
{
    QProcess process;
    process.start(QStringLiteral("ffmpeg"),
                  QStringList{"-v", "error", "-nostdin", "-i", QString::fromStdString(file.string())} + how +
                      QStringList{"-frames:v", "1", "-f", "rawvideo", "-"});
    REQUIRE(process.waitForFinished(60'000));
    REQUIRE(process.exitCode() == 0);
    return process.readAllStandardOutput();
}

/// Mean distance a channel, in 255ths, between what the canvas painted and a reference [height, width, 3].
double mean_error(const QImage& screen, const std::vector<double>& reference)
{
    REQUIRE(screen.size() == QSize(k_width, k_height));
    double sum = 0;
    std::size_t at = 0;
    for (int y = 0; y < k_height; ++y) {
        for (int x = 0; x < k_width; ++x) {
            const QColor colour = screen.pixelColor(x, y);
            for (const int value : {colour.red(), colour.green(), colour.blue()})
                sum += std::abs(value - reference[at++]);
        }
    }
    return sum / static_cast<double>(at);
}

/// What the player paints of the first frame, point by point.
QImage painted(const std::filesystem::path& file)
{
    ShownPlayer shown;
    shown.player.show_clip(QString::fromStdString(file.string()), core::FrameRate{24}, {0, 2});
    REQUIRE(QTest::qWaitFor([&] { return !shown.player.picture().isNull(); }, tests::k_patience));
    shown.key(Qt::Key_1, Qt::ControlModifier);
    return shown.screen().copy(shown.canvas->picture_area().toRect());
}

}  // namespace

TEST_CASE("BT.709 colours on the screen are those of a reference renderer in double precision")
{
    const tests::ScratchFolder folder;
    const auto file = write_chart(folder / "chart.mov", "prores-422-hq");
    const QByteArray raw = ffmpeg(file, {"-pix_fmt", "yuv422p10le"});
    const std::size_t plane = std::size_t{k_width} * k_height;
    REQUIRE(raw.size() == static_cast<qsizetype>(plane * 2 * 2));
    const auto* luma_plane = reinterpret_cast<const quint16*>(raw.constData());
    // Chroma is level with the even columns; between two of them lies their mean.
    const auto chroma = [&](const quint16* samples, int x, int y) {
        const quint16* row = samples + std::size_t{k_width / 2} * static_cast<std::size_t>(y);
        const int left = x / 2;
        const int right = std::min(left + x % 2, k_width / 2 - 1);
        return ((row[left] + row[right]) / 2.0 - 512.0) / 896.0;
    };
    std::vector<double> reference;
    for (int y = 0; y < k_height; ++y) {
        for (int x = 0; x < k_width; ++x) {  // ITU-R BT.709-6, 10 bits, limited range
            const double luma = (luma_plane[std::size_t{k_width} * static_cast<std::size_t>(y) + x] - 64.0) / 876.0;
            const double blue = chroma(luma_plane + plane, x, y);
            const double red = chroma(luma_plane + plane + plane / 2, x, y);
            const double r = luma + 1.5748 * red;
            const double b = luma + 1.8556 * blue;
            const double g = luma - 0.2126 / 0.7152 * 1.5748 * red - 0.0722 / 0.7152 * 1.8556 * blue;
            for (const double value : {r, g, b})
                reference.push_back(std::clamp(value, 0.0, 1.0) * 255);
        }
    }
    const double error = mean_error(painted(file), reference);
    INFO("mean error " << error);
    CHECK(error <= 0.5);
}

TEST_CASE("BT.709 colours of an 8-bit take with halved chroma are those of zimg within one step of 255")
{
    const tests::ScratchFolder folder;
    const auto file = write_chart(folder / "chart.mp4", media::k_take_preset);
    const QByteArray raw = ffmpeg(file, {"-vf",
                                         "zscale=matrixin=709:rangein=limited:transferin=709:primariesin=709:matrix=gbr:"
                                         "range=full:transfer=709:primaries=709:filter=bilinear,format=gbrp",
                                         "-pix_fmt", "gbrp"});
    const std::size_t plane = std::size_t{k_width} * k_height;
    REQUIRE(raw.size() == static_cast<qsizetype>(plane * 3));
    const auto* samples = reinterpret_cast<const uchar*>(raw.constData());
    std::vector<double> reference;
    for (std::size_t i = 0; i < plane; ++i) {
        for (const std::size_t component : {2, 0, 1})  // planes lie green, blue, red
            reference.push_back(samples[component * plane + i]);
    }
    const double error = mean_error(painted(file), reference);
    INFO("mean error " << error);
    CHECK(error <= 1);
}

TEST_CASE("a renderer on the processor isn't taken for one on a graphics card, and a wish is followed where it can be")
{
    using ui::choose_renderer;
    using ui::Renderer;
    CHECK(choose_renderer("", "NVIDIA GeForce RTX 4070/PCIe/SSE2") == Renderer::opengl);
    CHECK(choose_renderer("", "llvmpipe (LLVM 15.0.6, 256 bits)") == Renderer::raster);
    CHECK(choose_renderer("opengl", "llvmpipe (LLVM 15.0.6, 256 bits)") == Renderer::opengl);
    CHECK(choose_renderer("opengl", "") == Renderer::raster);
    CHECK(choose_renderer("raster", "Mesa Intel(R) UHD Graphics") == Renderer::raster);
}
