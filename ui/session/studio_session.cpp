#include "ui/session/studio_session.h"

#include <QThreadPool>
#include <algorithm>

#include "core/base/heap.h"
#include "core/base/paths.h"
#include "core/project/take_edits.h"
#include "ui/session/job_courtesy.h"
#include "ui/session/media_importer.h"

namespace kinora::ui {
namespace {

constexpr int k_let_go = 1500;  // milliseconds, until what used the memory has let go of it

/// The shot that is looked at when none is chosen; a gap only where there is nothing else.
std::string first_shot(const core::Project& project)
{
    for (const auto& shot : project.shots)
        if (shot->kind != core::ShotKind::gap) return shot->id;
    return project.shots.empty() ? std::string() : project.shots.front()->id;
}

}  // namespace

StudioSession::StudioSession(Engine engine, SessionPlaces places, QObject* parent)
    : QObject(parent), engine_(std::move(engine)), places_(std::move(places))
{
    read_state();
    const auto shelf = std::make_shared<ProjectShelf>();
    keeper_ = std::make_unique<ProjectKeeper>(document_, shelf);
    desk_ = std::make_unique<JobDesk>(engine_, places_.state / "queue.json");
    courtesy_ = std::make_unique<JobCourtesy>(*desk_, engine_.desktop);
    importer_ = std::make_unique<MediaImporter>();
    prompts_ = std::make_unique<PromptDesk>(engine_.tokens);
    connect(prompts_.get(), &PromptDesk::wildcards_changed, this, &StudioSession::ask_later);
    connect(keeper_.get(), &ProjectKeeper::moved, prompts_.get(),
            [this] { prompts_->set_project(folder(), keeper_->store()->access() == core::Access::read_write); });
    document_.add_listener([this](const core::ChangeEvent& change) { document_changed(change); });
    desk_->set_shelf(shelf);
    connect(keeper_.get(), &ProjectKeeper::project_opened, this, &StudioSession::project_loaded);
    connect(keeper_.get(), &ProjectKeeper::moved, this, &StudioSession::project_moved);
    connect(keeper_.get(), &ProjectKeeper::take_missed, this, [this](const QString& shot, const core::Take& take) {
        add_take(QString::fromStdString(core::path_to_utf8(folder())), shot, MadeTake{take, std::nullopt});
    });
    connect(keeper_.get(), &ProjectKeeper::open_failed, this, [this](const QString& reason) {
        Q_EMIT message({SessionMessage::Kind::error, reason});
    });
    connect(desk_.get(), &JobDesk::take_made, this, &StudioSession::add_take);
    connect(desk_.get(), &JobDesk::job_finished, this, &StudioSession::ask_later);  // how long one takes is better known now
    connect(desk_.get(), &JobDesk::storage_failed, this, [this](const QString& reason) {
        Q_EMIT message({SessionMessage::Kind::warning, reason});
    });
    turn_timer_.setSingleShot(true);
    turn_timer_.setInterval(600);
    connect(&turn_timer_, &QTimer::timeout, this, &StudioSession::end_typing);
    // Pictures in float are large, and many threads work on them: of a long export more than two gigabytes were kept.
    give_back_timer_.setSingleShot(true);
    give_back_timer_.setInterval(k_let_go);
    connect(&give_back_timer_, &QTimer::timeout, this,
            [] { QThreadPool::globalInstance()->start([] { core::give_back_heap(); }); });
    connect(desk_.get(), &JobDesk::job_finished, &give_back_timer_, qOverload<>(&QTimer::start));
    ask_timer_.setSingleShot(true);
    ask_timer_.setInterval(180);
    connect(&ask_timer_, &QTimer::timeout, this, [this] {
        ask_tokens();
        ask_estimate();
    });
}

StudioSession::~StudioSession()
{
    // The queue first: what it runs may still hand over a take, and the keeper saves last.
    courtesy_.reset();
    desk_.reset();
    importer_.reset();
    keeper_.reset();
}

void StudioSession::start(const std::filesystem::path& project)
{
    load_models();
    if (!project.empty()) return keeper_->open(project);
    keeper_->open_first_of(recent_.empty() ? recent_ : std::vector{recent_.front()}, places_.sample, places_.projects);
}

void StudioSession::open_project(const std::filesystem::path& folder)
{
    keeper_->open(folder);
}

void StudioSession::new_project(const QString& name)
{
    core::NewProject options;
    options.name = name.toStdString();
    new_project(options);
}

void StudioSession::new_project(const core::NewProject& options)
{
    keeper_->create(places_.projects, options);
}

void StudioSession::forget_recent(const std::vector<std::filesystem::path>& folders)
{
    std::erase_if(recent_, [&](const auto& known) {
        return known != folder() && std::find(folders.begin(), folders.end(), known) != folders.end();
    });
    write_state();
}

void StudioSession::project_loaded()
{
    trimming_.clear();
    selected_ = first_shot(project());
    remember_project();
    Q_EMIT project_opened();
    Q_EMIT selection_changed();
    ask_later();
    give_back_timer_.start();
}

void StudioSession::project_moved()
{
    remember_project();
    Q_EMIT project_opened();
    Q_EMIT selection_changed();
}

void StudioSession::remember_project()
{
    desk_->set_store(keeper_->store());
    prompts_->set_project(folder(), keeper_->store() && keeper_->store()->access() == core::Access::read_write);
    const auto opened = folder();
    std::erase(recent_, opened);
    recent_.insert(recent_.begin(), opened);
    if (recent_.size() > 10) recent_.resize(10);
    write_state();
}

std::filesystem::path StudioSession::folder() const
{
    const auto store = keeper_->store();
    return store ? store->folder() : std::filesystem::path();
}

QString StudioSession::file(const std::string& relative) const
{
    const auto store = keeper_->store();
    if (!store || relative.empty()) return {};
    return QString::fromStdString(core::path_to_utf8(store->folder() / core::path_from_utf8(relative)));
}

const core::Shot* StudioSession::shot() const
{
    const auto index = core::find_shot(project(), selected_);
    return index ? &*project().shots[*index] : nullptr;
}

std::size_t StudioSession::shot_index() const
{
    return core::find_shot(project(), selected_).value_or(0);
}

void StudioSession::select_shot(const std::string& id)
{
    if (id == selected_ || !core::find_shot(project(), id)) return;
    document_.end_merging();
    selected_ = id;
    Q_EMIT selection_changed();
    ask_later();
}

core::ModelCapabilities StudioSession::model_of(const core::Shot& shot) const
{
    for (const auto& model : models_)
        if (model.capabilities.model_id == shot.settings.model_id) return model.capabilities;
    return {};
}

const core::ModelCapabilities* StudioSession::find_model(const std::string& id) const
{
    for (const auto& model : models_)
        if (model.capabilities.model_id == id) return &model.capabilities;
    return nullptr;
}

void StudioSession::document_changed(const core::ChangeEvent& change)
{
    if (change.everything) return;  // `project_loaded` tells it with the selection in place
    if (!core::find_shot(project(), selected_)) {
        selected_ = first_shot(project());
        Q_EMIT project_changed(change);
        Q_EMIT selection_changed();
    } else {
        Q_EMIT project_changed(change);
    }
    if (std::find(change.shots.begin(), change.shots.end(), selected_) != change.shots.end() || change.settings) ask_later();
}

void StudioSession::edit(const char* name, const core::Document::Edit& edit, std::string_view merge_key)
{
    if (const auto done = document_.edit(name, edit, merge_key); !done) report(done.error());
}

void StudioSession::report(const core::Error& error)
{
    Q_EMIT message({SessionMessage::Kind::error, QString::fromStdString(error.message)});
}

void StudioSession::add_take(const QString& project, const QString& shot, const MadeTake& made)
{
    const core::Take& take = made.take;
    const auto owner = core::path_from_utf8(project.toStdString());
    if (owner != folder()) return keeper_->add_take_to_closed(owner, shot.toStdString(), take);
    const bool found = document_.update_shot_everywhere(shot.toStdString(), [&](core::Shot& target) {
        if (core::find_take(target, take.id) != nullptr) return;
        core::add_take(target, take, core::Selection::select);
        if (made.range) target.range = core::range_within(*made.range, core::shot_source(target));
    });
    if (found) Q_EMIT take_added(shot, QString::fromStdString(take.id));
}

void StudioSession::undo()
{
    document_.undo();
}

void StudioSession::redo()
{
    document_.redo();
}

void StudioSession::go_to_step(std::size_t position)
{
    document_.go_to(position);
}

}  // namespace kinora::ui
