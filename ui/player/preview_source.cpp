#include "ui/player/preview_source.h"

#include <utility>

#include "ui/player/images.h"

namespace kinora::ui {

PreviewSource::PreviewSource(Pictures pictures, core::FrameRate rate) : pictures_(std::move(pictures)), rate_(rate) {}

int PreviewSource::frame_count() const
{
    return pictures_ ? static_cast<int>(pictures_->size()) : 0;
}

QImage PreviewSource::picture(int frame)
{
    if (frame < 0 || frame >= frame_count()) return {};
    return image_over(pictures_, (*pictures_)[static_cast<std::size_t>(frame)]);
}

QImage PreviewSource::thumbnail(int frame, int height)
{
    const QImage whole = picture(frame);
    return whole.height() > height ? whole.scaledToHeight(height, Qt::SmoothTransformation) : whole;
}

}  // namespace kinora::ui
