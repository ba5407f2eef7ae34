#include <algorithm>

#include "core/base/paths.h"
#include "core/export/restore_recipe.h"
#include "core/interchange/timeline_settle.h"
#include "core/project/take_edits.h"
#include "core/storyboard/clipboard.h"
#include "core/storyboard/edits.h"
#include "core/storyboard/group_edits.h"
#include "core/storyboard/layout.h"
#include "core/storyboard/sound_edits.h"
#include "ui/session/media_importer.h"
#include "ui/session/studio_session.h"
#include "ui/session/timeline_bringer.h"

// What the storyboard asks of the session: edits by name, pasting, bringing files in.

namespace kinora::ui {
namespace {

/// A place where imported sound goes: one after the other.
struct SoundDrop {
    std::string track;
    std::int64_t frame = 0;
};

/// The sound of an imported video lies below its picture.
core::Result<void> place_sound_of(core::Project& project, const core::Asset& asset, const std::string& shot)
{
    const auto index = core::find_shot(project, shot);
    if (asset.samples <= 0 || !index) return {};
    const auto placed = core::place_sound(project, {}, asset.id, core::Layout(project).start(*index));
    if (!placed) return placed.error();
    return {};
}

core::Result<std::vector<std::string>> bring_in(core::Project& project, std::vector<core::Asset> assets, std::size_t index,
                                                SoundDrop drop)
{
    std::vector<std::string> made;
    for (core::Asset& asset : assets) {
        const auto id = core::add_asset(project, asset);
        if (!id) return id.error();
        asset = *core::find_asset(project, *id);
        if (asset.kind == core::AssetKind::audio) {
            const auto placed = core::place_sound(project, drop.track, asset.id, drop.frame);
            if (!placed) return placed.error();
            const auto place = core::find_sound_clip(project, *placed);
            const auto& clip = project.sound_tracks[place->track]->clips[place->clip];
            drop.frame = core::heard_frames(clip, project.rate).end;
            made.push_back(*placed);
            continue;
        }
        const auto shots = core::insert_shots(project, index, {core::make_media_shot(asset, project.rate)});
        if (!shots) return shots.error();
        index = std::min(index, project.shots.size() - 1) + 1;
        made.insert(made.end(), shots->begin(), shots->end());
        if (const auto sound = place_sound_of(project, asset, shots->front()); !sound) return sound.error();
    }
    return made;
}

}  // namespace

void StudioSession::change(const QString& name, const core::Document::Edit& edit, std::string_view merge_key)
{
    if (const auto done = document_.edit(name.toStdString(), edit, merge_key); !done) report(done.error());
}

void StudioSession::set_export_range(std::optional<core::FrameRange> range)
{
    edit(range ? "Set export range" : "Clear export range", [range](core::Project& project) -> core::Result<void> {
        project.settings.export_range = range;
        return {};
    });
}

void StudioSession::paste(const std::string& text, std::size_t index, std::int64_t frame)
{
    const auto store = keeper_->store();
    auto clipboard = core::clipboard_from_text(text);
    if (!clipboard) return report(clipboard.error());
    const auto put = [this, index, frame](const core::Clipboard& gathered) {
        std::vector<std::string> made;
        change(tr("Paste"), [&](core::Project& project) -> core::Result<void> {
            auto ids = core::paste(project, gathered, index, frame);
            if (!ids) return ids.error();
            made = std::move(*ids);
            return {};
        });
        if (!made.empty()) Q_EMIT inserted(made);
    };
    if (clipboard->project_id == project().id) return put(*clipboard);
    if (!store) return;
    // Takes of another project are copied here first, and that may last.
    const auto work = [store, now = project(), foreign = std::move(*clipboard)] {
        return core::gather(*store, now, foreign);
    };
    keeper_->disk().run(this, work, [this, put](const core::Result<core::Clipboard>& gathered) {
        gathered ? put(*gathered) : report(gathered.error());
    });
}

namespace {

/// A shot, the file it shows, and how that was made.
struct Shown {
    std::string shot;
    std::filesystem::path file;
    std::vector<core::Recipe> recipes;
};

/// New shots that show a file.
std::vector<Shown> shown_files(const core::Project& project, const core::ProjectStore& store,
                               const std::vector<std::string>& made)
{
    std::vector<Shown> shown;
    for (const std::string& id : made) {
        const auto index = core::find_shot(project, id);
        const core::Take* take = index ? core::selected_take(*project.shots[*index]) : nullptr;
        const core::Asset* asset = take != nullptr ? core::find_asset(project, take->asset) : nullptr;
        const auto file = asset != nullptr ? store.locate(asset->file) : core::Result<std::filesystem::path>(core::Error{});
        if (file) shown.push_back({id, *file, {}});
    }
    return shown;
}

/// Reads the recipes that the files carry. Blocks.
std::vector<Shown> with_recipes(std::vector<Shown> shown)
{
    for (Shown& one : shown)
        if (auto recipes = media::restore_recipes(one.file)) one.recipes = std::move(*recipes);
    return shown;
}

/// Timelines that are among the files; the rest stays.
QStringList take_timelines(QStringList& files)
{
    QStringList timelines;
    for (const QString& file : files)
        if (core::is_timeline(core::path_from_utf8(file.toStdString()))) timelines.append(file);
    for (const QString& timeline : timelines)
        files.removeAll(timeline);
    return timelines;
}

}  // namespace

void StudioSession::import_files(const QStringList& given, std::size_t index, std::int64_t frame, std::size_t track)
{
    const auto store = keeper_->store();
    if (!store || given.isEmpty()) return;
    const std::string target = project().id;
    QStringList files = given;
    for (const QString& timeline : take_timelines(files)) {
        const auto work = [store, file = core::path_from_utf8(timeline.toStdString()), rate = project().rate] {
            return bring_timeline(*store, file, rate);
        };
        keeper_->disk().run(this, work, [this, target, index](const core::Result<core::ImportedTimeline>& brought) {
            if (!brought) return report(brought.error());
            if (project().id != target) return;
            std::vector<std::string> made;
            change(tr("Import timeline"), [&](core::Project& project) -> core::Result<void> {
                auto ids = core::merge_timeline(project, brought->project);
                if (!ids) return ids.error();
                made = *ids;
                return made.empty() ? core::Result<void>() : core::move_shots(project, made, index);
            });
            if (!made.empty()) Q_EMIT inserted(made);
            for (const std::string& note : brought->notes)
                Q_EMIT importer_->failed(QString::fromStdString(note));
        });
    }
    if (files.isEmpty()) return;
    importer_->import(store, files, [this, store, target, index, frame, track](std::vector<core::Asset> assets) {
        if (project().id != target) return;
        std::vector<std::string> made;
        change(tr("Import media"), [&](core::Project& project) -> core::Result<void> {
            SoundDrop drop{{}, frame};
            if (track < project.sound_tracks.size()) drop.track = project.sound_tracks[track]->id;
            auto ids = bring_in(project, assets, index, drop);
            if (!ids) return ids.error();
            made = std::move(*ids);
            return {};
        });
        if (!made.empty()) Q_EMIT inserted(made);
        // What Kinora has exported comes back with its prompt and settings.
        const auto work = [shown = shown_files(project(), *store, made)] { return with_recipes(shown); };
        keeper_->disk().run(this, work, [this](const std::vector<Shown>& found) {
            for (const Shown& one : found)
                if (one.recipes.size() == 1)
                    document_.update_shot_everywhere(
                        one.shot, [&](core::Shot& shot) { core::take_over_recipe(shot, one.recipes.front()); });
        });
    });
}

}  // namespace kinora::ui
