#pragma once

#include <QImage>
#include <memory>

#include "core/generation/frames.h"

namespace kinora::ui {

/// A QImage over a picture's own memory: nothing is copied, the owner lives as long as the image.
[[nodiscard]] QImage image_over(std::shared_ptr<const void> owner, const core::Picture8& picture);

/// A QImage with its own copy of the picture.
[[nodiscard]] QImage image_of(const core::Picture8& picture);

}  // namespace kinora::ui
