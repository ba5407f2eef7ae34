#pragma once

#include <QObject>
#include <QVector>
#include <memory>

#include "core/media/clip_cache.h"
#include "ui/player/canvas_scene.h"
#include "ui/player/clip_source.h"

class QMenu;

namespace kinora::ui {

/// A take that the player can show.
struct TakeChoice {
    QString id;
    QString name;  ///< "Take 3"
    QString path;
    core::FrameRate rate;
    friend bool operator==(const TakeChoice&, const TakeChoice&) = default;
};

/// The second take of a comparison: which one, how it is looked at, its pictures beside those of the first.
class PlayerCompare : public QObject {
    Q_OBJECT

public:
    PlayerCompare(std::shared_ptr<media::ClipCache> cache, std::shared_ptr<ThumbnailStore> thumbnails, QObject* parent);

    /// The takes of the shot, oldest first, and the path of the one that the player shows (A). B stays if it is among them.
    void set_takes(const QVector<TakeChoice>& takes);
    void set_first(const QString& path);
    [[nodiscard]] bool possible() const { return takes_.size() > 1; }

    /// Without a choice so far, B is the take that was A before, else the newest other one.
    void set_on(bool on);
    /// Compares with this take.
    void choose(const QString& id);
    void set_mode(CompareMode mode);
    void next_mode();
    void swap();

    [[nodiscard]] bool on() const { return on_ && source_ != nullptr; }
    /// Off when no comparison runs.
    [[nodiscard]] CompareMode mode() const { return on() ? mode_ : CompareMode::off; }
    [[nodiscard]] CompareMode chosen_mode() const { return mode_; }
    /// B is drawn where A would be.
    [[nodiscard]] bool swapped() const { return swapped_; }
    [[nodiscard]] QString first_name() const;
    [[nodiscard]] QString second_name() const;
    [[nodiscard]] QString second_id() const { return second_; }
    [[nodiscard]] const QVector<TakeChoice>& takes() const { return takes_; }
    /// B's picture at the time of A's frame; null while it isn't decoded (`picture_ready` follows) or nothing is compared.
    [[nodiscard]] QImage picture(int frame, core::FrameRate rate);
    void look_ahead(int frame, core::FrameRate rate, double speed);
    /// One entry a take to compare with.
    void fill_menu(QMenu* menu);

Q_SIGNALS:
    void changed();
    void picture_ready();
    void failed(const QString& reason);

private:
    [[nodiscard]] const TakeChoice* find(const QString& id) const;
    [[nodiscard]] int frame_of(int frame, core::FrameRate rate) const;
    void pick();
    void open();

    std::shared_ptr<media::ClipCache> cache_;
    std::shared_ptr<ThumbnailStore> thumbnails_;
    QVector<TakeChoice> takes_;
    QString first_path_;
    QString before_;  // the take that was A before
    QString second_;  // id of B; empty: not chosen
    std::unique_ptr<ClipSource> source_;
    QString opened_;  // the path that `source_` reads
    CompareMode mode_ = CompareMode::wipe;
    bool on_ = false;
    bool swapped_ = false;
};

}  // namespace kinora::ui
