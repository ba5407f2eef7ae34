#pragma once

#include <QString>
#include <QVector>
#include <memory>
#include <vector>

#include "core/time/rational_time.h"
#include "ui/player/clip_source.h"
#include "ui/player/picture_source.h"

namespace kinora::ui {

/// One shot of a sequence: the part `trim` of a clip, in frames of that clip. Without a path there is no clip yet, and the
/// screen stays empty for as long as the shot lasts.
struct SequenceClip {
    QString path;
    core::FrameRate rate;
    core::FrameRange trim;
};

/// Clips one after the other at a common rate, conformed by repeating frames. The next clip is decoded while one plays, so
/// that playback runs through the cuts.
class SequenceSource : public PictureSource {
    Q_OBJECT

public:
    SequenceSource(std::shared_ptr<media::ClipCache> cache, std::shared_ptr<ThumbnailStore> thumbnails,
                   const QVector<SequenceClip>& clips, core::FrameRate rate, int first_frame);

    [[nodiscard]] int frame_count() const override { return starts_.back(); }
    [[nodiscard]] core::FrameRate rate() const override { return rate_; }
    [[nodiscard]] QImage picture(int frame) override;
    void look_ahead(int frame, double speed) override;
    [[nodiscard]] QImage thumbnail(int frame, int height) override;
    /// Whether there is a clip to be seen at this frame.
    [[nodiscard]] bool has_clip_at(int frame) const;
    /// Frames at which a clip begins, the end of the last one included.
    [[nodiscard]] const std::vector<int>& starts() const { return starts_; }

private:
    struct Place {
        std::size_t clip = 0;
        int source_frame = 0;
    };
    [[nodiscard]] Place place_of(int frame) const;
    [[nodiscard]] ClipSource* source_of(std::size_t clip) const;

    QVector<SequenceClip> clips_;
    core::FrameRate rate_;
    std::vector<int> starts_;
    std::vector<std::unique_ptr<ClipSource>> sources_;  // null where a clip is missing
};

}  // namespace kinora::ui
