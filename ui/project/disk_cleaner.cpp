#include "ui/project/disk_cleaner.h"

#include <QPointer>
#include <numeric>

#include "core/base/paths.h"
#include "ui/session/studio_session.h"

namespace kinora::ui {
namespace {

using core::CleanUpItem;
using core::CleanUpKind;

constexpr CleanUpKind k_kinds[] = {CleanUpKind::take, CleanUpKind::latents, CleanUpKind::unlisted, CleanUpKind::media,
                                   CleanUpKind::partial};

struct Measured {
    core::DiskUse use;
    std::map<CleanUpKind, std::vector<CleanUpItem>> items;
    std::map<std::string, QString> titles;
};

std::map<std::string, QString> titles_of(const core::Project& project)
{
    std::map<std::string, QString> titles;
    int number = 0;
    for (const auto& shot : project.shots) {
        ++number;
        for (const core::Take& take : shot->takes)
            titles.try_emplace(take.id, DiskCleaner::tr("Shot %1 · Take %2").arg(number).arg(take.number));
    }
    return titles;
}

/// What the document uses now, in any step of its history.
struct Used {
    std::set<std::string> kept;    ///< takes that are starred or selected
    std::set<std::string> listed;  ///< all takes
    std::set<std::string> files;   ///< of assets and references

    explicit Used(const core::Document& document)
    {
        document.history().for_each_version([this](const core::Project& project) { add(project); });
        add(document.project());
    }
    [[nodiscard]] bool needs(const CleanUpItem& item) const
    {
        switch (item.kind) {
            case CleanUpKind::take:
            case CleanUpKind::latents:
                return kept.contains(item.take_id);
            case CleanUpKind::unlisted:
                return listed.contains(item.take_id);
            case CleanUpKind::media:
                return files.contains(item.path);
            case CleanUpKind::partial:
                break;
        }
        return false;
    }

private:
    void add(const core::Project& project)
    {
        for (const auto& asset : project.assets)
            files.insert(asset->file);
        for (const auto& shot : project.shots) {
            if (!seen_.insert(shot.identity()).second) continue;
            for (const core::FrameReference& reference : shot->settings.references)
                files.insert(reference.file);
            for (const core::Take& take : shot->takes) {
                listed.insert(take.id);
                if (take.starred || take.id == shot->selected_take) kept.insert(take.id);
            }
        }
    }
    std::set<const core::Shot*> seen_;
};

}  // namespace

DiskCleaner::DiskCleaner(StudioSession& session, QObject* parent) : QObject(parent), session_(session) {}

std::set<std::string> DiskCleaner::takes_in_work() const
{
    // A take's id is its job's.
    std::set<std::string> ids;
    for (const core::Job& job : session_.desk().jobs())
        if (job.state != core::JobState::done) ids.insert(job.id);
    return ids;
}

void DiskCleaner::measure()
{
    const auto store = session_.keeper().store();
    if (!store) return;
    if (busy_) {
        again_ = true;
        return;
    }
    busy_ = true;
    Q_EMIT changed();
    const auto work = [store, document = session_.document(), keep = takes_in_work()] {
        Measured measured;
        measured.use = core::disk_use_by_category(*store);
        measured.titles = titles_of(document.project());
        for (const CleanUpKind kind : k_kinds) {
            core::CleanUpOptions options;
            options.kinds = {kind};
            options.keep = keep;
            measured.items[kind] = core::plan_clean_up(*store, document, options);
        }
        return measured;
    };
    background_.run(this, work, [this, store](Measured measured) {
        busy_ = false;
        if (std::exchange(again_, false) || store != session_.keeper().store()) return measure();
        use_ = measured.use;
        items_ = std::move(measured.items);
        titles_ = std::move(measured.titles);
        Q_EMIT changed();
    });
}

const std::vector<CleanUpItem>& DiskCleaner::items(CleanUpKind kind) const
{
    static const std::vector<CleanUpItem> none;
    const auto found = items_.find(kind);
    return found == items_.end() ? none : found->second;
}

std::vector<CleanUpItem> DiskCleaner::chosen(const std::set<CleanUpKind>& kinds) const
{
    std::vector<CleanUpItem> all;
    for (const CleanUpKind kind : k_kinds) {
        if (!kinds.contains(kind)) continue;
        // The latents of a take go with the take.
        if (kind == CleanUpKind::latents && kinds.contains(CleanUpKind::take)) continue;
        all.insert(all.end(), items(kind).begin(), items(kind).end());
    }
    return all;
}

QString DiskCleaner::title(const CleanUpItem& item) const
{
    if (const auto known = titles_.find(item.take_id); known != titles_.end()) return known->second;
    if (item.kind == CleanUpKind::partial) return tr("A half-written file");
    const auto name = core::path_from_utf8(item.path).filename();
    if (item.kind == CleanUpKind::unlisted)
        return tr("A take that no shot lists (%1)").arg(QString::fromStdString(item.take_id));
    return QString::fromStdString(core::path_to_utf8(name));
}

void DiskCleaner::clean(const std::set<CleanUpKind>& kinds)
{
    const auto store = session_.keeper().store();
    if (!store || busy_) return;
    if (store->access() == core::Access::read_only) return Q_EMIT failed(QString::fromStdString(store->read_only_reason()));
    std::vector<CleanUpItem> plan = chosen(kinds);
    // Since the list was made one may have been starred, chosen or brought back, or a job may have begun to work on it.
    const auto in_work = takes_in_work();
    const Used used(session_.document());
    std::erase_if(plan, [&](const CleanUpItem& item) { return used.needs(item) || in_work.contains(item.take_id); });
    if (plan.empty()) return;
    busy_ = true;
    Q_EMIT changed();
    core::apply_clean_up(session_.document(), plan);
    const auto work = [store, plan, project = session_.project()]() -> core::Result<void> {
        // A document that named files which are gone would be worse than files which nothing names.
        if (auto saved = store->save(project); !saved) return saved;
        return core::remove_files(*store, plan);
    };
    const std::uint64_t bytes = std::accumulate(plan.begin(), plan.end(), std::uint64_t{0},
                                                [](std::uint64_t sum, const CleanUpItem& item) { return sum + item.bytes; });
    // The window may be gone before the files are; the keeper is there as long as its thread.
    const auto then = [self = QPointer(this), bytes, count = plan.size()](const core::Result<void>& removed) {
        if (!self) return;
        self->busy_ = false;
        if (removed)
            Q_EMIT self->cleaned(static_cast<int>(count), bytes);
        else
            Q_EMIT self->failed(QString::fromStdString(removed.error().message));
        self->measure();
    };
    session_.keeper().disk().run(&session_.keeper(), work, then);
}

}  // namespace kinora::ui
