#pragma once

#include <QObject>
#include <QThread>
#include <functional>
#include <memory>
#include <vector>

#include "ui/player/sound_course.h"
#include "ui/player/sound_source.h"

namespace kinora::ui {

/// Nanoseconds of the monotonic clock, the same on every thread.
[[nodiscard]] std::int64_t monotonic_now();

/// Where sound goes. Lives on the UI thread; reading and playing happen elsewhere.
class SoundOutput : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Plays from now on. `run` is told again with every report, so that one of a run before is known as such.
    virtual void start(std::shared_ptr<SoundSource> source, const SoundCourse& course, quint64 run) = 0;
    virtual void stop() = 0;

Q_SIGNALS:
    /// So many samples were heard since the start of that run, at the moment `now`.
    void heard(quint64 run, qint64 samples, qint64 now);
    /// The device went away or refuses to play.
    void failed();
};

/// Fills `stereo` with the `played`-th sample of a course and those after it; silence past its end.
void read_course(SoundSource& source, const SoundCourse& course, std::int64_t played, std::span<float> stereo);

/// The machine's audio device, fed on a thread of its own: a busy window doesn't make it stutter.
class DeviceOutput : public SoundOutput {
    Q_OBJECT

public:
    explicit DeviceOutput(QObject* parent = nullptr);
    ~DeviceOutput() override;
    void start(std::shared_ptr<SoundSource> source, const SoundCourse& course, quint64 run) override;
    void stop() override;

private:
    class Worker;
    QThread thread_;
    Worker* worker_;  // lives on the thread and is deleted there
};

/// A device that nobody hears: takes samples at the pace of the clock it is given, a little too fast or too slow if asked,
/// as real devices are. For tests and benches.
class NullOutput : public SoundOutput {
    Q_OBJECT

public:
    explicit NullOutput(double pace = 1, QObject* parent = nullptr) : SoundOutput(parent), pace_(pace) {}
    void start(std::shared_ptr<SoundSource> source, const SoundCourse& course, quint64 run) override;
    void stop() override { source_.reset(); }
    /// Time passed to `now`: takes what was due since, and reports.
    void advance(std::int64_t now);
    [[nodiscard]] bool running() const { return source_ != nullptr; }
    /// The sample of the source that is heard at a moment, between reports too; -1 before the first.
    [[nodiscard]] std::int64_t sample_at(std::int64_t now) const
    {
        return started_ < 0 ? -1 : course_.source_sample(due(now));
    }
    /// The last sample of the source that was heard; -1 before the first.
    [[nodiscard]] std::int64_t last_sample() const { return taken_ > 0 ? course_.source_sample(taken_ - 1) : -1; }

private:
    [[nodiscard]] std::int64_t due(std::int64_t now) const
    {
        return static_cast<std::int64_t>(static_cast<double>(now - started_) * pace_ * SoundSource::k_rate / 1e9);
    }

    double pace_;
    std::shared_ptr<SoundSource> source_;
    SoundCourse course_;
    quint64 run_ = 0;
    std::int64_t started_ = -1;
    std::int64_t taken_ = 0;
    std::vector<float> buffer_;
};

/// The machine's device; null where there is none or KINORA_SOUND=off: then the clock on the wall is the clock.
[[nodiscard]] std::unique_ptr<SoundOutput> make_sound_output();

}  // namespace kinora::ui
