#include "ui/player/frame_file.h"

#include <QDir>
#include <QFileInfo>
#include <QRgba64>
#include <algorithm>
#include <cmath>

#include "core/base/paths.h"
#include "core/export/sequence_export.h"
#include "core/media/clip_reader.h"
#include "core/media/recipe_metadata.h"

namespace kinora::ui {

namespace {

struct FloatPicture {
    int width = 0;
    int height = 0;
    std::vector<float> rgb;
};

core::Result<FloatPicture> read_layer(const PictureLayer& layer, QSize stage, int& depth)
{
    auto reader = media::ClipReader::open(core::path_from_utf8(layer.path.toStdString()));
    if (!reader) return reader.error();
    auto frame = (*reader)->frames(layer.frame, 1);
    if (!frame) return frame.error();
    depth = std::max(depth, (*reader)->info().depth);
    if (stage.isEmpty()) return FloatPicture{frame->width, frame->height, std::move(frame->rgb)};
    auto fitted =
        media::fit_frame(frame->rgb, frame->width, frame->height, stage.width(), stage.height(), media::FitMode::cover);
    if (!fitted) return fitted.error();
    return FloatPicture{stage.width(), stage.height(), std::move(*fitted)};
}

QImage to_image(const FloatPicture& picture, bool deep)
{
    QImage image(picture.width, picture.height, deep ? QImage::Format_RGBX64 : QImage::Format_RGB888);
    const float* value = picture.rgb.data();
    for (int y = 0; y < picture.height; ++y) {
        uchar* line = image.scanLine(y);
        for (int x = 0; x < picture.width; ++x, value += 3) {
            const auto step = [&](int channel, float most) {
                return static_cast<quint16>(std::lround(std::clamp(value[channel], 0.0F, 1.0F) * most));
            };
            if (deep) {
                reinterpret_cast<QRgba64*>(line)[x] =
                    QRgba64::fromRgba64(step(0, 65535), step(1, 65535), step(2, 65535), 65535);
            } else {
                for (int channel = 0; channel < 3; ++channel)
                    line[x * 3 + channel] = static_cast<uchar>(step(channel, 255));
            }
        }
    }
    return image;
}

}  // namespace

core::Result<QImage> render_frame(const FrameToSave& frame)
{
    FloatPicture sum;
    int depth = 8;
    float white = 0;
    for (const PictureLayer& layer : frame.layers) {
        if (layer.path.isEmpty()) {
            white += layer.weight;
            continue;
        }
        auto picture = read_layer(layer, frame.stage, depth);
        if (!picture) return picture.error();
        for (float& value : picture->rgb)
            value *= layer.weight;
        if (sum.rgb.empty()) {
            sum = std::move(*picture);
            continue;
        }
        if (sum.rgb.size() != picture->rgb.size()) {
            return core::make_error(core::ErrorKind::internal, "The pictures of a transition have different sizes.");
        }
        for (std::size_t i = 0; i < sum.rgb.size(); ++i)
            sum.rgb[i] += picture->rgb[i];
    }
    if (sum.rgb.empty()) {
        if (frame.stage.isEmpty())
            return core::make_error(core::ErrorKind::invalid_argument, "There is no picture here that could be saved.");
        sum = {frame.stage.width(), frame.stage.height(), {}};
        sum.rgb.resize(static_cast<std::size_t>(sum.width) * sum.height * 3);
    }
    for (float& value : sum.rgb)
        value += white;
    return to_image(sum, depth > 8);
}

core::Result<void> save_frame_png(const FrameToSave& frame, const QString& file)
{
    QImage picture = frame.shown;
    if (!frame.layers.empty() || !frame.stage.isEmpty()) {
        if (auto rendered = render_frame(frame)) picture = *rendered;
    }
    // A picture of a clip tells how the clip was made, as the clip does.
    if (!frame.layers.empty() && !frame.layers.front().path.isEmpty())
        if (const auto recipe = media::read_embedded_recipe(core::path_from_utf8(frame.layers.front().path.toStdString())))
            picture.setText(QString::fromLatin1(media::k_recipe_key), QString::fromStdString(*recipe));
    QDir().mkpath(QFileInfo(file).absolutePath());
    if (picture.isNull() || !picture.save(file, "PNG")) {
        return core::make_error(core::ErrorKind::io, file.toStdString() + " couldn't be written; is its folder writable?");
    }
    return {};
}

}  // namespace kinora::ui
