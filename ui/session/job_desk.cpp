#include "ui/session/job_desk.h"

#include <QThread>
#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base/log.h"
#include "core/base/paths.h"
#include "ui/session/enhance_maker.h"
#include "ui/session/export_maker.h"

namespace kinora::ui {
namespace {

/// The shortest time between two deliveries of what workers report: nobody reads faster, and each lets rows be laid out and
/// painted.
constexpr std::chrono::milliseconds k_between_deliveries(33);

/// A job's content, to be changed.
core::NewJob content_of(const core::Job& job)
{
    return {job.kind, job.title, job.project, job.shot, job.payload};
}

}  // namespace

JobDesk::JobDesk(Engine engine, std::filesystem::path queue_file, QObject* parent)
    : QObject(parent), engine_(std::move(engine))
{
    core::JobQueue::Options options;
    options.file = std::move(queue_file);
    job_engines_.resize(std::max<std::size_t>(1, engine_.devices.size()));
    options.executor = executor_of(0);
    for (std::size_t worker = 1; worker < job_engines_.size(); ++worker)
        options.more_executors.push_back(executor_of(worker));
    options.listener = [this](const core::JobEvent& event) { receive(event); };
    options.start_held = true;
    auto queue = core::JobQueue::open(options);
    if (!queue) {
        // Without its file the queue still works; it only doesn't survive a crash.
        core::log_warning(queue.error().message);
        options.file.clear();
        queue = core::JobQueue::open(options);
    }
    if (queue) queue_ = std::move(*queue);
    // The queue drops reports that follow each other too closely; the last one before a pause is fetched here.
    look_timer_.setInterval(150);
    connect(&look_timer_, &QTimer::timeout, this, &JobDesk::look);
    delivery_timer_.setSingleShot(true);
    delivery_timer_.setTimerType(Qt::PreciseTimer);
    connect(&delivery_timer_, &QTimer::timeout, this, &JobDesk::deliver);
    refresh();
}

JobDesk::~JobDesk()
{
    queue_.reset();
}

void JobDesk::set_store(std::shared_ptr<core::ProjectStore> store)
{
    {
        const std::lock_guard lock(store_mutex_);
        store_ = std::move(store);
    }
    // Jobs of an earlier session go on once there is a project to put their takes into.
    queue_->resume();
}

std::string JobDesk::add(core::NewJob job)
{
    return queue_->add(std::move(job));
}

std::string JobDesk::add_next(core::NewJob job)
{
    const std::string id = queue_->add(std::move(job));
    queue_->move(id, 0);
    return id;
}

void JobDesk::stop(const std::string& id)
{
    queue_->cancel(id);
}

void JobDesk::retry(const std::string& id)
{
    queue_->retry(id);
}

void JobDesk::remove(const std::string& id)
{
    queue_->cancel(id);
    queue_->remove(id);
}

void JobDesk::pause(const std::string& id)
{
    if (!queue_->pause(id)) return;
    if (const auto control = control_of(id)) control->pause();
}

void JobDesk::go_on(const std::string& id)
{
    queue_->go_on(id);
}

void JobDesk::stop_and_keep(const std::string& id)
{
    if (const auto control = control_of(id)) control->stop_and_keep();
}

void JobDesk::move(const std::string& id, int place)
{
    queue_->move(id, static_cast<std::size_t>(std::max(0, place)));
}

void JobDesk::duplicate(const std::string& id)
{
    queue_->duplicate(id);
}

bool JobDesk::change_request(const std::string& id, const core::GenerationRequest& request)
{
    const auto now = queue_->job(id);
    if (!now) return false;
    core::NewJob content = content_of(*now);
    content.payload = with_request(now->payload, request);
    if (!queue_->edit(id, std::move(content))) return false;
    return !core::is_over(now->state) || queue_->retry(id);
}

double JobDesk::seconds_for(const core::Job& job) const
{
    return pace_.seconds_for(job);
}

std::shared_ptr<core::RunControl> JobDesk::control_of(const std::string& id)
{
    const std::lock_guard lock(control_mutex_);
    const auto found = controls_.find(id);
    return found != controls_.end() ? found->second : nullptr;
}

void JobDesk::clear_finished()
{
    queue_->clear_finished();
}

void JobDesk::set_held(bool held)
{
    held ? queue_->hold() : queue_->resume();
    Q_EMIT jobs_changed();
}

bool JobDesk::held() const
{
    return queue_->held();
}

const core::Job* JobDesk::job(const std::string& id) const
{
    const auto found = std::find_if(jobs_.begin(), jobs_.end(), [&](const core::Job& job) { return job.id == id; });
    return found == jobs_.end() ? nullptr : &*found;
}

const core::Job* JobDesk::job_of_shot(const std::string& shot) const
{
    const core::Job* waiting = nullptr;
    for (const auto& job : jobs_) {
        if (job.shot != shot || job.kind != k_generate_kind) continue;
        if (job.state == core::JobState::running) return &job;
        const bool open = job.state == core::JobState::waiting || job.state == core::JobState::paused;
        if (open && !waiting) waiting = &job;
    }
    return waiting;
}

int JobDesk::unfinished() const
{
    return static_cast<int>(
        std::count_if(jobs_.begin(), jobs_.end(), [](const core::Job& job) { return !core::is_over(job.state); }));
}

double JobDesk::seconds_left() const
{
    double left = 0;
    double longest = 0;
    for (const auto& job : jobs_) {
        if (core::is_over(job.state) || job.state == core::JobState::paused) continue;
        const double own = job.state == core::JobState::running ? job.progress.seconds_left : pace_.seconds_for(job);
        if (own < 0) return -1;
        left += own;
        longest = std::max(longest, own);
    }
    // Several workers share what waits; none shares a job with another.
    const double shared = left / static_cast<double>(job_engines_.size());
    return left > 0 ? std::max(shared, longest) : -1;
}

core::JobExecutor JobDesk::executor_of(std::size_t worker)
{
    return [this, worker](const core::Job& job, const core::ProgressFunction& progress, std::stop_token stop) {
        return execute(worker, job, progress, std::move(stop));
    };
}

core::Result<core::JobOutcome> JobDesk::execute(std::size_t worker, const core::Job& job,
                                                const core::ProgressFunction& progress, std::stop_token stop)
{
    progress({core::Stage::loading, 0, 0, 0.0, -1, nullptr});
    auto engine = engine_of(worker);
    if (!engine) return engine.error();
    const StoreFor stores = [this](const std::filesystem::path& folder) { return store_for(folder); };
    if (job.kind == k_export_kind) return make_export(job, **engine, stores, progress, stop);
    if (job.kind != k_generate_kind && job.kind != k_enhance_kind)
        return core::make_error(core::ErrorKind::unsupported,
                                "This Kinora doesn't know jobs of the kind \"" + job.kind + "\".");
    const DeliverTake deliver = [this](const core::Job& made, const MadeTake& take) {
        add_news({[this, project = QString::fromStdString(made.project), shot = QString::fromStdString(made.shot), take] {
                      Q_EMIT take_made(project, shot, take);
                  },
                  {}});
    };
    if (job.kind == k_enhance_kind) return make_enhanced(job, **engine, stores, deliver, progress, std::move(stop));
    auto control = std::make_shared<core::RunControl>();
    {
        const std::lock_guard lock(control_mutex_);
        controls_[job.id] = control;
    }
    // Paused between being taken from the queue and now.
    if (const auto now = queue_ ? queue_->job(job.id) : std::nullopt; now && now->pausing) control->pause();
    auto made = make_take(job, **engine, stores, deliver, control, progress, stop);
    const std::lock_guard lock(control_mutex_);
    controls_.erase(job.id);
    return made;
}

core::Result<JobEngine*> JobDesk::engine_of(std::size_t worker)
{
    auto& engine = job_engines_[worker];
    if (!engine) {
        auto made = engine_.make_job_engine();
        if (!made) return made.error();
        engine = std::make_unique<JobEngine>(std::move(*made));
        if (worker < engine_.devices.size()) engine->device = engine_.devices[worker];
    }
    return engine.get();
}

core::Result<std::shared_ptr<core::ProjectStore>> JobDesk::store_for(const std::filesystem::path& folder)
{
    {
        const std::lock_guard lock(store_mutex_);
        if (store_ && store_->folder() == folder) return store_;
    }
    return shelf_->store(folder);
}

void JobDesk::receive(const core::JobEvent& event)
{
    using Kind = core::JobEvent::Kind;
    if (event.kind == Kind::started) pace_.started(event.job, JobPace::Clock::now());
    if (event.kind == Kind::finished) pace_.finished(event.job, JobPace::Clock::now());
    if (event.kind == Kind::progress) {
        const std::lock_guard lock(report_mutex_);
        auto& slot = reports_[event.job.id];
        const auto preview = event.job.progress.preview ? event.job.progress.preview : slot.progress.preview;
        slot = event.job;
        slot.progress.preview = preview;
        ask_for_delivery();
        return;
    }
    add_news({nullptr, event});
    // What the artist did himself is answered without delay.
    if (QThread::currentThread() == thread()) QMetaObject::invokeMethod(this, &JobDesk::deliver, Qt::QueuedConnection);
}

void JobDesk::add_news(News news)
{
    const std::lock_guard lock(report_mutex_);
    news_.push_back(std::move(news));
    ask_for_delivery();
}

void JobDesk::ask_for_delivery()
{
    if (!std::exchange(delivery_asked_, true)) QMetaObject::invokeMethod(this, &JobDesk::deliver_soon, Qt::QueuedConnection);
}

void JobDesk::deliver_soon()
{
    const auto since = std::chrono::steady_clock::now() - delivered_;
    if (since >= k_between_deliveries) return deliver();
    delivery_timer_.start(std::chrono::ceil<std::chrono::milliseconds>(k_between_deliveries - since));
}

void JobDesk::deliver()
{
    std::map<std::string, core::Job> reports;
    std::vector<News> news;
    {
        const std::lock_guard lock(report_mutex_);
        reports.swap(reports_);
        news.swap(news_);
        delivery_asked_ = false;
    }
    delivery_timer_.stop();
    delivered_ = std::chrono::steady_clock::now();
    using Kind = core::JobEvent::Kind;
    bool refreshed = false;
    for (const News& one : news) {
        if (one.take) {
            one.take();
            continue;
        }
        if (one.event.kind == Kind::storage_failed) {
            Q_EMIT storage_failed(QString::fromStdString(one.event.message));
            continue;
        }
        // The list as it is now tells of all of them.
        if (!std::exchange(refreshed, true)) refresh();
        if (one.event.kind == Kind::finished) Q_EMIT job_finished(one.event.job);
    }
    show_progress(reports);
}

void JobDesk::show_progress(const std::map<std::string, core::Job>& reports)
{
    for (const auto& [id, report] : reports) {
        const auto place =
            std::find_if(jobs_.begin(), jobs_.end(), [&key = id](const core::Job& job) { return job.id == key; });
        if (place == jobs_.end() || core::is_over(place->state)) continue;
        *place = report;
        Q_EMIT job_progressed(report);
    }
}

void JobDesk::look()
{
    for (auto& shown : jobs_) {
        if (shown.state != core::JobState::running) continue;
        auto now = queue_->job_at_once(shown.id);
        if (!now || core::is_over(now->state) || now->progress.fraction <= shown.progress.fraction) continue;
        if (!now->progress.preview) now->progress.preview = shown.progress.preview;
        shown = *now;
        Q_EMIT job_progressed(shown);
    }
}

void JobDesk::refresh()
{
    if (queue_) jobs_ = queue_->jobs();
    const bool running =
        std::any_of(jobs_.begin(), jobs_.end(), [](const core::Job& job) { return job.state == core::JobState::running; });
    running ? look_timer_.start() : look_timer_.stop();
    Q_EMIT jobs_changed();
    // The list may be ahead of the reports; what it knows of the running job is shown too.
    std::vector<core::Job> shown;
    std::copy_if(jobs_.begin(), jobs_.end(), std::back_inserter(shown),
                 [](const core::Job& job) { return job.state == core::JobState::running; });
    for (const auto& job : shown)
        Q_EMIT job_progressed(job);
}

}  // namespace kinora::ui
