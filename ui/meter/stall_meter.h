#pragma once

#include <QEvent>
#include <QMetaObject>
#include <QString>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>

namespace kinora::ui {

/// One pass of the event loop that took too long: from the moment it had something to do until it could wait again.
struct Stall {
    std::chrono::nanoseconds at{};        ///< end of the pass, since the meter was made
    std::chrono::nanoseconds duration{};  ///< how long the interface answered nothing
    std::chrono::nanoseconds cpu{};       ///< of it, what this thread computed
    std::chrono::nanoseconds queued{};    ///< of it, when this thread could have gone on but others had the processors
    std::chrono::nanoseconds waited{};    ///< of it, when this thread waited for somebody: a lock, a disk, the X server
    int events = 0;                       ///< that were handled in the pass
    QString what;                         ///< the event that took longest, and inside it the one that explains it
    std::chrono::nanoseconds what_took{};
};

/// What a thread has used up so far.
struct ThreadTimes {
    std::chrono::nanoseconds computed{};
    std::chrono::nanoseconds queued{};  ///< ready to run while others had the processors; zero where the system doesn't tell
    std::int64_t waits = 0;             ///< times that it gave its processor away to wait for something
};

/// Percentiles of all passes so far, in milliseconds.
struct StallFigures {
    std::uint64_t passes = 0;
    std::uint64_t stalls = 0;
    double p50 = 0;
    double p95 = 0;
    double p99 = 0;
    double worst = 0;
    // The same without the time in which others had the processors: what is left is this program's own doing, also on a
    // machine that is too busy.
    std::uint64_t own_stalls = 0;
    double own_p99 = 0;
    double own_worst = 0;
};

/// Measures how long the interface's thread is away from its event loop. It is told of every event that begins and ends and
/// of the loop's waiting; an event costs it two looks at the clock, a pass two at what the thread used up. A loop inside an
/// event (a menu, a drag) counts by its own passes, and what it waits for doesn't count. Belongs to one thread.
class StallMeter {
public:
    /// Where time comes from; tests bring their own.
    struct Clocks {
        std::chrono::nanoseconds (*wall)();
        ThreadTimes (*used)();
    };
    /// A picture each sixtieth of a second: what takes longer is seen.
    static constexpr std::chrono::milliseconds k_limit{16};
    static constexpr std::size_t k_stalls_kept = 64;

    StallMeter();
    explicit StallMeter(const Clocks& clocks);

    /// An event begins; `holder` is the class of the receiver's parent, null if it has none.
    void enter(const QMetaObject* receiver, const QMetaObject* holder, QEvent::Type type);
    void leave();
    /// The loop is about to wait for something to do.
    void idle();
    /// The loop has handled what there was, or has ended.
    void awake();

    [[nodiscard]] StallFigures figures() const;
    /// The newest last.
    [[nodiscard]] const std::deque<Stall>& stalls() const { return stalls_; }
    /// The longest pass since this was asked the last time.
    [[nodiscard]] std::chrono::nanoseconds take_worst();
    /// Called at the end of a pass that was a stall, outside of what is measured.
    void set_listener(std::function<void(const Stall&)> listener) { listener_ = std::move(listener); }
    /// Begins anew.
    void reset();

private:
    struct Frame {
        const QMetaObject* receiver = nullptr;
        const QMetaObject* holder = nullptr;
        QEvent::Type type = QEvent::None;
        std::chrono::nanoseconds start{};
        std::chrono::nanoseconds took{};
    };
    static constexpr std::size_t k_deepest = 32;
    static constexpr std::size_t k_buckets = 2400;  // of a twentieth of a millisecond

    void begin(std::chrono::nanoseconds now);
    void end(std::chrono::nanoseconds now);
    void finish_pass(std::chrono::nanoseconds now);
    void blame(Frame frame, std::chrono::nanoseconds now);
    static constexpr double k_buckets_per_millisecond = 20;
    /// Passes by their length.
    struct Histogram {
        void add(double milliseconds);
        [[nodiscard]] double percentile(double part) const;
        std::array<std::uint32_t, k_buckets> buckets{};
        std::uint64_t passes = 0;
        double worst = 0;
    };
    [[nodiscard]] static QString words(const Frame& frame);

    Clocks clocks_;
    std::chrono::nanoseconds made_{};
    std::array<Frame, k_deepest> frames_;
    std::size_t depth_ = 0;
    bool running_ = false;
    int events_ = 0;
    std::chrono::nanoseconds slice_start_{};
    std::chrono::nanoseconds busy_{};
    ThreadTimes used_start_;
    ThreadTimes used_;
    Frame inner_;        ///< explains most of the outermost event that is handled now
    Frame worst_outer_;  ///< of this pass
    Frame worst_inner_;
    Histogram wall_;
    Histogram own_;
    std::uint64_t stall_count_ = 0;
    std::uint64_t own_stall_count_ = 0;
    std::chrono::nanoseconds interval_worst_{};
    std::deque<Stall> stalls_;
    std::function<void(const Stall&)> listener_;
};

}  // namespace kinora::ui
