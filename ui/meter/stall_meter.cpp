#include "ui/meter/stall_meter.h"

#include <QMetaEnum>
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <utility>

#ifdef __linux__
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace kinora::ui {

namespace {

using std::chrono::nanoseconds;

nanoseconds steady_now()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

#ifdef __linux__
/// What the kernel says of the thread that asks first: nanoseconds run, nanoseconds in the queue, turns.
class QueueTime {
public:
    QueueTime() : file_(::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC)) {}
    ~QueueTime()
    {
        if (file_ >= 0) ::close(file_);
    }
    QueueTime(const QueueTime&) = delete;
    QueueTime& operator=(const QueueTime&) = delete;

    [[nodiscard]] nanoseconds read() const
    {
        std::array<char, 96> text{};
        if (file_ < 0 || ::pread(file_, text.data(), text.size() - 1, 0) <= 0) return {};
        const char* second = std::strchr(text.data(), ' ');
        return nanoseconds(second != nullptr ? std::strtoll(second, nullptr, 10) : 0);
    }

private:
    int file_;
};
#endif

ThreadTimes thread_times()
{
    ThreadTimes times;
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    times.computed = std::chrono::seconds(time.tv_sec) + nanoseconds(time.tv_nsec);
#ifdef __linux__
    thread_local const QueueTime queue;
    times.queued = queue.read();
    rusage usage{};
    if (getrusage(RUSAGE_THREAD, &usage) == 0) times.waits = usage.ru_nvcsw;
#endif
    return times;
}

double milliseconds(nanoseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

}  // namespace

StallMeter::StallMeter() : StallMeter(Clocks{&steady_now, &thread_times}) {}

StallMeter::StallMeter(const Clocks& clocks) : clocks_(clocks), made_(clocks.wall()) {}

void StallMeter::begin(nanoseconds now)
{
    running_ = true;
    slice_start_ = now;
    used_start_ = clocks_.used();
}

void StallMeter::end(nanoseconds now)
{
    if (!running_) return;
    running_ = false;
    busy_ += now - slice_start_;
    const ThreadTimes used = clocks_.used();
    used_.computed += used.computed - used_start_.computed;
    used_.queued += used.queued - used_start_.queued;
    used_.waits += used.waits - used_start_.waits;
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
        busy_ = {};
        used_ = {};
        return;
    }
    // A thread that waited for nothing and didn't compute was kept from it, whatever the queue's clock says: processors are
    // taken away from virtual machines as well.
    const nanoseconds waited =
        used_.waits > 0 ? std::max(busy_ - used_.computed - used_.queued, nanoseconds{}) : nanoseconds{};
    const nanoseconds own = std::min(used_.computed + waited, busy_);
    wall_.add(milliseconds(busy_));
    own_.add(milliseconds(own));
    if (own > k_limit) ++own_stall_count_;
    interval_worst_ = std::max(interval_worst_, busy_);
    Stall stall;
    if (busy_ > k_limit) {
        const Frame& outer = worst_outer_.receiver != nullptr || inner_.receiver == nullptr ? worst_outer_ : inner_;
        stall = {now - made_, busy_, used_.computed, busy_ - own, waited, events_, words(outer), outer.took};
        if (worst_inner_.receiver != nullptr && worst_inner_.took * 2 > outer.took) {
            stall.what += QStringLiteral(" > ") + words(worst_inner_);
            stall.what_took = worst_inner_.took;
        }
        ++stall_count_;
        stalls_.push_back(stall);
        if (stalls_.size() > k_stalls_kept) stalls_.pop_front();
    }
    events_ = 0;
    busy_ = {};
    used_ = {};
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

void StallMeter::Histogram::add(double milliseconds)
{
    const auto bucket = static_cast<std::size_t>(milliseconds * k_buckets_per_millisecond);
    ++buckets[std::min(bucket, k_buckets - 1)];
    ++passes;
    worst = std::max(worst, milliseconds);
}

double StallMeter::Histogram::percentile(double part) const
{
    const auto wanted = static_cast<std::uint64_t>(part * static_cast<double>(passes));
    std::uint64_t seen = 0;
    for (std::size_t bucket = 0; bucket < k_buckets; ++bucket) {
        seen += buckets[bucket];
        if (seen > wanted) return std::min((static_cast<double>(bucket) + 0.5) / k_buckets_per_millisecond, worst);
    }
    return worst;
}

StallFigures StallMeter::figures() const
{
    return {wall_.passes,           stall_count_,           wall_.percentile(0.5),
            wall_.percentile(0.95), wall_.percentile(0.99), wall_.worst,
            own_stall_count_,       own_.percentile(0.99),  own_.worst};
}

nanoseconds StallMeter::take_worst()
{
    return std::exchange(interval_worst_, nanoseconds{});
}

void StallMeter::reset()
{
    wall_ = {};
    own_ = {};
    stall_count_ = own_stall_count_ = 0;
    interval_worst_ = {};
    stalls_.clear();
}

}  // namespace kinora::ui
