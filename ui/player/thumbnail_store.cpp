#include "ui/player/thumbnail_store.h"

#include <QFile>
#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "core/base/thread_priority.h"
#include "core/media/clip_reader.h"
#include "core/media/image_reader.h"
#include "core/media/thumbnails.h"
#include "ui/player/images.h"
#include "ui/player/resample.h"

namespace kinora::ui {

namespace {
constexpr int k_largest_height = 192;
constexpr int k_largest_width = 480;
constexpr std::size_t k_most_waiting = 200;
constexpr int k_largest_scaled = 480;
constexpr qsizetype k_heights_kept = 3;
/// What was asked for this recently is in view: dropped, it would be decoded again at once, and so on without end.
constexpr quint64 k_in_view = 4000;
}  // namespace

/// Takes the newest request first: that is what has just come into view.
class ThumbnailStore::Worker {
public:
    explicit Worker(ThumbnailStore* store) : store_(store), thread_([this](std::stop_token stop) { run(stop); }) {}

    /// Decodes a clip and gives its pictures in this height too; only the latter if the pictures are known.
    void ask(const QString& path, int height, const QVector<QImage>& pictures = {})
    {
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_front({path, height, pictures});
            // What was passed by long ago in a quick scroll isn't decoded any more; it is asked for again when it comes
            // back.
            if (waiting_.size() > k_most_waiting) {
                drop(waiting_.back().path);
                waiting_.pop_back();
            }
        }
        wake_.notify_one();
    }

private:
    struct Task {
        QString path;
        int height = 0;
        QVector<QImage> pictures;
    };

