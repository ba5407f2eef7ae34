#pragma once

#include <memory>
#include <vector>

#include "core/generation/frames.h"
#include "ui/player/picture_source.h"

namespace kinora::ui {

/// Pictures that are already in memory: the moving preview while a model samples.
class PreviewSource : public PictureSource {
    Q_OBJECT

public:
    using Pictures = std::shared_ptr<const std::vector<core::Picture8>>;

    PreviewSource(Pictures pictures, core::FrameRate rate);

    [[nodiscard]] int frame_count() const override;
    [[nodiscard]] core::FrameRate rate() const override { return rate_; }
    [[nodiscard]] QImage picture(int frame) override;
    [[nodiscard]] QImage thumbnail(int frame, int height) override;

private:
    Pictures pictures_;
    core::FrameRate rate_;
};

}  // namespace kinora::ui
