#pragma once

#include <QMetaObject>
#include <QObject>
#include <QThreadPool>
#include <memory>
#include <utility>

#include "core/base/thread_priority.h"

namespace kinora::ui {

/// One background thread that does its work in order and hands each result to the UI thread. It is the last member of its
/// owner: the destructor waits for the work under way and drops the rest, so that no result arrives at a dead object.
class Background {
public:
    Background() { pool_.setMaxThreadCount(1); }
    ~Background()
    {
        pool_.clear();
        pool_.waitForDone();
    }
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    /// Runs `work()` on the thread, then `then(result)` on the thread of `receiver`, unless that is gone by then.
    template <typename Work, typename Then>
    void run(QObject* receiver, Work work, Then then)
    {
        pool_.start([receiver, work = std::move(work), then = std::move(then)]() mutable {
            core::give_way(core::Urgency::soon);
            auto result = std::make_shared<decltype(work())>(work());
            QMetaObject::invokeMethod(
                receiver, [result, then = std::move(then)]() mutable { then(std::move(*result)); }, Qt::QueuedConnection);
        });
    }

    /// Waits until everything submitted has run (not its results). For the end of the program and for tests.
    void wait() { pool_.waitForDone(); }

private:
    QThreadPool pool_;
};

}  // namespace kinora::ui
