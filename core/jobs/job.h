#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/generation/generator.h"

namespace kinora::core {

/// waiting → running → done, failed or cancelled; failed and cancelled can be retried. A job that is paused, before or
/// within its run, waits for `JobQueue::go_on`.
enum class JobState { waiting, running, paused, done, failed, cancelled };

/// Whether a job in this state is off the queue's hands.
[[nodiscard]] inline bool is_over(JobState state)
{
    return state == JobState::done || state == JobState::failed || state == JobState::cancelled;
}

/// What somebody wants done. `payload` is JSON text that only the executor understands (a request, an export), so that the
/// queue can keep jobs of any kind across restarts.
struct NewJob {
    std::string kind;     ///< "generate", "export"
    std::string title;    ///< for the queue panel: the prompt's first words
    std::string project;  ///< folder of the project it belongs to, UTF-8; empty if none
    std::string shot;     ///< id of the shot it belongs to; empty if none
    std::string payload;
};

/// A job in the queue: a snapshot, safe to keep and to hand to other threads.
struct Job {
    std::string id;
    std::string kind;
    std::string title;
    std::string project;
    std::string shot;
    std::string payload;
    JobState state = JobState::waiting;
    bool stopping = false;  ///< cancelled while running; the executor hasn't answered yet
    bool pausing = false;   ///< likewise, paused
    std::string error;      ///< one sentence; kept on failed jobs
    ErrorKind error_kind = ErrorKind::internal;
    std::string result;        ///< JSON text from the executor of a job that is done (a take's id, a file)
    std::int64_t created = 0;  ///< seconds since 1970, UTC; 0: not yet
    std::int64_t started = 0;
    std::int64_t finished = 0;
    Progress progress;  ///< of a running job; `seconds_left` is measured by the queue (see eta.h), -1 while unknown
};

/// What an executor gives back.
struct JobOutcome {
    std::string result;  ///< JSON text, kept with the job
};

/// "waiting", "running" …; as written to the file.
[[nodiscard]] std::string_view to_string(JobState state);

}  // namespace kinora::core
