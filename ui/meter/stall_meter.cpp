#include "ui/meter/stall_meter.h"

#include <QMetaEnum>
#include <algorithm>
#include <cstring>
#include <ctime>
#include <utility>

namespace kinora::ui {

namespace {

using std::chrono::nanoseconds;

nanoseconds steady_now()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

nanoseconds thread_cpu_now()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + nanoseconds(time.tv_nsec);
}

double milliseconds(nanoseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

constexpr double k_buckets_per_millisecond = 20;

}  // namespace

StallMeter::StallMeter() : StallMeter(Clocks{&steady_now, &thread_cpu_now}) {}

StallMeter::StallMeter(const Clocks& clocks) : clocks_(clocks), made_(clocks.wall()) {}

void StallMeter::begin(nanoseconds now)
{
    running_ = true;
    slice_start_ = now;
    cpu_start_ = clocks_.cpu();
}

void StallMeter::end(nanoseconds now)
{
    if (!running_) return;
    running_ = false;
    busy_ += now - slice_start_;
    cpu_ += clocks_.cpu() - cpu_start_;
}

void StallMeter::enter(const QMetaObject* receiver, const QMetaObject* holder, QEvent::Type type)
{
    const nanoseconds now = clocks_.wall();
    if (!running_) begin(now);
    ++events_;
    if (depth_ < k_deepest) frames_[depth_] = {receiver, holder, type, now, {}};
    if (depth_++ == 0) inner_ = {};
}

void StallMeter::leave()
{
    if (depth_ == 0) return;
    const nanoseconds now = clocks_.wall();
    --depth_;
    if (depth_ < k_deepest) blame(frames_[depth_], now);
    if (depth_ == 0) end(now);
}

void StallMeter::blame(Frame frame, nanoseconds now)
{
    // What came before a loop inside this event belongs to passes that are over.
    frame.took = now - std::max(frame.start, slice_start_);
    if (depth_ > 0) {
        // Inner events end first; an outer one takes the blame only if the inner explains little of it.
        if (frame.took * 10 > inner_.took * 16) inner_ = frame;
        return;
    }
    if (frame.took <= worst_outer_.took) return;
    worst_outer_ = frame;
    worst_inner_ = std::exchange(inner_, {});
}

void StallMeter::idle()
{
    const nanoseconds now = clocks_.wall();
    if (running_ && depth_ > 0) blame(frames_[std::min(depth_, k_deepest) - 1], now);
    end(now);
    finish_pass(now);
}

void StallMeter::awake()
{
    idle();
    // Inside an event the loop has ended or goes round: the event is what runs.
    if (depth_ > 0) begin(clocks_.wall());
}

void StallMeter::finish_pass(nanoseconds now)
{
    if (events_ == 0 && busy_ < k_limit) {
        busy_ = cpu_ = {};
        return;
    }
    const double took = milliseconds(busy_);
    const auto bucket = static_cast<std::size_t>(took * k_buckets_per_millisecond);
    ++histogram_[std::min(bucket, k_buckets - 1)];
    ++figures_.passes;
    figures_.worst = std::max(figures_.worst, took);
    interval_worst_ = std::max(interval_worst_, busy_);
    Stall stall;
    if (busy_ > k_limit) {
        const Frame& outer = worst_outer_.receiver != nullptr || inner_.receiver == nullptr ? worst_outer_ : inner_;
        stall = {now - made_, busy_, cpu_, events_, words(outer), outer.took};
        if (worst_inner_.receiver != nullptr && worst_inner_.took * 2 > outer.took) {
            stall.what += QStringLiteral(" > ") + words(worst_inner_);
            stall.what_took = worst_inner_.took;
        }
        ++figures_.stalls;
        stalls_.push_back(stall);
        if (stalls_.size() > k_stalls_kept) stalls_.pop_front();
    }
    events_ = 0;
    busy_ = cpu_ = {};
    inner_ = worst_outer_ = worst_inner_ = {};
    if (stall.events > 0 && listener_) listener_(stall);
}

QString StallMeter::words(const Frame& frame)
{
    if (frame.receiver == nullptr) return QStringLiteral("what no event began");
    const char* type = QMetaEnum::fromType<QEvent::Type>().valueToKey(frame.type);
    QString text =
        type != nullptr ? QString::fromLatin1(type) : QStringLiteral("event %1").arg(static_cast<int>(frame.type));
    text += QLatin1Char(' ') + QString::fromLatin1(frame.receiver->className());
    // A bare QWidget or QTimer tells little without whose it is.
    if (frame.receiver->className()[0] == 'Q' && frame.holder != nullptr)
        text += QStringLiteral(" of ") + QString::fromLatin1(frame.holder->className());
    return text;
}

double StallMeter::percentile(double part) const
{
    const auto wanted = static_cast<std::uint64_t>(part * static_cast<double>(figures_.passes));
    std::uint64_t seen = 0;
    for (std::size_t bucket = 0; bucket < k_buckets; ++bucket) {
        seen += histogram_[bucket];
        if (seen > wanted) return std::min((static_cast<double>(bucket) + 0.5) / k_buckets_per_millisecond, figures_.worst);
    }
    return figures_.worst;
}

StallFigures StallMeter::figures() const
{
    StallFigures figures = figures_;
    figures.p50 = percentile(0.5);
    figures.p95 = percentile(0.95);
    figures.p99 = percentile(0.99);
    return figures;
}

nanoseconds StallMeter::take_worst()
{
    return std::exchange(interval_worst_, nanoseconds{});
}

void StallMeter::reset()
{
    histogram_ = {};
    figures_ = {};
    interval_worst_ = {};
    stalls_.clear();
}

}  // namespace kinora::ui
