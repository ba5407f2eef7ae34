#include "core/jobs/job_queue.h"

#include <algorithm>
#include <chrono>

#include "core/base/ids.h"
#include "core/jobs/queue_state.h"

namespace kinora::core {
namespace {

using Kind = JobEvent::Kind;

std::int64_t now_seconds()
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

bool is_over(const Job& job)
{
    return core::is_over(job.state);
}

void fill(Job& job, NewJob&& content)
{
    job.kind = std::move(content.kind);
    job.title = std::move(content.title);
    job.project = std::move(content.project);
    job.shot = std::move(content.shot);
    job.payload = std::move(content.payload);
}

}  // namespace

JobQueue::JobQueue(std::unique_ptr<State> state) : state_(std::move(state)) {}
JobQueue::~JobQueue() = default;

Result<std::unique_ptr<JobQueue>> JobQueue::open(Options options)
{
    const auto& more = options.more_executors;
    const bool all_there = std::all_of(more.begin(), more.end(), [](const auto& executor) { return executor != nullptr; });
    if (!options.executor || !all_there)
        return make_error(ErrorKind::invalid_argument, "The queue has nobody to do its jobs.");
    auto state = std::make_unique<State>(std::move(options));
    const auto notice = state->load();
    if (!notice) return notice.error();
    if (*notice) state->emit(Kind::storage_failed, {}, **notice);
    state->start();
    return std::unique_ptr<JobQueue>(new JobQueue(std::move(state)));
}

std::string JobQueue::add(NewJob content)
{
    auto entry = std::make_shared<JobEntry>();
    entry->job.id = make_id();
    entry->job.created = now_seconds();
    fill(entry->job, std::move(content));
    entry->announced = false;
    const Job snapshot = entry->job;
    {
        const std::lock_guard lock(state_->mutex);
        state_->entries.push_back(entry);
        ++state_->version;
    }
    // The listener hears of a job before the worker can start it.
    state_->emit(Kind::added, snapshot);
    const std::lock_guard lock(state_->mutex);
    entry->announced = true;
    state_->changed_while_locked();
    return snapshot.id;
}

bool JobQueue::cancel(std::string_view id)
{
    Job snapshot;
    {
        const std::lock_guard lock(state_->mutex);
        const auto found = state_->find_while_locked(id);
        if (found == state_->entries.end() || is_over((*found)->job)) return false;
        Job& job = (*found)->job;
        (*found)->stop.request_stop();
        if (job.state == JobState::running) {
            job.stopping = true;
        } else {
            job.state = JobState::cancelled;
            job.finished = now_seconds();
        }
        state_->changed_while_locked();
        snapshot = job;
    }
    state_->emit(snapshot.state == JobState::cancelled ? Kind::finished : Kind::changed, snapshot);
    return true;
}

bool JobQueue::pause(std::string_view id)
{
    Job snapshot;
    {
        const std::lock_guard lock(state_->mutex);
        const auto found = state_->find_while_locked(id);
        if (found == state_->entries.end() || is_over((*found)->job)) return false;
        Job& job = (*found)->job;
        if (job.state == JobState::running) {
            job.pausing = true;
        } else {
            job.state = JobState::paused;
        }
        state_->changed_while_locked();
        snapshot = job;
    }
    state_->emit(Kind::changed, snapshot);
    return true;
}

bool JobQueue::go_on(std::string_view id)
{
    {
        const std::lock_guard lock(state_->mutex);
        const auto found = state_->find_while_locked(id);
        if (found == state_->entries.end() || (*found)->job.state != JobState::paused) return false;
        (*found)->job.state = JobState::waiting;
        state_->changed_while_locked();
    }
    return move(id, 0);
}

bool JobQueue::remove(std::string_view id)
{
    Job snapshot;
    {
        const std::lock_guard lock(state_->mutex);
        const auto found = state_->find_while_locked(id);
        if (found == state_->entries.end() || (*found)->job.state == JobState::running) return false;
        snapshot = (*found)->job;
        state_->entries.erase(found);
        state_->changed_while_locked();
    }
    state_->emit(Kind::removed, snapshot);
    return true;
}

void JobQueue::clear_finished()
{
    std::vector<Job> removed;
    {
        const std::lock_guard lock(state_->mutex);
        std::erase_if(state_->entries, [&](const auto& entry) {
            if (!is_over(entry->job)) return false;
            removed.push_back(entry->job);
            return true;
        });
        state_->changed_while_locked();
    }
    for (const Job& job : removed)
        state_->emit(Kind::removed, job);
}

bool JobQueue::move(std::string_view id, std::size_t index)
{
    {
        const std::lock_guard lock(state_->mutex);
        auto& entries = state_->entries;
        const auto found = state_->find_while_locked(id);
        if (found == entries.end() || (*found)->job.state != JobState::waiting) return false;
        const std::shared_ptr<JobEntry> moved = *found;
        entries.erase(found);
        std::size_t waiting = 0;
        const auto place = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) {
            return entry->job.state == JobState::waiting && waiting++ == index;
        });
        entries.insert(place, moved);
        state_->changed_while_locked();
    }
    state_->emit(Kind::reordered, {});
    return true;
}

