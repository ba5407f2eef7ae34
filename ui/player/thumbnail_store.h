#pragma once

#include <QHash>
#include <QImage>
#include <QObject>
#include <QString>
#include <QVector>
#include <memory>

namespace kinora::ui {

/// Small pictures of clips for filmstrips: decoded on a thread of its own, kept in memory, least recently used clips go
/// first. Lives on the UI thread and never blocks it.
class ThumbnailStore : public QObject {
    Q_OBJECT

public:
    /// Pictures kept of one clip, spread evenly over it.
    static constexpr int k_pictures_per_clip = 16;

    /// Memory for pictures that aren't in view; what is drawn now is kept whatever it takes.
    static constexpr qsizetype k_budget = qsizetype{384} << 20;

    explicit ThumbnailStore(QObject* parent = nullptr, int clips_kept = 200, qsizetype budget = k_budget);
    ~ThumbnailStore() override;

    /// The kept picture nearest to `frame`, `height` device pixels high; null until `changed(path)`, or if the clip can't
    /// be read. The newest clip asked for is decoded first.
    [[nodiscard]] QImage picture(const QString& path, int frame, int height);
    /// Width by height of the clip's pictures, 16:9 until it is known.
    [[nodiscard]] double aspect(const QString& path) const;
    /// Why there are no pictures of a clip that was asked for: nothing as long as that isn't known.
    enum class Trouble { none, missing, unreadable };
    [[nodiscard]] Trouble trouble(const QString& path) const;
    /// The file was written anew or is gone.
    void forget(const QString& path);
    /// Files were put in place: what couldn't be shown is looked at again.
    void look_again();
    void set_budget(qsizetype bytes);
    [[nodiscard]] qsizetype budget() const { return budget_; }
    /// Bytes of all pictures kept.
    [[nodiscard]] qsizetype used_bytes() const { return bytes_; }

Q_SIGNALS:
    void changed(const QString& path);

private:
    struct Clip {
        int frames = 0;
        QVector<QImage> pictures;
        QHash<int, QVector<QImage>> by_height;
        quint64 used = 0;
        qsizetype bytes = 0;
        Trouble trouble = Trouble::none;
    };
    class Worker;

    /// `frames` below 0: the pictures are known, `scaled` are new.
    void receive(const QString& path, int frames, const QVector<QImage>& pictures, int height,
                 const QVector<QImage>& scaled);
    void fail(const QString& path, Trouble trouble);
    void weigh(Clip& clip);
    void remove(const QString& path);
    void drop_least_used(int room);

    QHash<QString, Clip> clips_;
    quint64 uses_ = 0;
    int clips_kept_;
    qsizetype budget_;
    qsizetype bytes_ = 0;
    std::unique_ptr<Worker> worker_;
};

}  // namespace kinora::ui
