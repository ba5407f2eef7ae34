#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/jobs/job_queue.h"
#include "ui/session/engine.h"
#include "ui/session/job_pace.h"
#include "ui/session/project_shelf.h"
#include "ui/session/take_maker.h"

namespace kinora::ui {

/// The studio's one job queue and what runs in it. Lives on the UI thread; the work happens on the queue's workers, one for
/// each of the engine's devices. What they report is handed over at most thirty times a second: while a report waits, newer
/// ones of its job replace it, and what happened to the list meanwhile is shown at once.
class JobDesk : public QObject {
    Q_OBJECT
public:
    JobDesk(Engine engine, std::filesystem::path queue_file, QObject* parent = nullptr);
    ~JobDesk() override;

    /// The store that the worker uses for the open project; shared, so that it outlives a change of project.
    void set_store(std::shared_ptr<core::ProjectStore> store);
    /// Where the worker finds the stores of other projects. Before the first job.
    void set_shelf(std::shared_ptr<ProjectShelf> shelf) { shelf_ = std::move(shelf); }

    std::string add(core::NewJob job);
    /// A waiting job to the front, for exports.
    std::string add_next(core::NewJob job);
    void stop(const std::string& id);
    void retry(const std::string& id);
    /// Within a step, with its state on disk; `go_on` makes it the next to run, also after a restart.
    void pause(const std::string& id);
    void go_on(const std::string& id);
    /// Samples no further and makes a take of what is there.
    void stop_and_keep(const std::string& id);
    /// A waiting job to this place among those that wait.
    void move(const std::string& id, int place);
    void duplicate(const std::string& id);
    /// A waiting job, or one that failed and then runs again, with another request. False if it is too late for that.
    bool change_request(const std::string& id, const core::GenerationRequest& request);
    void remove(const std::string& id);
    void clear_finished();
    void set_held(bool held);
    [[nodiscard]] bool held() const;

    /// The queue as it was reported last.
    [[nodiscard]] const std::vector<core::Job>& jobs() const { return jobs_; }
    [[nodiscard]] const core::Job* job(const std::string& id) const;
    /// The job that runs for a shot, or the first one that waits for it; null if none.
    [[nodiscard]] const core::Job* job_of_shot(const std::string& shot) const;
    [[nodiscard]] int unfinished() const;
    /// Seconds until all is over, as far as known; -1: not known.
    [[nodiscard]] double seconds_left() const;
    /// Seconds that a job which waits is going to take, by what others took; -1: not known.
    [[nodiscard]] double seconds_for(const core::Job& job) const;

Q_SIGNALS:
    /// The list changed: a job came, went, started or ended.
    void jobs_changed();
    /// A running job reported; `preview` is set in its progress once a step.
    void job_progressed(const kinora::core::Job& job);
    void job_finished(const kinora::core::Job& job);
    /// A take is on disk. The receiver adds it to the shot.
    void take_made(const QString& project, const QString& shot, const kinora::ui::MadeTake& made);
    void storage_failed(const QString& reason);

private:
    /// The work of one worker; those of several run at the same time.
    core::JobExecutor executor_of(std::size_t worker);
    core::Result<core::JobOutcome> execute(std::size_t worker, const core::Job& job, const core::ProgressFunction& progress,
                                           std::stop_token stop);
    core::Result<JobEngine*> engine_of(std::size_t worker);
    core::Result<std::shared_ptr<core::ProjectStore>> store_for(const std::filesystem::path& folder);
    std::shared_ptr<core::RunControl> control_of(const std::string& id);
    /// A take that was made, or what happened to the list; in the order in which it happened.
    struct News {
        std::function<void()> take;
        core::JobEvent event;
    };
    void receive(const core::JobEvent& event);
    void add_news(News news);
    /// Asks the UI thread for a delivery; the mutex is held.
    void ask_for_delivery();
    void deliver_soon();
    void deliver();
    void show_progress(const std::map<std::string, core::Job>& reports);
    void refresh();
    void look();

    Engine engine_;
    std::vector<std::unique_ptr<JobEngine>> job_engines_;  ///< each is its worker's only
    std::mutex store_mutex_;
    std::shared_ptr<core::ProjectStore> store_;
    std::shared_ptr<ProjectShelf> shelf_;
    JobPace pace_;
    std::mutex control_mutex_;
    std::map<std::string, std::shared_ptr<core::RunControl>> controls_;  ///< of the jobs that run
    std::mutex report_mutex_;
    std::map<std::string, core::Job> reports_;
    std::vector<News> news_;
    bool delivery_asked_ = false;
    std::chrono::steady_clock::time_point delivered_;
    QTimer delivery_timer_;
    QTimer look_timer_;
    std::vector<core::Job> jobs_;
    std::unique_ptr<core::JobQueue> queue_;
};

}  // namespace kinora::ui

Q_DECLARE_METATYPE(kinora::core::Job)
Q_DECLARE_METATYPE(kinora::core::Take)
