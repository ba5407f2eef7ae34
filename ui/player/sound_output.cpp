#include "ui/player/sound_output.h"

#include <QAudioFormat>
#include <QAudioSink>
#include <QIODevice>
#include <QMediaDevices>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>

namespace kinora::ui {

std::int64_t monotonic_now()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void read_course(SoundSource& source, const SoundCourse& course, std::int64_t played, std::span<float> stereo)
{
    while (!stereo.empty()) {
        const std::int64_t sample = course.source_sample(played);
        const auto wanted = static_cast<std::int64_t>(stereo.size() / 2);
        const std::int64_t run = std::min(wanted, course.run_length(played));
        const auto part = stereo.first(static_cast<std::size_t>(run) * 2);
        if (sample < 0)
            std::fill(part.begin(), part.end(), 0.0F);
        else
            source.read(sample, part);
        stereo = stereo.subspan(part.size());
        played += run;
    }
}

namespace {

/// What the device pulls from: the samples of a course, one after the other.
class CourseStream : public QIODevice {
public:
    CourseStream(std::shared_ptr<SoundSource> source, const SoundCourse& course, bool floats)
        : source_(std::move(source)), course_(course), floats_(floats)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    [[nodiscard]] qint64 bytesAvailable() const override { return qint64{1} << 30; }
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] std::int64_t given() const { return given_; }
    [[nodiscard]] int sample_bytes() const { return floats_ ? 8 : 4; }

protected:
    qint64 readData(char* data, qint64 size) override
    {
        const std::int64_t count = size / sample_bytes();
        buffer_.resize(static_cast<std::size_t>(count) * 2);
        read_course(*source_, course_, given_, buffer_);
        given_ += count;
        for (float& value : buffer_)
            value = std::clamp(value, -1.0F, 1.0F);  // a sum of tracks may be louder than a device can be
        if (floats_) {
            std::memcpy(data, buffer_.data(), buffer_.size() * sizeof(float));
        } else {
            for (std::size_t i = 0; i < buffer_.size(); ++i) {
                const auto value = static_cast<std::int16_t>(std::lround(buffer_[i] * 32767.0F));
                std::memcpy(data + i * sizeof value, &value, sizeof value);
            }
        }
        return count * sample_bytes();
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    std::shared_ptr<SoundSource> source_;
    SoundCourse course_;
    bool floats_;
    std::int64_t given_ = 0;
    std::vector<float> buffer_;
};

}  // namespace

class DeviceOutput::Worker : public QObject {
public:
    explicit Worker(DeviceOutput* owner) : owner_(owner), timer_(this)
    {
        timer_.setInterval(20);
        connect(&timer_, &QTimer::timeout, this, &Worker::report);
    }

    void begin(std::shared_ptr<SoundSource> source, const SoundCourse& course, quint64 run)
    {
        end();
        const QAudioDevice device = QMediaDevices::defaultAudioOutput();
        QAudioFormat format;
        format.setSampleRate(SoundSource::k_rate);
        format.setChannelCount(2);
        format.setSampleFormat(QAudioFormat::Float);
        if (!device.isFormatSupported(format)) format.setSampleFormat(QAudioFormat::Int16);
        if (device.isNull() || !device.isFormatSupported(format)) return give_up();
        stream_ = std::make_unique<CourseStream>(std::move(source), course, format.sampleFormat() == QAudioFormat::Float);
        sink_ = std::make_unique<QAudioSink>(device, format);
        sink_->setBufferSize(format.bytesForDuration(100'000));
        run_ = run;
        sink_->start(stream_.get());
        if (sink_->error() != QAudio::NoError) return give_up();
        timer_.start();
    }

    void end()
    {
        timer_.stop();
        if (sink_) sink_->reset();
        sink_.reset();
        stream_.reset();
    }

private:
    void give_up()
    {
        end();
        QMetaObject::invokeMethod(
            owner_, [owner = owner_] { Q_EMIT owner->failed(); }, Qt::QueuedConnection);
    }

    void report()
    {
        if (!sink_) return;
        const bool broken =
            sink_->error() == QAudio::OpenError || sink_->error() == QAudio::FatalError || sink_->error() == QAudio::IOError;
        if (broken) return give_up();
        const auto buffered = static_cast<std::int64_t>(sink_->bufferSize()) - sink_->bytesFree();
        const std::int64_t samples = std::max<std::int64_t>(0, stream_->given() - buffered / stream_->sample_bytes());
        const std::int64_t now = monotonic_now();
        QMetaObject::invokeMethod(
            owner_, [owner = owner_, run = run_, samples, now] { Q_EMIT owner->heard(run, samples, now); },
            Qt::QueuedConnection);
    }

    DeviceOutput* owner_;
    std::unique_ptr<CourseStream> stream_;
    std::unique_ptr<QAudioSink> sink_;
    QTimer timer_;
    quint64 run_ = 0;
};

DeviceOutput::DeviceOutput(QObject* parent) : SoundOutput(parent), worker_(new Worker(this))
{
    worker_->moveToThread(&thread_);
    connect(&thread_, &QThread::finished, worker_, &QObject::deleteLater);
    thread_.setObjectName(QStringLiteral("sound"));
    thread_.start(QThread::TimeCriticalPriority);
}

DeviceOutput::~DeviceOutput()
{
    QMetaObject::invokeMethod(
        worker_, [worker = worker_] { worker->end(); }, Qt::BlockingQueuedConnection);
    thread_.quit();
    thread_.wait();
}

void DeviceOutput::start(std::shared_ptr<SoundSource> source, const SoundCourse& course, quint64 run)
{
    QMetaObject::invokeMethod(
        worker_, [worker = worker_, source = std::move(source), course, run] { worker->begin(source, course, run); },
        Qt::QueuedConnection);
}

void DeviceOutput::stop()
{
    QMetaObject::invokeMethod(
        worker_, [worker = worker_] { worker->end(); }, Qt::QueuedConnection);
}

void NullOutput::start(std::shared_ptr<SoundSource> source, const SoundCourse& course, quint64 run)
{
    source_ = std::move(source);
    course_ = course;
    run_ = run;
    started_ = -1;
    taken_ = 0;
}

void NullOutput::advance(std::int64_t now)
{
    if (!source_) return;
    if (started_ < 0) started_ = now;
    const std::int64_t wanted = due(now);
    while (taken_ < wanted) {
        const std::int64_t count = std::min<std::int64_t>(wanted - taken_, 4096);
        buffer_.resize(static_cast<std::size_t>(count) * 2);
        read_course(*source_, course_, taken_, buffer_);
        taken_ += count;
    }
    Q_EMIT heard(run_, taken_, now);
}

std::unique_ptr<SoundOutput> make_sound_output()
{
    if (qEnvironmentVariable("KINORA_SOUND") == QLatin1String("off")) return nullptr;
    if (QMediaDevices::defaultAudioOutput().isNull()) return nullptr;
    return std::make_unique<DeviceOutput>();
}

}  // namespace kinora::ui
