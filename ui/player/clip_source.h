#pragma once

#include <QString>
#include <memory>

#include "core/base/result.h"
#include "core/media/clip_cache.h"
#include "ui/player/picture_source.h"
#include "ui/player/thumbnail_store.h"

namespace kinora::ui {

/// The pictures of one clip on disk, decoded by the shared cache.
class ClipSource : public PictureSource {
    Q_OBJECT

public:
    /// `rate` overrides what the file says. Starts decoding at `first_frame`; negative: when a picture is asked for. Of
    /// several sources with one `channel` the last that asks for a picture is served, the others are dropped.
    ClipSource(std::shared_ptr<media::ClipCache> cache, std::shared_ptr<ThumbnailStore> thumbnails, const QString& path,
               core::FrameRate rate, int first_frame, int channel = 0);
    ~ClipSource() override;

    [[nodiscard]] int frame_count() const override { return frames_; }
    [[nodiscard]] core::FrameRate rate() const override { return rate_; }
    [[nodiscard]] QImage picture(int frame) override;
    void look_ahead(int frame, double speed) override;
    [[nodiscard]] QImage thumbnail(int frame, int height) override;

    /// Decodes in the background before it is shown, from a frame on.
    void preload(int first_frame);
    [[nodiscard]] std::vector<PictureLayer> layers(int frame) const override { return {{path_, frame, 1}}; }
    [[nodiscard]] const QString& path() const { return path_; }

private:
    /// Where the cache's thread leaves its answers; outlives the source when a reply is under way.
    struct Inbox;
    void request(int frame);
    void receive(int frame, core::Result<std::shared_ptr<const media::VideoFrame>> result);

    std::shared_ptr<media::ClipCache> cache_;
    std::shared_ptr<ThumbnailStore> thumbnails_;
    QString path_;
    core::FrameRate rate_;
    int frames_ = 0;
    int channel_ = 0;
    std::shared_ptr<const media::VideoFrame> last_;  // the newest reply; the cache may have let go of it already
    std::shared_ptr<Inbox> inbox_;
};

}  // namespace kinora::ui
