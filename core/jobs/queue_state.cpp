#include "core/jobs/queue_state.h"

#include <algorithm>
#include <chrono>
#include <system_error>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/base/thread_priority.h"
#include "core/jobs/job_json.h"

namespace kinora::core {
namespace {

std::int64_t now_seconds()
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

JobQueue::State::~State()
{
    {
        const std::lock_guard lock(mutex);
        quitting = true;
        for (const auto& entry : entries)
            if (entry->job.state == JobState::running) entry->stop.request_stop();
    }
    changed.notify_all();
    for (std::jthread& worker : workers_)
        worker.join();
    {
        const std::lock_guard lock(mutex);
        ++version;
    }
    changed.notify_all();
    if (writer_.joinable()) {
        writer_.request_stop();
        writer_.join();
    }
}

Result<std::optional<std::string>> JobQueue::State::load()
{
    held = options_.start_held;
    if (options_.file.empty()) return std::optional<std::string>();
    std::error_code error;
    std::filesystem::create_directories(options_.file.parent_path(), error);
    auto lock = FolderLock::acquire(options_.file.parent_path(), "The queue");
    if (!lock) {
        options_.file.clear();
        return std::optional(lock.error().message + " This window's queue isn't kept.");
    }
    lock_ = std::move(*lock);
    const auto text = read_file(options_.file, 256U << 20U);
    if (!text && text.error().kind == ErrorKind::not_found) return std::optional<std::string>();
    if (!text) return text.error();
    auto jobs = jobs_from_text(*text, "The queue " + path_to_utf8(options_.file));
    if (!jobs) {
        std::filesystem::path aside = options_.file;
        aside += ".damaged";
        std::filesystem::rename(options_.file, aside, error);
        return std::optional(jobs.error().message + " It was put aside as " + path_to_utf8(aside) + ".");
    }
    for (Job& job : *jobs) {
        auto entry = std::make_shared<JobEntry>();
        entry->job = std::move(job);
        entries.push_back(std::move(entry));
    }
    return std::optional<std::string>();
}

void JobQueue::State::start()
{
    workers_.emplace_back([this] { work(options_.executor); });
    for (const JobExecutor& executor : options_.more_executors)
        workers_.emplace_back([this, &executor] { work(executor); });
    if (!options_.file.empty()) writer_ = std::jthread([this](const std::stop_token& stop) { write(stop); });
}

JobQueue::State::Entries::iterator JobQueue::State::find_while_locked(std::string_view id)
{
    return std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry->job.id == id; });
}

void JobQueue::State::changed_while_locked()
{
    ++version;
    changed.notify_all();
}

void JobQueue::State::emit(JobEvent::Kind kind, const Job& job, std::string message) const
{
    if (options_.listener) options_.listener({kind, job, std::move(message)});
}

std::shared_ptr<JobEntry> JobQueue::State::next_while_locked() const
{
    if (held) return nullptr;
    const auto found = std::find_if(entries.begin(), entries.end(), [](const auto& entry) {
        return entry->announced && entry->job.state == JobState::waiting;
    });
    return found == entries.end() ? nullptr : *found;
}

void JobQueue::State::work(const JobExecutor& executor)
{
    give_way(Urgency::long_work);
    std::unique_lock lock(mutex);
    while (true) {
        std::shared_ptr<JobEntry> entry;
        changed.wait(lock, [&] { return quitting || (entry = next_while_locked()) != nullptr; });
        if (quitting) return;
        ++working;
        entry->job.state = JobState::running;
        entry->job.started = now_seconds();
        entry->job.progress = {};
        entry->eta = {};
        entry->reported.reset();
        changed_while_locked();
        const Job snapshot = entry->job;
        lock.unlock();
        emit(JobEvent::Kind::started, snapshot);
        run(entry, executor);
        lock.lock();
        --working;
        changed.notify_all();
    }
}