bool JobQueue::retry(std::string_view id)
{
    Job snapshot;
    {
        const std::lock_guard lock(state_->mutex);
        const auto found = state_->find_while_locked(id);
        if (found == state_->entries.end()) return false;
        const JobState state = (*found)->job.state;
        if (state != JobState::failed && state != JobState::cancelled) return false;
        auto entry = std::make_shared<JobEntry>();
        entry->job = (*found)->job;
        entry->job.state = JobState::waiting;
        entry->job.error.clear();
        entry->job.error_kind = ErrorKind::internal;
        entry->job.started = entry->job.finished = 0;
        snapshot = entry->job;
        state_->entries.erase(found);
        state_->entries.push_back(std::move(entry));
        state_->changed_while_locked();
    }
    state_->emit(Kind::changed, snapshot);
    return true;
}

std::optional<std::string> JobQueue::duplicate(std::string_view id)
{
    const auto original = job(id);
    if (!original) return std::nullopt;
    return add({original->kind, original->title, original->project, original->shot, original->payload});
}

bool JobQueue::edit(std::string_view id, NewJob content)
{
    Job snapshot;
    {
        const std::lock_guard lock(state_->mutex);
        const auto found = state_->find_while_locked(id);
        if (found == state_->entries.end()) return false;
        const JobState now = (*found)->job.state;
        if (now == JobState::running || now == JobState::done) return false;
        fill((*found)->job, std::move(content));
        state_->changed_while_locked();
        snapshot = (*found)->job;
    }
    state_->emit(Kind::changed, snapshot);
    return true;
}

void JobQueue::hold()
{
    const std::lock_guard lock(state_->mutex);
    state_->held = true;
    state_->changed.notify_all();
}

void JobQueue::resume()
{
    const std::lock_guard lock(state_->mutex);
    state_->held = false;
    state_->changed.notify_all();
}

bool JobQueue::held() const
{
    return state_->held;
}

std::vector<Job> JobQueue::jobs() const
{
    const std::lock_guard lock(state_->mutex);
    std::vector<Job> jobs;
    jobs.reserve(state_->entries.size());
    for (const auto& entry : state_->entries)
        jobs.push_back(entry->job);
    return jobs;
}

std::optional<Job> JobQueue::job(std::string_view id) const
{
    const std::lock_guard lock(state_->mutex);
    const auto found = state_->find_while_locked(id);
    return found == state_->entries.end() ? std::nullopt : std::optional((*found)->job);
}

std::optional<Job> JobQueue::job_at_once(std::string_view id) const
{
    const std::unique_lock lock(state_->mutex, std::try_to_lock);
    if (!lock) return std::nullopt;
    const auto found = state_->find_while_locked(id);
    return found == state_->entries.end() ? std::nullopt : std::optional((*found)->job);
}

std::size_t JobQueue::unfinished() const
{
    const std::lock_guard lock(state_->mutex);
    const auto count = std::count_if(state_->entries.begin(), state_->entries.end(),
                                     [](const auto& entry) { return !is_over(entry->job); });
    return static_cast<std::size_t>(count);
}

void JobQueue::wait_until_idle()
{
    std::unique_lock lock(state_->mutex);
    state_->changed.wait(lock, [&] {
        if (state_->working > 0) return false;
        return std::none_of(state_->entries.begin(), state_->entries.end(),
                            [&](const auto& entry) { return entry->job.state == JobState::waiting && !state_->held; });
    });
}

Result<void> JobQueue::flush()
{
    std::unique_lock lock(state_->mutex);
    if (state_->options().file.empty()) return {};
    const std::uint64_t wanted = state_->version;
    state_->changed.wait(lock, [&] { return state_->written_version >= wanted; });
    if (state_->write_error) return *state_->write_error;
    return {};
}

}  // namespace kinora::core
