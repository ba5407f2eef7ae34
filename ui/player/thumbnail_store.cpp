#include "ui/player/thumbnail_store.h"

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "core/media/clip_reader.h"
#include "core/media/image_reader.h"
#include "core/media/thumbnails.h"
#include "ui/player/images.h"

namespace kinora::ui {

namespace {
constexpr int k_largest_height = 192;
constexpr int k_largest_width = 480;
constexpr std::size_t k_most_waiting = 200;
}  // namespace

/// Takes the newest request first: that is what has just come into view.
class ThumbnailStore::Worker {
public:
    explicit Worker(ThumbnailStore* store) : store_(store), thread_([this](std::stop_token stop) { run(stop); }) {}

    void ask(const QString& path)
    {
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_front(path);
            // What was passed by long ago in a quick scroll isn't decoded any more; it is asked for again when it comes
            // back.
            if (waiting_.size() > k_most_waiting) {
                drop(waiting_.back());
                waiting_.pop_back();
            }
        }
        wake_.notify_one();
    }

private:
    void run(std::stop_token stop)
    {
        for (;;) {
            QString path;
            {
                std::unique_lock lock(mutex_);
                if (!wake_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
                path = waiting_.front();
                waiting_.pop_front();
            }
            read(path, stop);
        }
    }

    void read(const QString& path, const std::stop_token& stop)
    {
        auto reader = media::ClipReader::open(path.toStdString(), stop);
        if (!reader) return read_still(path);
        const int frames = (*reader)->info().frames;
        const int count = std::min(frames, k_pictures_per_clip);
        QVector<QImage> pictures;
        for (int index = 0; index < count && !stop.stop_requested(); ++index) {
            const auto at = count > 1 ? static_cast<int>(std::int64_t{index} * (frames - 1) / (count - 1)) : 0;
            const auto frame = (*reader)->frame(at);
            if (!frame) continue;
            const auto small = media::shrink((*frame)->picture, k_largest_width, k_largest_height);
            if (small) pictures.push_back(image_of(*small));
            if (index == 0) deliver(path, frames, pictures);  // something to look at while the rest is decoded
        }
        if (!stop.stop_requested()) deliver(path, frames, pictures);
    }

    void read_still(const QString& path)
    {
        const auto picture = media::read_image(path.toStdString());
        if (!picture) return;
        const auto small = media::filmstrip(*picture, 1, k_largest_width, k_largest_height);
        if (small && !small->empty()) deliver(path, 1, {image_of(small->front())});
    }

    void drop(const QString& path)
    {
        QMetaObject::invokeMethod(
            store_, [store = store_, path] { store->clips_.remove(path); }, Qt::QueuedConnection);
    }

    void deliver(const QString& path, int frames, const QVector<QImage>& pictures)
    {
        // The store outlives this thread, and its destruction drops what is still queued.
        QMetaObject::invokeMethod(
            store_, [store = store_, path, frames, pictures] { store->receive(path, frames, pictures); },
            Qt::QueuedConnection);
    }

    ThumbnailStore* store_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<QString> waiting_;
    std::jthread thread_;
};

ThumbnailStore::ThumbnailStore(QObject* parent, int clips_kept)
    : QObject(parent), clips_kept_(clips_kept), worker_(std::make_unique<Worker>(this))
{
}

ThumbnailStore::~ThumbnailStore() = default;

QImage ThumbnailStore::picture(const QString& path, int frame, int height)
{
    if (path.isEmpty() || height < 1) return {};
    auto found = clips_.find(path);
    if (found == clips_.end()) {
        drop_least_used();
        found = clips_.insert(path, Clip{});
        worker_->ask(path);
    }
    Clip& clip = *found;
    clip.used = ++uses_;
    if (clip.pictures.isEmpty()) return {};
    auto& scaled = clip.by_height[height];
    scaled.resize(clip.pictures.size());
    const double place = clip.frames > 1 ? static_cast<double>(frame) / (clip.frames - 1) : 0;
    const auto index = std::clamp<qsizetype>(std::lround(place * (clip.pictures.size() - 1)), 0, clip.pictures.size() - 1);
    if (scaled[index].isNull()) {
        const QImage& large = clip.pictures[index];
        scaled[index] = large.height() > height ? large.scaledToHeight(height, Qt::SmoothTransformation) : large;
    }
    return scaled[index];
}

double ThumbnailStore::aspect(const QString& path) const
{
    const auto found = clips_.constFind(path);
    if (found == clips_.constEnd() || found->pictures.isEmpty()) return 16.0 / 9;
    return static_cast<double>(found->pictures.front().width()) / found->pictures.front().height();
}

void ThumbnailStore::forget(const QString& path)
{
    if (clips_.remove(path) > 0) Q_EMIT changed(path);
}

void ThumbnailStore::receive(const QString& path, int frames, const QVector<QImage>& pictures)
{
    const auto found = clips_.find(path);
    if (found == clips_.end()) return;
    found->frames = frames;
    found->pictures = pictures;
    found->by_height.clear();
    Q_EMIT changed(path);
}

void ThumbnailStore::drop_least_used()
{
    if (clips_.size() < clips_kept_) return;
    const auto oldest = std::min_element(clips_.begin(), clips_.end(),
                                         [](const Clip& left, const Clip& right) { return left.used < right.used; });
    clips_.erase(oldest);
}

}  // namespace kinora::ui
