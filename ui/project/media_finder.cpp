#include "ui/project/media_finder.h"

#include <QElapsedTimer>
#include <QStringList>
#include <algorithm>
#include <utility>

#include "core/base/paths.h"
#include "core/media/import_media.h"
#include "ui/session/studio_session.h"

namespace kinora::ui {
namespace {

namespace fs = std::filesystem;

QString text_of(const core::Error& error)
{
    return QString::fromStdString(error.message);
}

/// As the document names it: relative where it lies in the project.
std::string name_in_project(const fs::path& file, const fs::path& project)
{
    const fs::path relative = file.lexically_relative(project);
    const bool inside = !relative.empty() && *relative.begin() != "..";
    return core::path_to_utf8(inside ? relative : file);
}

}  // namespace

/// What became of one found file.
struct MediaFinder::Linked {
    std::size_t row = 0;
    std::optional<core::Asset> asset;  ///< with the new file, for assets
    QString problem;
};

MediaFinder::MediaFinder(StudioSession& session, QObject* parent) : QObject(parent), session_(session) {}

MediaFinder::~MediaFinder()
{
    stop_.request_stop();
}

void MediaFinder::stop()
{
    stop_.request_stop();
}

void MediaFinder::set_busy(Busy busy)
{
    busy_ = busy;
    if (busy != Busy::no) stop_ = std::stop_source();
    Q_EMIT changed();
    if (busy == Busy::no && next_) std::exchange(next_, {})();
}

std::size_t MediaFinder::found_count() const
{
    return static_cast<std::size_t>(
        std::count_if(rows_.begin(), rows_.end(), [](const Row& row) { return row.found.has_value(); }));
}

void MediaFinder::look()
{
    const auto store = session_.keeper().store();
    if (!store) return;
    if (busy_ != Busy::no) {
        next_ = [this] { look(); };
        return;
    }
    set_busy(Busy::looking);
    const auto work = [store, project = session_.project()] { return core::missing_files(*store, project); };
    background_.run(this, work, [this, store](std::vector<core::MissingFile> missing) {
        rows_.clear();
        if (store == session_.keeper().store())
            for (auto& file : missing)
                rows_.push_back({std::move(file), std::nullopt, {}});
        set_busy(Busy::no);
        Q_EMIT looked(static_cast<int>(rows_.size()));
    });
}

void MediaFinder::search(const fs::path& folder)
{
    if (busy_ != Busy::no || rows_.empty()) return;
    set_busy(Busy::searching);
    std::vector<core::MissingFile> missing;
    for (const Row& row : rows_)
        missing.push_back(row.missing);
    const auto work = [missing, folder, token = stop_.get_token()] { return core::find_missing(missing, folder, token); };
    background_.run(this, work, [this](const core::Result<std::vector<core::FoundFile>>& found) {
        int count = 0;
        if (found) {
            for (const core::FoundFile& file : *found)
                for (Row& row : rows_)
                    if (row.missing == file.missing) {
                        row.found = file;
                        row.problem.clear();
                        ++count;
                    }
        }
        set_busy(Busy::no);
        if (found) Q_EMIT searched(count);
        if (!found && found.error().kind != core::ErrorKind::cancelled) Q_EMIT failed(text_of(found.error()));
    });
}

void MediaFinder::choose(std::size_t row, const fs::path& file)
{
    if (row >= rows_.size()) return;
    rows_[row].found = core::FoundFile{rows_[row].missing, file, {}};
    rows_[row].problem.clear();
    Q_EMIT changed();
}

void MediaFinder::relink()
{
    const auto store = session_.keeper().store();
    if (!store || busy_ != Busy::no || found_count() == 0) return;
    set_busy(Busy::relinking);
    const auto link = [store, project = session_.project()](
                          const core::FoundFile& found, std::stop_token stop) -> core::Result<std::optional<core::Asset>> {
        const core::MissingFile& missing = found.missing;
        if (!missing.take_id.empty()) {
            const auto shot = core::find_shot(project, missing.shot_id);
            const auto* take = shot ? core::find_take(*project.shots[*shot], missing.take_id) : nullptr;
            if (take == nullptr)
                return core::make_error(core::ErrorKind::not_found,
                                        "No shot lists the take of " + missing.name + " any more.");
            if (auto restored = core::restore_clip(*store, *take, found.file, stop); !restored) return restored.error();
            return std::optional<core::Asset>();
        }
        auto replacement = media::describe_media(found.file, stop);
        if (!replacement) return replacement.error();
        replacement->file = name_in_project(found.file, store->folder());
        auto asset = core::relinked(project, missing.asset_id, *replacement);
        if (!asset) return asset.error();
        return std::optional(std::move(*asset));
    };
    const auto work = [link, rows = rows_, token = stop_.get_token()] {
        std::vector<Linked> linked;
        for (std::size_t row = 0; row < rows.size() && !token.stop_requested(); ++row) {
            if (!rows[row].found) continue;
            auto asset = link(*rows[row].found, token);
            linked.push_back(asset ? Linked{row, std::move(*asset), {}} : Linked{row, {}, text_of(asset.error())});
        }
        return linked;
    };
    background_.run(this, work, [this, store](const std::vector<Linked>& linked) {
        if (store == session_.keeper().store()) take_in(linked);
        set_busy(Busy::no);
    });
}

void MediaFinder::take_in(const std::vector<Linked>& linked)
{
    int done = 0;
    std::vector<std::size_t> gone;
    for (const Linked& link : linked) {
        Row& row = rows_[link.row];
        row.problem = link.problem;
        if (!link.problem.isEmpty()) {
            row.found.reset();
            continue;
        }
        if (link.asset)
            session_.document().update_asset_everywhere(row.missing.asset_id,
                                                        [&](core::Asset& asset) { asset = *link.asset; });
        else
            Q_EMIT clip_restored(session_.file(row.missing.file));
        gone.push_back(link.row);
        ++done;
    }
    for (auto row = gone.rbegin(); row != gone.rend(); ++row)
        rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(*row));
    if (done > 0) Q_EMIT relinked(done);
}

void MediaFinder::collect()
{
    const auto store = session_.keeper().store();
    if (!store) return;
    if (busy_ != Busy::no) {
        next_ = [this] { collect(); };
        return;
    }
    set_busy(Busy::collecting);
    auto since = std::make_shared<QElapsedTimer>();
    since->start();
    const core::CopyProgress tell = [this, since](std::uint64_t done, std::uint64_t total) {
        if (since->elapsed() < 50 || total == 0) return;
        since->restart();
        Q_EMIT collect_progressed(static_cast<double>(done) / static_cast<double>(total));
    };
    const auto work = [store, tell, project = session_.project(), token = stop_.get_token()] {
        return core::collect(*store, project, tell, token);
    };
    background_.run(this, work, [this, store](const core::Result<core::Collected>& gathered) {
        set_busy(Busy::no);
        if (!gathered) {
            if (gathered.error().kind != core::ErrorKind::cancelled) return Q_EMIT failed(text_of(gathered.error()));
            return Q_EMIT collected(0, {});
        }
        if (store == session_.keeper().store())
            for (const auto& [id, file] : gathered->files)
                session_.document().update_asset_everywhere(id, [&name = file](core::Asset& asset) { asset.file = name; });
        QStringList problems;
        for (const core::Error& problem : gathered->problems)
            problems.append(text_of(problem));
        Q_EMIT collected(static_cast<int>(gathered->files.size()), problems);
    });
}

}  // namespace kinora::ui
