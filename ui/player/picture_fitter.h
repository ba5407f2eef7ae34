#pragma once

#include <QObject>
#include <QRect>
#include <QVector>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "ui/player/canvas_scene.h"
#include "ui/player/resample.h"

namespace kinora::ui {

/// A scene and where its pictures shall lie, in device pixels.
struct FitJob {
    CanvasScene scene;
    QVector<QRectF> areas;  ///< one a pane: the whole stage
    QVector<QRect> seen;    ///< the part of it that is on screen
    Filter filter = Filter::fine;

    /// The answer to one of them can stand on the screen where the other is asked for.
    [[nodiscard]] bool same_place_as(const FitJob& other) const
    {
        return areas == other.areas && seen == other.seen && scene.shown_compare() == other.scene.shown_compare();
    }
    /// The answers are the same.
    [[nodiscard]] bool same_as(const FitJob& other) const
    {
        return same_place_as(other) && filter == other.filter && scene.picture.same_as(other.scene.picture) &&
               scene.other.cacheKey() == other.scene.other.cacheKey() && scene.stage == other.scene.stage;
    }
};

/// Pictures at the very size that they are shown, RGB32: only to be copied onto the screen.
struct FittedScene {
    FitJob job;
    /// Wipe: A and B, both over `seen[0]`. Side by side: one a pane. Otherwise one.
    QVector<QImage> pictures;
};

/// Carries out a job here and now. Not for the UI thread.
[[nodiscard]] FittedScene fit_scene(const FitJob& job);

/// A mix as one picture of the stage's size, RGB32.
[[nodiscard]] QImage flatten(const MixedPicture& picture, QSize stage);

/// Fits scenes on a thread of its own; the newest job wins.
class PictureFitter : public QObject {
    Q_OBJECT

public:
    explicit PictureFitter(QObject* parent = nullptr);
    ~PictureFitter() override;

    void request(const FitJob& job);
    /// A job is waiting or under way, or its answer not taken yet.
    [[nodiscard]] bool busy() const { return asked_ != answered_; }

Q_SIGNALS:
    void fitted(const kinora::ui::FittedScene& scene);

private:
    void run(const std::stop_token& stop);

    quint64 asked_ = 0;     // number of the newest job; the UI thread's
    quint64 answered_ = 0;  // and of the newest answer
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::optional<FitJob> waiting_;  // guarded by mutex_
    quint64 waiting_number_ = 0;     // guarded by mutex_
    std::jthread thread_;            // last: it stops before the rest goes
};

}  // namespace kinora::ui
