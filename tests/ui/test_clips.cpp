#include "tests/ui/test_clips.h"

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>
#include <catch2/catch.hpp>
#include <cmath>
#include <utility>

#include "core/export/presets.h"
#include "core/media/video_writer.h"
#include "core/project/take_edits.h"

namespace kinora::tests {

namespace {

constexpr int k_bits = 8;

QRectF bit_square(int bit, QSizeF size)
{
    const double side = size.width() / 24;
    return {side * (8 + bit), size.height() - 1.5 * side, side, side};
}

void draw_hills(QPainter& painter, QSizeF size)
{
    QPainterPath hills(QPointF(0, size.height() * 0.66));
    hills.lineTo(size.width() * 0.12, size.height() * 0.58);
    hills.lineTo(size.width() * 0.3, size.height() * 0.53);
    hills.lineTo(size.width() * 0.46, size.height() * 0.64);
    hills.lineTo(size.width() * 0.7, size.height() * 0.6);
    hills.lineTo(size.width(), size.height() * 0.66);
    hills.closeSubpath();
    painter.fillPath(hills, QColor(52, 38, 70));
}

}  // namespace

QImage draw_test_frame(int frame, int frames, const QColor& sky, QSize size)
{
    QImage image(size, QImage::Format_RGB888);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    QLinearGradient air(0, 0, 0, size.height() * 0.66);
    air.setColorAt(0, sky.darker(220));
    air.setColorAt(0.6, sky);
    air.setColorAt(1, QColor(255, 208, 138));
    painter.fillRect(image.rect(), air);
    const double x = size.width() * (0.2 + 0.6 * frame / std::max(frames - 1, 1));
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(255, 240, 194));
    painter.drawEllipse(QPointF(x, size.height() * 0.52), size.width() * 0.06, size.width() * 0.06);
    draw_hills(painter, size);
    painter.fillRect(QRectF(0, size.height() * 0.66, size.width(), size.height()), QColor(38, 70, 90));
    for (int bit = 0; bit < k_bits; ++bit) {
        painter.fillRect(bit_square(bit, size), (frame >> bit) & 1 ? QColor(255, 255, 255) : QColor(0, 0, 0));
    }
    return image;
}

int frame_number_of(const QImage& picture)
{
    if (picture.isNull()) return -1;
    int number = 0;
    for (int bit = 0; bit < k_bits; ++bit) {
        const int grey = qGray(picture.pixel(bit_square(bit, picture.size()).center().toPoint()));
        if (grey > 90 && grey < 165) return -1;
        if (grey >= 165) number |= 1 << bit;
    }
    return number;
}

namespace {

std::filesystem::path write_clip(const std::filesystem::path& file, int frames, core::FrameRate rate, const QColor& sky,
                                 QSize size, media::SoundFeed sound)
{
    std::filesystem::create_directories(file.parent_path());
    core::FrameSequence clip;
    clip.frames = frames;
    clip.width = size.width();
    clip.height = size.height();
    clip.rate = rate;
    clip.rgb.reserve(clip.frame_size() * frames);
    for (int frame = 0; frame < frames; ++frame) {
        const QImage image = draw_test_frame(frame, frames, sky, size);
        for (int y = 0; y < size.height(); ++y) {
            const uchar* line = image.constScanLine(y);
            for (int value = 0; value < size.width() * 3; ++value)
                clip.rgb.push_back(line[value] / 255.0F);
        }
    }
    const auto preset = media::find_preset(media::k_take_preset);
    REQUIRE(preset);
    media::WriteOptions options;
    options.target = file;
    options.overwrite = media::OverwritePolicy::replace;
    options.sound = std::move(sound);
    const auto written = media::write_clip(clip, (*preset)->encoder, options);
    INFO((written ? std::string() : written.error().message));
    REQUIRE(written);
    REQUIRE(written->frames == frames);
    return file;
}

}  // namespace

std::filesystem::path write_test_clip(const std::filesystem::path& file, int frames, core::FrameRate rate, const QColor& sky,
                                      QSize size)
{
    return write_clip(file, frames, rate, sky, size, {});
}

void write_sounding_clip(const std::filesystem::path& file, int frames)
{
    const auto tone = [](std::int64_t start, std::span<float> out) -> core::Result<void> {
        for (std::size_t index = 0; index < out.size(); ++index)
            out[index] = 0.5F * std::sin(0.03F * static_cast<float>((start + static_cast<std::int64_t>(index / 2)) % 48000));
        return {};
    };
    static_cast<void>(write_clip(file, frames, core::FrameRate{12}, QColor(70, 100, 140), {320, 192}, tone));
}

core::Project project_of(const std::vector<TestPart>& parts, core::FrameRate rate)
{
    core::Project project;
    project.rate = rate;
    project.width = 320;
    project.height = 192;
    for (const TestPart& part : parts) {
        const auto file = write_test_clip(part.file, part.frames, core::FrameRate{12}, part.sky);
        core::Shot shot = make_test_shot("a shot", file.string(), part.frames, core::FrameRate{12});
        shot.range = part.range;
        project.shots.emplace_back(std::move(shot));
    }
    return project;
}

QString absolute_files(const std::string& file)
{
    return QString::fromStdString(file);
}

core::Shot make_test_shot(const std::string& prompt, const std::string& clip, int frames, core::FrameRate rate)
{
    core::Shot shot = core::make_shot(prompt);
    if (clip.empty()) return shot;
    core::Take take;
    take.id = shot.id + "-take";
    take.clip = clip;
    take.frames = frames;
    take.rate = rate;
    take.width = 320;
    take.height = 192;
    core::add_take(shot, take, core::Selection::select);
    shot.range = {0, frames};
    return shot;
}

}  // namespace kinora::tests
