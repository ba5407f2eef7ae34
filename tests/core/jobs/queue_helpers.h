#pragma once

#include <catch2/catch.hpp>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <vector>

#include "core/jobs/job_queue.h"

namespace kinora::tests {

using namespace kinora::core;

inline NewJob job_named(const std::string& title)
{
    return {.kind = "generate", .title = title, .payload = "{\"n\":1}"};
}

inline Result<JobOutcome> succeed(const Job& job, const ProgressFunction&, const std::stop_token&)
{
    return JobOutcome{"made " + job.title};
}

/// Blocks until it is let go or stopped; tells when it has started.
class Gate {
public:
    Result<JobOutcome> operator()(const Job& job, const ProgressFunction&, const std::stop_token& stop)
    {
        started.release();
        std::unique_lock lock(mutex_);
        changed_.wait(lock, stop, [&] { return open_; });
        if (stop.stop_requested()) return make_error(ErrorKind::cancelled, "Cancelled.");
        return JobOutcome{job.title};
    }
    void open()
    {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    std::counting_semaphore<100> started{0};

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool open_ = false;
};

/// Remembers every event.
class Events {
public:
    void operator()(const JobEvent& event)
    {
        const std::lock_guard lock(mutex_);
        events_.push_back(event);
    }
    std::vector<JobEvent> all(JobEvent::Kind kind) const
    {
        const std::lock_guard lock(mutex_);
        std::vector<JobEvent> some;
        for (const JobEvent& event : events_)
            if (event.kind == kind) some.push_back(event);
        return some;
    }

private:
    mutable std::mutex mutex_;
    std::vector<JobEvent> events_;
};

inline std::unique_ptr<JobQueue> opened(JobQueue::Options options)
{
    auto queue = JobQueue::open(std::move(options));
    REQUIRE(queue);
    return std::move(*queue);
}

inline std::vector<std::string> titles(const JobQueue& queue)
{
    std::vector<std::string> list;
    for (const Job& job : queue.jobs())
        list.push_back(job.title);
    return list;
}

}  // namespace kinora::tests
