#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/jobs/job.h"

namespace kinora::core {

/// Does a job's work, on a worker thread of the queue. Must watch the stop token: `ErrorKind::cancelled` after it fired
/// means "cancelled". Exceptions are caught and become a failure of the job.
using JobExecutor =
    std::function<Result<JobOutcome>(const Job& job, const ProgressFunction& progress, std::stop_token stop)>;

/// What happened. `job` is the job as it is now (as it was, for `removed`; empty for `reordered` and `storage_failed`).
struct JobEvent {
    enum class Kind { added, started, progress, finished, changed, removed, reordered, storage_failed };
    Kind kind = Kind::changed;
    Job job;
    std::string message;  ///< of `storage_failed`: the queue works on, but would be lost on a crash
};

/// A queue of jobs with one worker, or one for each device, kept in a file so that it survives a crash or restart: what was
/// running then is waiting again, in its place. Jobs start in the order of the list, each on the worker that is free first.
/// All functions are safe from any thread and never wait for a job or for the disk (another thread writes the file), except
/// the destructor and the `wait_…`/`flush` functions.
///
/// The listener is called without any lock held: on the worker's thread for what a running job does, on the caller's for
/// the rest; with several workers also on two threads at once. It must be quick and may call the queue; a studio posts the
/// event to its UI thread. Progress is coalesced to at most one event of a job in `progress_interval` (reports between are
/// dropped; the state after the last is in `job()`).
class JobQueue {
public:
    using Clock = std::chrono::steady_clock;
    struct Options {
        std::filesystem::path file;  ///< empty: not kept on disk
        JobExecutor executor;
        /// Of further workers, one for each device beside the first: their jobs run side by side.
        std::vector<JobExecutor> more_executors{};
        std::function<void(const JobEvent&)> listener;
        std::chrono::milliseconds progress_interval{33};
        std::size_t keep_finished = 100;                       ///< older finished jobs leave the list
        std::function<Clock::time_point()> now = &Clock::now;  ///< for coalescing and the time left
        bool start_held = false;                               ///< as after `hold()`
    };

    /// Reads the file if there is one and starts. Its folder is made and locked: where another Kinora holds it, this queue
    /// works but isn't kept, and the listener is told by `storage_failed`. A queue file that doesn't parse is put aside
    /// (`….damaged`) and reported by the listener as `storage_failed`; the queue starts empty.
    [[nodiscard]] static Result<std::unique_ptr<JobQueue>> open(Options options);

    /// Asks the running jobs to stop, waits for them and writes the file; they are waiting again at the next start.
    ~JobQueue();
    JobQueue(const JobQueue&) = delete;
    JobQueue& operator=(const JobQueue&) = delete;

    /// Appends and gives the id.
    std::string add(NewJob job);
    /// Stops a running job or takes back a waiting one. Holds from submission on: a job cancelled before it starts never
    /// starts. False if there is no such job or it is over.
    bool cancel(std::string_view id);
    /// Pauses a job: a waiting one at once, a running one when its executor has answered, which its owner asks it to (it
    /// returns `cancelled`). Paused jobs stay so over a restart. False if there is no such job or it is over.
    bool pause(std::string_view id);
    /// A paused job is the next one to run.
    bool go_on(std::string_view id);
    /// Takes a job off the list; a running one is refused (cancel it first).
    bool remove(std::string_view id);
    /// Takes every finished job off the list.
    void clear_finished();
    /// Moves a waiting job before what is at `index` among the waiting ones (0: next to run).
    bool move(std::string_view id, std::size_t index);
    /// A failed or cancelled job waits again, at the end.
    bool retry(std::string_view id);
    /// A new waiting job with the same content.
    std::optional<std::string> duplicate(std::string_view id);
    /// Changes a job that waits, is paused, or has failed or been cancelled and may be retried.
    bool edit(std::string_view id, NewJob job);

    /// While held, no further job starts; the one that runs goes on.
    void hold();
    void resume();
    [[nodiscard]] bool held() const;

    [[nodiscard]] std::vector<Job> jobs() const;
    [[nodiscard]] std::optional<Job> job(std::string_view id) const;
    /// As `job`, but nothing instead of waiting for another thread: for whoever draws a window and may look again.
    [[nodiscard]] std::optional<Job> job_at_once(std::string_view id) const;
    /// Jobs waiting or running.
    [[nodiscard]] std::size_t unfinished() const;

    /// Returns when nothing runs and nothing waits (or the queue is held and nothing runs). For the command line and tests.
    void wait_until_idle();
    /// Returns when the file holds the present state; the error if it couldn't be written.
    Result<void> flush();

private:
    class State;
    explicit JobQueue(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kinora::core