void JobQueue::State::run(const std::shared_ptr<JobEntry>& entry, const JobExecutor& executor)
{
    Job snapshot;
    {
        const std::lock_guard lock(mutex);
        snapshot = entry->job;
    }
    // The weak reference keeps a progress function that an executor held on to from reaching a queue that is gone.
    Result<JobOutcome> outcome = make_error(ErrorKind::internal, "The job ended without a result.");
    try {
        outcome = executor(
            snapshot,
            [this, weak = std::weak_ptr(entry)](const Progress& progress) {
                if (const auto alive = weak.lock()) report(alive, progress);
            },
            entry->stop.get_token());
    } catch (const std::bad_alloc&) {
        outcome = make_error(ErrorKind::out_of_memory, "There was not enough memory; try a smaller size or fewer frames.");
    } catch (const std::exception& failure) {
        outcome = make_error(ErrorKind::internal, std::string("The job failed: ") + failure.what());
    }
    finish(entry, outcome);
}

void JobQueue::State::report(const std::shared_ptr<JobEntry>& entry, const Progress& progress)
{
    const auto now = options_.now();
    Job snapshot;
    {
        const std::lock_guard lock(mutex);
        if (entry->job.state != JobState::running) return;
        const double highest = std::max(entry->job.progress.fraction, std::clamp(progress.fraction, 0.0, 1.0));
        auto preview = progress.preview ? progress.preview : entry->job.progress.preview;
        entry->eta.report(progress.stage, highest, now);
        entry->job.progress = progress;
        entry->job.progress.fraction = highest;
        entry->job.progress.preview = std::move(preview);
        entry->job.progress.seconds_left = entry->eta.seconds_left(now);
        if (entry->reported && now - *entry->reported < options_.progress_interval) return;
        entry->reported = now;
        snapshot = entry->job;
    }
    emit(JobEvent::Kind::progress, snapshot);
}

void JobQueue::State::finish(const std::shared_ptr<JobEntry>& entry, const Result<JobOutcome>& outcome)
{
    Job snapshot;
    std::vector<Job> dropped;
    {
        const std::lock_guard lock(mutex);
        Job& job = entry->job;
        const bool left = !outcome && outcome.error().kind == ErrorKind::cancelled;
        const bool stopped = left && entry->stop.stop_requested();
        job.finished = now_seconds();
        if (outcome) {
            job.state = JobState::done;
            job.result = outcome->result;
        } else if (left && job.pausing && !job.stopping) {
            job.state = JobState::paused;
        } else if (stopped) {
            // Asked to stop because the program ends, not because the artist said so: it waits for the next start.
            job.state = quitting && !job.stopping ? JobState::waiting : JobState::cancelled;
        } else {
            job.state = JobState::failed;
            job.error = outcome.error().message;
            job.error_kind = outcome.error().kind;
        }
        job.stopping = job.pausing = false;
        // A paused job shows how far it has come.
        if (job.state != JobState::paused) job.progress = {};
        dropped = drop_old_while_locked();
        changed_while_locked();
        snapshot = job;
    }
    emit(JobEvent::Kind::finished, snapshot);
    for (const Job& job : dropped)
        emit(JobEvent::Kind::removed, job);
}

std::vector<Job> JobQueue::State::drop_old_while_locked()
{
    auto over = static_cast<std::size_t>(
        std::count_if(entries.begin(), entries.end(), [](const auto& entry) { return is_over(entry->job.state); }));
    std::vector<Job> dropped;
    std::erase_if(entries, [&](const auto& entry) {
        if (over <= options_.keep_finished || !is_over(entry->job.state)) return false;
        dropped.push_back(entry->job);
        --over;
        return true;
    });
    return dropped;
}

void JobQueue::State::write(const std::stop_token& stop)
{
    // It would else interrupt a worker that tells of a change, with the list locked, and whoever wants the list would wait.
    give_way(Urgency::soon);
    std::unique_lock lock(mutex);
    while (true) {
        changed.wait(lock, stop, [&] { return version != written_version; });
        if (version == written_version) return;
        const std::uint64_t writing = version;
        std::vector<Job> jobs;
        jobs.reserve(entries.size());
        for (const auto& entry : entries) {
            jobs.push_back(entry->job);
            jobs.back().progress = {};
        }
        lock.unlock();
        const auto written = write_file(options_.file, std::string_view(jobs_to_text(jobs)));
        lock.lock();
        const bool first_failure = !written && !write_error;
        written_version = writing;
        write_error = written ? std::nullopt : std::optional(written.error());
        changed.notify_all();
        if (!first_failure) continue;
        lock.unlock();
        emit(JobEvent::Kind::storage_failed, {}, written.error().message);
        lock.lock();
    }
}

}  // namespace kinora::core
