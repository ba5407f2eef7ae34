#pragma once

#include <chrono>
#include <functional>
#include <optional>

namespace kinora::core {

/// When to save: `quiet` after the last change, but at most `longest` after the first one that isn't saved yet. Has no timer
/// of its own: the interface asks `due()` when its timer fires, set for `next_due()`. The clock is injected for tests.
/// Not thread-safe.
class AutosavePolicy {
public:
    using Clock = std::chrono::steady_clock;
    struct Options {
        std::chrono::milliseconds quiet{500};
        std::chrono::milliseconds longest{1500};
        std::chrono::milliseconds retry{5000};  ///< wait after a save that failed
    };

    AutosavePolicy() : AutosavePolicy(Options(), &Clock::now) {}
    AutosavePolicy(Options options, std::function<Clock::time_point()> now);

    /// The document changed.
    void changed();
    /// A save is starting: what changes from now on needs another one.
    void save_started();
    /// The save that started last is over.
    void save_finished(bool succeeded);

    /// True if there are changes and it is time. False while a save runs.
    [[nodiscard]] bool due() const;
    /// When `due()` will turn true if nothing more changes; nothing if there is nothing to save or a save runs.
    [[nodiscard]] std::optional<Clock::time_point> next_due() const;
    /// True while something isn't on disk: changes, or a save that runs.
    [[nodiscard]] bool unsaved() const;

private:
    Options options_;
    std::function<Clock::time_point()> now_;
    std::optional<Clock::time_point> first_change_;
    std::optional<Clock::time_point> last_change_;
    std::optional<Clock::time_point> not_before_;
    bool saving_ = false;
};

}  // namespace kinora::core
