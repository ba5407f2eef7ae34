#include "ui/storyboard/waveform_store.h"

#include <QDir>
#include <QStandardPaths>
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "core/base/paths.h"
#include "core/base/thread_priority.h"

namespace kinora::ui {

/// Takes the newest request first: that is what has just come into view.
class WaveformStore::Worker {
public:
    explicit Worker(WaveformStore* store)
        : store_(store),
          folder_(core::path_from_utf8(QDir(QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation))
                                           .filePath(QStringLiteral("kinora/waveforms"))
                                           .toStdString())),
          thread_([this](std::stop_token stop) { run(stop); })
    {
    }

    void ask(const QString& path)
    {
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_front(path);
        }
        wake_.notify_one();
    }

private:
    void run(std::stop_token stop)
    {
        core::give_way(core::Urgency::long_work);
        for (;;) {
            QString path;
            {
                std::unique_lock lock(mutex_);
                if (!wake_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
                path = waiting_.front();
                waiting_.pop_front();
            }
            const auto made = media::cached_waveform(core::path_from_utf8(path.toStdString()), folder_, stop);
            if (!made || stop.stop_requested()) continue;
            auto shared = std::make_shared<const media::Waveform>(*made);
            // The store outlives this thread, and its destruction drops what is still queued.
            QMetaObject::invokeMethod(
                store_, [store = store_, path, shared] { store->receive(path, shared); }, Qt::QueuedConnection);
        }
    }

    WaveformStore* store_;
    std::filesystem::path folder_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<QString> waiting_;
    std::jthread thread_;
};

WaveformStore::WaveformStore(QObject* parent, int files_kept)
    : QObject(parent), files_kept_(files_kept), worker_(std::make_unique<Worker>(this))
{
}

WaveformStore::~WaveformStore() = default;

std::shared_ptr<const media::Waveform> WaveformStore::waveform(const QString& path)
{
    if (path.isEmpty()) return nullptr;
    auto found = files_.find(path);
    if (found == files_.end()) {
        if (files_.size() >= files_kept_) {
            files_.erase(std::min_element(files_.begin(), files_.end(),
                                          [](const File& left, const File& right) { return left.used < right.used; }));
        }
        found = files_.insert(path, File{});
        worker_->ask(path);
    }
    found->used = ++uses_;
    return found->waveform;
}

void WaveformStore::receive(const QString& path, const std::shared_ptr<const media::Waveform>& waveform)
{
    const auto found = files_.find(path);
    if (found == files_.end()) return;
    found->waveform = waveform;
    Q_EMIT changed(path);
}

}  // namespace kinora::ui
