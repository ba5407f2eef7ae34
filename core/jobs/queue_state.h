#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "core/base/folder_lock.h"
#include "core/jobs/eta.h"
#include "core/jobs/job_queue.h"

namespace kinora::core {

/// One job with what belongs to it from its submission on.
struct JobEntry {
    Job job;
    std::stop_source stop;
    EtaEstimator eta;
    bool announced = true;  ///< false until the listener knows of it; the worker leaves it alone until then
    std::optional<JobQueue::Clock::time_point> reported;  ///< when the listener last heard of its progress
};

/// The inside of `JobQueue`: a list behind a mutex, the workers that run it and the writer that keeps it. Functions named
/// `…_while_locked` need the mutex held; nothing calls the listener with it held.
class JobQueue::State {
public:
    explicit State(Options options) : options_(std::move(options)) {}
    ~State();

    /// Reads the file; gives what the listener has to hear about it. Before `start`.
    Result<std::optional<std::string>> load();
    void start();

    using Entries = std::vector<std::shared_ptr<JobEntry>>;
    [[nodiscard]] Entries::iterator find_while_locked(std::string_view id);
    /// Marks the list as changed, for the writer and the worker.
    void changed_while_locked();
    void emit(JobEvent::Kind kind, const Job& job, std::string message = {}) const;

    mutable std::mutex mutex;
    std::condition_variable_any changed;
    Entries entries;
    std::atomic<bool> held =
        false;        ///< changed with the mutex held, asked without: whoever draws a window waits for no lock
    int working = 0;  ///< workers that have a job, or whose listener hasn't heard of its end yet
    bool quitting = false;
    std::uint64_t version = 0;          ///< of the list
    std::uint64_t written_version = 0;  ///< the last one that the writer is done with, well or not
    std::optional<Error> write_error;   ///< of that one

    [[nodiscard]] const Options& options() const { return options_; }

private:
    void work(const JobExecutor& executor);
    void write(const std::stop_token& stop);
    void run(const std::shared_ptr<JobEntry>& entry, const JobExecutor& executor);
    void report(const std::shared_ptr<JobEntry>& entry, const Progress& progress);
    void finish(const std::shared_ptr<JobEntry>& entry, const Result<JobOutcome>& outcome);
    [[nodiscard]] std::shared_ptr<JobEntry> next_while_locked() const;
    [[nodiscard]] std::vector<Job> drop_old_while_locked();

    Options options_;
    std::optional<FolderLock> lock_;
    std::vector<std::jthread> workers_;
    std::jthread writer_;
};

}  // namespace kinora::core