    void run(std::stop_token stop)
    {
        core::give_way(core::Urgency::long_work);
        for (;;) {
            Task task;
            {
                std::unique_lock lock(mutex_);
                if (!wake_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
                task = std::move(waiting_.front());
                waiting_.pop_front();
            }
            task.pictures.isEmpty() ? read(task, stop) : deliver(task, -1, task.pictures);
        }
    }

    void read(const Task& task, const std::stop_token& stop)
    {
        auto reader = media::ClipReader::open(task.path.toStdString(), stop);
        if (!reader) return read_still(task);
        const int frames = (*reader)->info().frames;
        const int count = std::min(frames, k_pictures_per_clip);
        QVector<QImage> pictures;
        for (int index = 0; index < count && !stop.stop_requested(); ++index) {
            const auto at = count > 1 ? static_cast<int>(std::int64_t{index} * (frames - 1) / (count - 1)) : 0;
            const auto frame = (*reader)->frame(at);
            if (!frame) continue;
            const auto small = media::shrink((*frame)->picture, k_largest_width, k_largest_height);
            if (small) pictures.push_back(image_of(*small));
            if (index == 0) deliver(task, frames, pictures);  // something to look at while the rest is decoded
        }
        if (!stop.stop_requested()) deliver(task, frames, pictures);
    }

    void read_still(const Task& task)
    {
        const auto picture = media::read_image(task.path.toStdString());
        if (!picture) return give_up(task.path);
        const auto small = media::filmstrip(*picture, 1, k_largest_width, k_largest_height);
        if (small && !small->empty()) deliver(task, 1, {image_of(small->front())});
    }

    void give_up(const QString& path)
    {
        const Trouble trouble = QFile::exists(path) ? Trouble::unreadable : Trouble::missing;
        QMetaObject::invokeMethod(
            store_, [store = store_, path, trouble] { store->fail(path, trouble); }, Qt::QueuedConnection);
    }

    void drop(const QString& path)
    {
        QMetaObject::invokeMethod(
            store_, [store = store_, path] { store->remove(path); }, Qt::QueuedConnection);
    }

    /// With the pictures as small as they are drawn: scaling a screenful of them would hold the screen up.
    void deliver(const Task& task, int frames, const QVector<QImage>& pictures)
    {
        QVector<QImage> scaled;
        for (const QImage& large : pictures) {
            if (large.isNull()) {
                scaled.push_back({});
                continue;
            }
            // Larger ones too (on a dense screen): enlarged at every paint they would cost ten times as much.
            const bool other = large.height() != task.height && task.height <= k_largest_scaled;
            const double scale = other ? static_cast<double>(task.height) / large.height() : 1;
            const QSize size(std::max(1, qRound(large.width() * scale)), other ? task.height : large.height());
            // As the screen has it: to be copied. Not by Qt, whose scaling asks for its pool of threads, behind a lock that
            // painting needs too: held by this thread, which gives way, it would hold the screen up.
            QImage small(size, QImage::Format_RGB32);
            resample(large, QRectF(large.rect()), small, Filter::fine);
            scaled.push_back(small);
        }
        // The store outlives this thread, and its destruction drops what is still queued.
        QMetaObject::invokeMethod(
            store_,
            [store = store_, path = task.path, height = task.height, frames, pictures, scaled] {
                store->receive(path, frames, pictures, height, scaled);
            },
            Qt::QueuedConnection);
    }

    ThumbnailStore* store_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<Task> waiting_;
    std::jthread thread_;
};

ThumbnailStore::ThumbnailStore(QObject* parent, int clips_kept, qsizetype budget)
    : QObject(parent), clips_kept_(clips_kept), budget_(budget), worker_(std::make_unique<Worker>(this))
{
}

ThumbnailStore::~ThumbnailStore() = default;

QImage ThumbnailStore::picture(const QString& path, int frame, int height)
{
    if (path.isEmpty() || height < 1) return {};
    auto found = clips_.find(path);
    if (found == clips_.end()) {
        drop_least_used(1);
        found = clips_.insert(path, Clip{});
        worker_->ask(path, height);
    }
    Clip& clip = *found;
    clip.used = ++uses_;
    if (clip.pictures.isEmpty()) return {};
    const double place = clip.frames > 1 ? static_cast<double>(frame) / (clip.frames - 1) : 0;
    const auto index = std::clamp<qsizetype>(std::lround(place * (clip.pictures.size() - 1)), 0, clip.pictures.size() - 1);
    auto scaled = clip.by_height.find(height);
    if (scaled == clip.by_height.end()) {
        // A window whose edge is dragged asks for many heights, one after the other.
        if (clip.by_height.size() >= k_heights_kept) clip.by_height.erase(clip.by_height.begin());
        scaled = clip.by_height.insert(height, {});
        worker_->ask(path, height, clip.pictures);
    }
    if (index < scaled->size()) return scaled->at(index);
    // Until it is there in this height, another one serves: what is drawn is scaled once more, for a moment.
    for (const QVector<QImage>& other : clip.by_height) {
        if (index < other.size()) return other[index];
    }
    return clip.pictures[index];
}

double ThumbnailStore::aspect(const QString& path) const
{
    const auto found = clips_.constFind(path);
    if (found == clips_.constEnd() || found->pictures.isEmpty()) return 16.0 / 9;
    return static_cast<double>(found->pictures.front().width()) / found->pictures.front().height();
}

ThumbnailStore::Trouble ThumbnailStore::trouble(const QString& path) const
{
    const auto found = clips_.constFind(path);
    return found == clips_.constEnd() ? Trouble::none : found->trouble;
}

void ThumbnailStore::fail(const QString& path, Trouble trouble)
{
    const auto found = clips_.find(path);
    if (found == clips_.end()) return;
    found->trouble = trouble;
    Q_EMIT changed(path);
}

void ThumbnailStore::forget(const QString& path)
{
    if (!clips_.contains(path)) return;
    remove(path);
    Q_EMIT changed(path);
}

void ThumbnailStore::look_again()
{
    QStringList failed;
    for (auto clip = clips_.cbegin(); clip != clips_.cend(); ++clip)
        if (clip->trouble != Trouble::none) failed.append(clip.key());
    for (const QString& path : failed)
        forget(path);
}

void ThumbnailStore::receive(const QString& path, int frames, const QVector<QImage>& pictures, int height,
                             const QVector<QImage>& scaled)
{
    const auto found = clips_.find(path);
    if (found == clips_.end()) return;
    if (frames >= 0) {
        found->frames = frames;
        found->pictures = pictures;
        found->by_height.clear();
    } else if (scaled.size() != found->pictures.size()) {
        return;  // of pictures that have been replaced since
    }
    found->by_height[height] = scaled;
    weigh(*found);
    drop_least_used(0);
    Q_EMIT changed(path);
}

void ThumbnailStore::weigh(Clip& clip)
{
    qsizetype bytes = 0;
    for (const QImage& picture : clip.pictures)
        bytes += picture.sizeInBytes();
    for (const QVector<QImage>& scaled : clip.by_height)
        for (const QImage& picture : scaled)
            bytes += picture.sizeInBytes();
    bytes_ += bytes - std::exchange(clip.bytes, bytes);
}

void ThumbnailStore::remove(const QString& path)
{
    const auto found = clips_.find(path);
    if (found == clips_.end()) return;
    bytes_ -= found->bytes;
    clips_.erase(found);
}

void ThumbnailStore::set_budget(qsizetype bytes)
{
    budget_ = bytes;
    drop_least_used(0);
}

void ThumbnailStore::drop_least_used(int room)
{
    while (!clips_.isEmpty() && (clips_.size() + room > clips_kept_ || bytes_ > budget_)) {
        const auto oldest = std::min_element(clips_.begin(), clips_.end(),
                                             [](const Clip& left, const Clip& right) { return left.used < right.used; });
        if (uses_ - oldest->used < k_in_view) return;
        bytes_ -= oldest->bytes;
        clips_.erase(oldest);
    }
}

}  // namespace kinora::ui
