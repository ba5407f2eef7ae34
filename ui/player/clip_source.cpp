#include "ui/player/clip_source.h"

#include <mutex>
#include <utility>

#include "ui/player/images.h"

namespace kinora::ui {

struct ClipSource::Inbox {
    std::mutex mutex;
    ClipSource* owner = nullptr;
};

ClipSource::ClipSource(std::shared_ptr<media::ClipCache> cache, std::shared_ptr<ThumbnailStore> thumbnails,
                       const QString& path, core::FrameRate rate, int first_frame, int channel)
    : cache_(std::move(cache)),
      thumbnails_(std::move(thumbnails)),
      path_(path),
      rate_(rate),
      channel_(channel),
      inbox_(std::make_shared<Inbox>())
{
    inbox_->owner = this;
    connect(thumbnails_.get(), &ThumbnailStore::changed, this, [this](const QString& changed) {
        if (changed == path_) Q_EMIT thumbnails_changed();
    });
    if (const auto info = cache_->info(path_.toStdString())) frames_ = info->frames;
    if (first_frame >= 0) request(first_frame);
}

ClipSource::~ClipSource()
{
    const std::lock_guard lock(inbox_->mutex);
    inbox_->owner = nullptr;
}

QImage ClipSource::picture(int frame)
{
    const auto found = last_ && last_->index == frame ? last_ : cache_->peek(path_.toStdString(), frame);
    if (!found) {
        request(frame);
        return {};
    }
    return image_over(found, found->picture);
}

void ClipSource::look_ahead(int frame, double speed)
{
    static_cast<void>(speed);
    constexpr int k_every = 8;  // a clip larger than the memory is kept as a window, which has to follow the playhead
    if (frame % k_every == 0 && cache_->cached_frames(path_.toStdString()) < frames_) request(frame);
}

QImage ClipSource::thumbnail(int frame, int height)
{
    return thumbnails_->picture(path_, frame, height);
}

void ClipSource::preload(int first_frame)
{
    cache_->preload(path_.toStdString(), first_frame);
}

void ClipSource::request(int frame)
{
    const auto reply = [inbox = inbox_](const auto&, int index, auto result) {
        const std::lock_guard lock(inbox->mutex);
        if (!inbox->owner) return;
        QMetaObject::invokeMethod(
            inbox->owner, [owner = inbox->owner, index, result] { owner->receive(index, result); }, Qt::QueuedConnection);
    };
    cache_->request(path_.toStdString(), frame, reply, channel_);
}

void ClipSource::receive(int frame, core::Result<std::shared_ptr<const media::VideoFrame>> result)
{
    const bool first_answer = frames_ == 0;
    if (const auto info = cache_->info(path_.toStdString())) frames_ = info->frames;
    if (first_answer && frames_ > 0) Q_EMIT opened();
    if (result) {
        last_ = *result;
        Q_EMIT picture_ready(frame);
    } else if (result.error().kind != core::ErrorKind::cancelled) {
        Q_EMIT failed(QString::fromStdString(result.error().message));
    }
}

}  // namespace kinora::ui
