#include "ui/models/model_desk.h"

#include <QMetaObject>
#include <QStringList>
#include <algorithm>
#include <utility>

#include "core/base/paths.h"

namespace kinora::ui {
namespace {

core::Result<std::vector<PublishedEntry>> list_published(const ModelShelf& shelf)
{
    const auto models = core::read_published_models(shelf.published);
    if (!models) return models.error();
    std::vector<PublishedEntry> entries;
    for (const auto& model : *models) {
        PublishedEntry entry;
        entry.model = model;
        const auto state = core::pull_state(model, shelf.root);
        if (state == core::PullState::begun) entry.state = PublishedEntry::State::begun;
        if (state == core::PullState::whole) entry.state = PublishedEntry::State::whole;
        entries.push_back(std::move(entry));
    }
    return entries;
}

/// What came of adding a path.
QString words_of(const core::AddedModels& added)
{
    QStringList names;
    for (const auto& model : added.models)
        names << QString::fromStdString(model.id);
    if (names.isEmpty()) return ModelDesk::tr("Parts of models that are known now: %1").arg(added.parts.size());
    return ModelDesk::tr("In the list now: %1").arg(names.join(QStringLiteral(", ")));
}

bool is_under_way(PublishedEntry::State state)
{
    using State = PublishedEntry::State;
    return state == State::asking || state == State::offered || state == State::waiting || state == State::fetching;
}

}  // namespace

ModelDesk::ModelDesk(ModelShelf shelf, QObject* parent) : QObject(parent), shelf_(std::move(shelf)) {}

ModelDesk::~ModelDesk()
{
    for (auto* stops : {&fetches_, &checks_})
        for (auto& [id, stop] : *stops)
            stop.request_stop();
}

const PublishedEntry* ModelDesk::published(const std::string& id) const
{
    const auto found =
        std::find_if(published_.begin(), published_.end(), [&](const PublishedEntry& one) { return one.model.id == id; });
    return found == published_.end() ? nullptr : &*found;
}

PublishedEntry* ModelDesk::entry(const std::string& id)
{
    return const_cast<PublishedEntry*>(published(id));
}

void ModelDesk::move(PublishedEntry& entry, PublishedEntry::State state)
{
    entry.state = state;
    Q_EMIT published_moved(entry.model.id);
}

void ModelDesk::report(const core::Error& error)
{
    if (error.kind != core::ErrorKind::cancelled) Q_EMIT message(QString::fromStdString(error.message), true);
}

void ModelDesk::refresh()
{
    disk_.run(
        this,
        [shelf = shelf_] {
            return Lists{list_installed(shelf), list_parts(shelf), list_published(shelf)};
        },
        [this](Lists lists) { take_lists(std::move(lists)); });
}

void ModelDesk::take_lists(Lists lists)
{
    auto& published = lists.published;
    if (lists.installed)
        installed_ = *std::move(lists.installed);
    else
        report(lists.installed.error());
    // Parts come from the same registry: what is wrong with it has been told.
    if (lists.parts) parts_ = *std::move(lists.parts);
    if (!published) report(published.error());
    if (published) {
        // What is under way knows more than the disk.
        for (auto& fresh : *published)
            if (auto* known = entry(fresh.model.id);
                known && (is_under_way(known->state) || fetches_.contains(fresh.model.id)))
                fresh = std::move(*known);
            else if (known && fresh.state != PublishedEntry::State::whole)
                fresh.error = known->error;
        published_ = std::move(*published);
    }
    Q_EMIT installed_changed();
    Q_EMIT published_changed();
}

void ModelDesk::add(const QString& path)
{
    disk_.run(
        this,
        [folders = shelf_.folders, path = core::path_from_utf8(path.toStdString())] {
            return core::Catalogue(folders).add_path(path);
        },
        [this](const core::Result<core::AddedModels>& added) {
            if (!added) return report(added.error());
            Q_EMIT message(words_of(*added), false);
            refresh();
            Q_EMIT models_changed();
        });
}

void ModelDesk::remove(const std::string& id)
{
    disk_.run(
        this, [folders = shelf_.folders, id] { return core::Catalogue(folders).remove(id); },
        [this](const core::Result<void>& removed) {
            if (!removed) return report(removed.error());
            refresh();
            Q_EMIT models_changed();
        });
}

void ModelDesk::check(const std::string& id)
{
    const auto found =
        std::find_if(installed_.begin(), installed_.end(), [&](const InstalledModel& model) { return model.id == id; });
    if (found == installed_.end() || checks_.contains(id)) return;
    const std::stop_token stop = checks_[id].get_token();
    const auto tell = [this, id](const core::PullProgress& progress) {
        const double part =
            progress.total == 0 ? 1 : static_cast<double>(progress.done) / static_cast<double>(progress.total);
        QMetaObject::invokeMethod(
            this, [this, id, part] { Q_EMIT checked(id, part); }, Qt::QueuedConnection);
    };
    Q_EMIT checked(id, 0);
    checker_.run(
        this, [folder = found->pulled, tell, stop] { return core::verify_pulled(folder, tell, stop); },
        [this, id](const core::Result<std::vector<core::DamagedFile>>& damaged) {
            checks_.erase(id);
            Q_EMIT checked(id, -1);
            if (!damaged) return report(damaged.error());
            if (damaged->empty())
                Q_EMIT message(tr("All files of “%1” are as they were published.").arg(QString::fromStdString(id)), false);
            else
                Q_EMIT message(tr("Damaged: %1 Remove that file and fetch the model again.")
                                   .arg(QString::fromStdString(damaged->front().reason)),
                               true);
        });
}

void ModelDesk::stop_checking(const std::string& id)
{
    if (const auto found = checks_.find(id); found != checks_.end()) found->second.request_stop();
}

void ModelDesk::offer(const std::string& id)
{
    auto* asked = entry(id);
    if (!asked || is_under_way(asked->state)) return;
    asked->error.clear();
    fetches_[id] = std::stop_source();
    move(*asked, PublishedEntry::State::asking);
    network_.run(
        this,
        [shelf = shelf_, model = asked->model, stop = fetches_[id].get_token()] {
            return core::plan_pull(shelf.hub, model, shelf.root, shelf.download, stop);
        },
        [this, id](const core::Result<core::PullPlan>& plan) { offered(id, plan); });
}

void ModelDesk::offered(const std::string& id, const core::Result<core::PullPlan>& plan)
{
    fetches_.erase(id);
    auto* asked = entry(id);
    if (!asked || asked->state != PublishedEntry::State::asking) return;
    if (plan) {
        asked->bytes = plan->bytes;
        asked->missing = plan->missing;
        return move(*asked, PublishedEntry::State::offered);
    }
    if (plan.error().kind != core::ErrorKind::cancelled) asked->error = QString::fromStdString(plan.error().message);
    move(*asked, PublishedEntry::State::idle);
    refresh();
}

void ModelDesk::decline(const std::string& id)
{
    auto* asked = entry(id);
    if (!asked || asked->state != PublishedEntry::State::offered) return;
    move(*asked, PublishedEntry::State::idle);
    refresh();
}

void ModelDesk::fetch(const std::string& id)
{
    auto* wanted = entry(id);
    if (!wanted || fetches_.contains(id)) return;
    wanted->error.clear();
    wanted->progress = {};
    const std::stop_token stop = fetches_[id].get_token();
    move(*wanted, PublishedEntry::State::waiting);
    const auto tell = [this, id](const core::PullProgress& progress) {
        QMetaObject::invokeMethod(
            this,
            [this, id, progress] {
                auto* moved = entry(id);
                if (!moved || !fetches_.contains(id)) return;
                moved->progress = progress;
                move(*moved, PublishedEntry::State::fetching);
            },
            Qt::QueuedConnection);
    };
    network_.run(
        this,
        [shelf = shelf_, model = wanted->model, tell, stop]() -> core::Result<void> {
            const auto plan = core::plan_pull(shelf.hub, model, shelf.root, shelf.download, stop);
            if (!plan) return plan.error();
            if (auto pulled = core::run_pull(shelf.hub, *plan, shelf.download, tell, stop); !pulled) return pulled;
            if (model.is_folder()) return {};
            const auto added = core::Catalogue(shelf.folders).add_path(plan->result);
            return added ? core::Result<void>() : core::Result<void>(added.error());
        },
        [this, id](const core::Result<void>& result) { fetched(id, result); });
}

void ModelDesk::fetched(const std::string& id, const core::Result<void>& result)
{
    fetches_.erase(id);
    auto* done = entry(id);
    if (!done) return;
    if (!result && result.error().kind != core::ErrorKind::cancelled)
        done->error = QString::fromStdString(result.error().message);
    move(*done, result ? PublishedEntry::State::whole : PublishedEntry::State::begun);
    if (result) {
        Q_EMIT message(tr("%1 is here.").arg(QString::fromStdString(done->model.title)), false);
        Q_EMIT models_changed();
    }
    refresh();
}

void ModelDesk::stop(const std::string& id)
{
    if (const auto found = fetches_.find(id); found != fetches_.end()) found->second.request_stop();
}

}  // namespace kinora::ui
