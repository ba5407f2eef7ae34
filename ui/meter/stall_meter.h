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
    std::chrono::nanoseconds cpu{};       ///< of it, what this thread computed; the rest it waited or others had the core
    int events = 0;                       ///< that were handled in the pass
    QString what;                         ///< the event that took longest, and inside it the one that explains it
    std::chrono::nanoseconds what_took{};
};

/// Percentiles of all passes so far, in milliseconds.
struct StallFigures {
    std::uint64_t passes = 0;
    std::uint64_t stalls = 0;
    double p50 = 0;
    double p95 = 0;
    double p99 = 0;
    double worst = 0;
};

/// Measures how long the interface's thread is away from its event loop. It is told of every event that begins and ends and
/// of the loop's waiting; an event costs it two looks at the clock. A loop inside an event (a menu, a drag) counts by its
/// own passes, and what it waits for doesn't count. Belongs to one thread.
class StallMeter {
public:
    /// Where time comes from; tests bring their own.
    struct Clocks {
        std::chrono::nanoseconds (*wall)();
        std::chrono::nanoseconds (*cpu)();
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
    [[nodiscard]] double percentile(double part) const;
    [[nodiscard]] static QString words(const Frame& frame);

    Clocks clocks_;
    std::chrono::nanoseconds made_{};
    std::array<Frame, k_deepest> frames_;
    std::size_t depth_ = 0;
    bool running_ = false;
    int events_ = 0;
    std::chrono::nanoseconds slice_start_{};
    std::chrono::nanoseconds busy_{};
    std::chrono::nanoseconds cpu_start_{};
    std::chrono::nanoseconds cpu_{};
    Frame inner_;        ///< explains most of the outermost event that is handled now
    Frame worst_outer_;  ///< of this pass
    Frame worst_inner_;
    std::array<std::uint32_t, k_buckets> histogram_{};
    StallFigures figures_;
    std::chrono::nanoseconds interval_worst_{};
    std::deque<Stall> stalls_;
    std::function<void(const Stall&)> listener_;
};

}  // namespace kinora::ui
