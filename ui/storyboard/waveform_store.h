#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <memory>

#include "core/media/waveform.h"

namespace kinora::ui {

/// Waveforms of sound files: read on a thread of its own, kept in memory, least recently used ones go first. Lives on the UI
/// thread and never blocks it.
class WaveformStore : public QObject {
    Q_OBJECT

public:
    explicit WaveformStore(QObject* parent = nullptr, int files_kept = 64);
    ~WaveformStore() override;

    /// The waveform of a file; null until `changed(path)`, or if it can't be read.
    [[nodiscard]] std::shared_ptr<const media::Waveform> waveform(const QString& path);

Q_SIGNALS:
    void changed(const QString& path);

private:
    struct File {
        std::shared_ptr<const media::Waveform> waveform;
        quint64 used = 0;
    };
    class Worker;

    void receive(const QString& path, const std::shared_ptr<const media::Waveform>& waveform);

    QHash<QString, File> files_;
    quint64 uses_ = 0;
    int files_kept_;
    std::unique_ptr<Worker> worker_;
};

}  // namespace kinora::ui
