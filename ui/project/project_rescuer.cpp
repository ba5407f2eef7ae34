#include "ui/project/project_rescuer.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/project/project_json.h"
#include "core/project/take_edits.h"
#include "core/storyboard/edits.h"
#include "ui/session/studio_session.h"
#include "ui/widgets/words.h"

namespace kinora::ui {
namespace {

constexpr std::uint64_t k_largest_project = 512ULL << 20U;

std::int64_t seconds_of(const core::Backup& backup)
{
    return std::chrono::duration_cast<std::chrono::seconds>(backup.time.time_since_epoch()).count();
}

core::Result<core::Project> read_backup(const core::Backup& backup)
{
    const auto text = core::read_file(backup.file, k_largest_project);
    if (!text) return text.error();
    const auto json = core::parse_json(*text, "The backup");
    if (!json) return json.error();
    auto parsed = core::project_from_json(*json);
    if (!parsed) return parsed.error();
    return std::move(parsed->project);
}

bool is_listed(const core::Project& project, const std::string& take)
{
    return std::any_of(project.shots.begin(), project.shots.end(),
                       [&](const auto& shot) { return core::find_take(*shot, take) != nullptr; });
}

/// The shot that a lost take belongs to.
std::optional<std::size_t> home_of(const core::Project& project, const core::Take& take, const std::string& known_shot)
{
    if (const auto known = core::find_shot(project, known_shot)) return known;
    for (std::size_t i = 0; i < project.shots.size(); ++i)
        if (take.recipe && !take.recipe->prompt.empty() && project.shots[i]->prompt == take.recipe->prompt) return i;
    return std::nullopt;
}

core::Result<void> put_back(core::Project& project, const core::Take& take, const std::string& known_shot)
{
    if (is_listed(project, take.id)) return {};
    if (const auto home = home_of(project, take, known_shot)) {
        project.shots[*home].update([&](core::Shot& shot) { core::add_take(shot, take, core::Selection::keep); });
        return {};
    }
    core::Shot shot = core::make_shot(take.recipe ? take.recipe->prompt : std::string());
    if (take.recipe) shot.settings = core::settings_of_take(shot, take);
    const std::string id = shot.id;
    if (auto inserted = core::insert_shot(project, project.shots.size(), shot); !inserted) return inserted;
    const auto place = core::find_shot(project, id);
    project.shots[*place].update([&](core::Shot& made) { core::add_take(made, take, core::Selection::select); });
    return {};
}

}  // namespace

QString moment_words(std::int64_t seconds_since_1970)
{
    const auto moment = QDateTime::fromSecsSinceEpoch(seconds_since_1970);
    const QString time = QLocale().toString(moment.time(), QStringLiteral("HH:mm"));
    if (moment.date() == QDate::currentDate()) return ProjectRescuer::tr("today %1").arg(time);
    return QLocale().toString(moment.date(), QStringLiteral("d MMM ")) + time;
}

ProjectRescuer::ProjectRescuer(StudioSession& session, QObject* parent) : QObject(parent), session_(session) {}

void ProjectRescuer::look()
{
    const auto store = session_.keeper().store();
    if (!store) return;
    struct Seen {
        core::Recovery recovery;
        std::vector<core::Backup> backups;
    };
    const auto work = [store, project = session_.project()] {
        return Seen{core::find_recovery(*store, project), core::list_backups(store->folder())};
    };
    background_.run(this, work, [this, store](Seen seen) {
        if (store != session_.keeper().store()) return;
        recovery_ = std::move(seen.recovery);
        backups_ = std::move(seen.backups);
        // What a job of the queue works on, or will work on again, isn't lost; nor is what came in meanwhile.
        std::erase_if(recovery_.takes, [this](const core::Take& take) {
            const auto* job = session_.desk().job(take.id);
            const bool open = job && (job->state == core::JobState::waiting || job->state == core::JobState::running);
            return open || is_listed(session_.project(), take.id);
        });
        interrupted_ = recovery_.interrupted && told_.insert(store->folder()).second;
        Q_EMIT looked();
        interrupted_ = false;
    });
}

QString ProjectRescuer::title(const core::Take& take) const
{
    const QString prompt = take.recipe ? prompt_title(QString::fromStdString(take.recipe->prompt), 40) : QString();
    return prompt.isEmpty() ? tr("A take without a prompt") : prompt;
}

void ProjectRescuer::bring_back(const std::vector<std::string>& takes)
{
    std::vector<std::pair<core::Take, std::string>> wanted;
    for (const core::Take& take : recovery_.takes)
        if (!take.clip.empty() && std::find(takes.begin(), takes.end(), take.id) != takes.end()) {
            const auto* job = session_.desk().job(take.id);
            wanted.emplace_back(take, job ? job->shot : std::string());
        }
    if (wanted.empty()) return;
    session_.change(wanted.size() == 1 ? tr("Bring a take back") : tr("Bring takes back"),
                    [&wanted](core::Project& project) -> core::Result<void> {
                        for (const auto& [take, shot] : wanted)
                            if (auto done = put_back(project, take, shot); !done) return done;
                        return {};
                    });
    std::erase_if(recovery_.takes, [this](const core::Take& take) { return is_listed(session_.project(), take.id); });
    Q_EMIT brought_back(static_cast<int>(wanted.size()));
    Q_EMIT looked();
}

void ProjectRescuer::restore(const core::Backup& backup)
{
    const auto work = [backup] { return read_backup(backup); };
    background_.run(this, work,
                    [this, store = session_.keeper().store(),
                     when = moment_words(seconds_of(backup))](const core::Result<core::Project>& project) {
                        if (!project) return Q_EMIT failed(QString::fromStdString(project.error().message));
                        if (store == session_.keeper().store()) adopt(*project, when);
                    });
}

void ProjectRescuer::adopt(const core::Project& backup, const QString& when)
{
    session_.change(tr("Back to the version of %1").arg(when), [&backup](core::Project& project) -> core::Result<void> {
        const core::Project now = project;
        project = backup;
        project.id = now.id;
        // A take is never lost: those that were made since then are added to their shots.
        for (const auto& shot : now.shots) {
            const auto place = core::find_shot(project, shot->id);
            if (!place) continue;
            for (const core::Take& take : shot->takes)
                if (core::find_take(*project.shots[*place], take.id) == nullptr &&
                    (take.asset.empty() || core::find_asset(project, take.asset) != nullptr))
                    project.shots[*place].update([&](core::Shot& old) { old.takes.push_back(take); });
        }
        return {};
    });
    recovery_.newer.reset();
    Q_EMIT restored(when);
}

}  // namespace kinora::ui
