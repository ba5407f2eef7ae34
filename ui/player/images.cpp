#include "ui/player/images.h"

#include <utility>

namespace kinora::ui {

namespace {

bool is_whole(const core::Picture8& picture)
{
    return picture.width > 0 && picture.height > 0 &&
           picture.rgb.size() >= static_cast<std::size_t>(picture.width) * picture.height * 3;
}

}  // namespace

QImage image_over(std::shared_ptr<const void> owner, const core::Picture8& picture)
{
    if (!is_whole(picture)) return {};
    auto* held = new std::shared_ptr<const void>(std::move(owner));
    const auto release = [](void* pointer) { delete static_cast<std::shared_ptr<const void>*>(pointer); };
    return QImage(picture.rgb.data(), picture.width, picture.height, qsizetype{picture.width} * 3, QImage::Format_RGB888,
                  release, held);
}

QImage image_of(const core::Picture8& picture)
{
    if (!is_whole(picture)) return {};
    return QImage(picture.rgb.data(), picture.width, picture.height, qsizetype{picture.width} * 3, QImage::Format_RGB888)
        .copy();
}

}  // namespace kinora::ui
