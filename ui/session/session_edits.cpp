#include <QBuffer>
#include <QFile>
#include <QImage>

#include "core/base/file.h"
#include "core/base/ids.h"
#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/generation/picture_file.h"
#include "core/media/clip_reader.h"
#include "core/project/take_edits.h"
#include "core/storyboard/edits.h"
#include "ui/session/studio_session.h"

// The edits of the session: what a gesture does to the document.

namespace kinora::ui {
namespace {

/// The field with arrows that was turned, where nothing else differs; else empty.
std::string turned_field(const core::ShotSettings& before, core::ShotSettings after)
{
    std::string turned;
    const auto take_back = [&](auto core::ShotSettings::*field, const char* name) {
        if (!turned.empty() || after.*field == before.*field) return;
        turned = name;
        after.*field = before.*field;
    };
    take_back(&core::ShotSettings::steps, "steps");
    take_back(&core::ShotSettings::guidance, "guidance");
    take_back(&core::ShotSettings::shift, "shift");
    take_back(&core::ShotSettings::takes, "takes");
    return after == before ? turned : std::string();
}

core::Result<void> no_shot()
{
    return core::make_error(core::ErrorKind::not_found, "There is no shot yet: add one first.");
}

/// Puts bytes of a picture into the project's media folder, under a name from their hash, so that the same picture is kept
/// once.
core::Result<core::FrameReference> keep_picture(const std::filesystem::path& folder, int frame, const std::string& bytes,
                                                const std::string& extension)
{
    const std::string hash = core::sha256_hex(bytes);
    const std::string relative = "media/" + hash.substr(0, 16) + extension;
    std::error_code failed;
    std::filesystem::create_directories(folder / "media", failed);
    if (const auto written = core::write_file(folder / relative, bytes); !written) return written.error();
    return core::FrameReference{frame, relative, hash};
}

}  // namespace

void StudioSession::rename_project(const QString& name)
{
    const std::string text = name.simplified().toStdString();
    if (text.empty() || text == project().name) return;
    edit("Rename project", [&](core::Project& project) -> core::Result<void> {
        project.name = text;
        return {};
    });
}

void StudioSession::set_prompt(const QString& text)
{
    edit(
        "Change prompt", [&](core::Project& project) { return core::set_prompt(project, selected_, text.toStdString()); },
        "prompt:" + selected_);
}

void StudioSession::set_negative_prompt(const QString& text)
{
    edit(
        "Change negative prompt",
        [&](core::Project& project) { return core::set_negative_prompt(project, selected_, text.toStdString()); },
        "negative:" + selected_);
}

void StudioSession::end_typing()
{
    document_.end_merging();
}

void StudioSession::set_settings(const core::ShotSettings& settings)
{
    const auto* before = shot();
    const std::string turned = before ? turned_field(before->settings, settings) : std::string();
    // A spin box that is held down is one gesture: it ends when nothing came for a while.
    edit(
        "Change settings", [&](core::Project& project) { return core::set_settings(project, selected_, settings); },
        turned.empty() ? std::string() : "settings:" + turned + ":" + selected_);
    turn_timer_.start();
}

void StudioSession::add_shot()
{
    core::ShotSettings settings;
    if (const auto* current = shot()) {
        settings = current->settings;
        settings.references.clear();
    }
    const core::Shot made = core::make_shot({}, settings);
    const std::size_t index = project().shots.empty() ? 0 : shot_index() + 1;
    edit("Add shot", [&](core::Project& project) { return core::insert_shot(project, index, made); });
    select_shot(made.id);
}

void StudioSession::trim(const std::string& id, core::FrameRange range, bool finished)
{
    if (trimming_ != id) {
        if (!trimming_.empty()) document_.end_gesture();
        document_.begin_gesture("Trim shot");
        trimming_ = id;
    }
    const auto done = document_.update_gesture([&](core::Project& project) -> core::Result<void> {
        // Out first where the range grows to the right, so that in never meets it on the way.
        if (const auto end = core::trim_out(project, id, range.end); !end) return end.error();
        if (const auto first = core::trim_in(project, id, range.first); !first) return first.error();
        const auto end = core::trim_out(project, id, range.end);
        return end ? core::Result<void>() : core::Result<void>(end.error());
    });
    if (!done) report(done.error());
    if (finished) end_trim();
}

void StudioSession::end_trim()
{
    if (trimming_.empty()) return;
    document_.end_gesture();
    trimming_.clear();
    Q_EMIT step_made();
}

void StudioSession::select_take(const std::string& take)
{
    edit("Select take", [&](core::Project& project) { return core::select_take(project, selected_, take); });
}

void StudioSession::star_take(const std::string& take, bool starred)
{
    edit(starred ? "Star take" : "Unstar take",
         [&](core::Project& project) { return core::star_take(project, selected_, take, starred); });
}

void StudioSession::remove_take(const std::string& take)
{
    edit("Remove take", [&](core::Project& project) { return core::remove_take(project, selected_, take); });
}

void StudioSession::use_settings_of(const std::string& take_id)
{
    const auto* current = shot();
    const auto* take = current ? core::find_take(*current, take_id) : nullptr;
    if (!take || !take->recipe)
        return report(core::make_error(core::ErrorKind::not_found, "This take was imported and has no settings."));
    use_recipe(*take->recipe);
}

void StudioSession::use_recipe(const core::Recipe& recipe)
{
    edit("Use a take's settings", [&](core::Project& project) -> core::Result<void> {
        const auto index = core::find_shot(project, selected_);
        if (!index) return no_shot();
        core::Take take;
        take.recipe = recipe;
        const auto settings = core::settings_of_take(*project.shots[*index], take);
        if (auto done = core::set_prompt(project, selected_, recipe.prompt); !done) return done;
        if (auto done = core::set_negative_prompt(project, selected_, recipe.negative_prompt); !done) return done;
        return core::set_settings(project, selected_, settings);
    });
}

void StudioSession::set_reference(int frame, const QString& file)
{
    const auto work = [folder = folder(), frame, file = core::path_from_utf8(file.toStdString())] {
        auto bytes = core::read_file(file, 256ULL << 20);
        if (!bytes) return core::Result<core::FrameReference>(bytes.error());
        return keep_picture(folder, frame, *bytes, core::path_to_utf8(file.extension()));
    };
    keeper_->disk().run(this, work,
                        [this, shot = selected_, frame](const auto& kept) { reference_written(shot, frame, kept); });
}

void StudioSession::set_reference(int frame, const QImage& picture, const QString&)
{
    const auto work = [folder = folder(), frame, picture]() -> core::Result<core::FrameReference> {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        if (!picture.save(&buffer, "PNG"))
            return core::make_error(core::ErrorKind::internal, "The picture couldn't be written as PNG.");
        return keep_picture(folder, frame, bytes.toStdString(), ".png");
    };
    keeper_->disk().run(this, work,
                        [this, shot = selected_, frame](const auto& kept) { reference_written(shot, frame, kept); });
}

void StudioSession::reference_written(const std::string& shot, int frame,
                                      const core::Result<core::FrameReference>& reference)
{
    if (!reference) return report(reference.error());
    edit("Set reference", [&](core::Project& project) -> core::Result<void> {
        const auto index = core::find_shot(project, shot);
        if (!index) return no_shot();
        auto settings = project.shots[*index]->settings;
        std::erase_if(settings.references, [frame](const core::FrameReference& old) { return old.frame == frame; });
        settings.references.push_back(*reference);
        return core::set_settings(project, shot, settings);
    });
}

void StudioSession::remove_reference(int frame)
{
    const auto* current = shot();
    if (!current) return;
    auto settings = current->settings;
    std::erase_if(settings.references, [frame](const core::FrameReference& old) { return old.frame == frame; });
    set_settings(settings);
}

void StudioSession::chain_to_previous()
{
    const auto index = shot_index();
    const core::Shot* previous = index == 0 ? nullptr : &*project().shots[index - 1];
    const auto* take = previous ? core::selected_take(*previous) : nullptr;
    if (!take)
        return report(core::make_error(core::ErrorKind::not_found, "The shot before has no take yet: generate it first."));
    set_reference_from_clip(0, file(core::clip_file(project(), *take)), static_cast<int>(previous->range.end) - 1);
}

void StudioSession::lead_to_next()
{
    const auto index = shot_index() + 1;
    const core::Shot* next = index < project().shots.size() ? &*project().shots[index] : nullptr;
    const auto* take = next ? core::selected_take(*next) : nullptr;
    if (!take)
        return report(core::make_error(core::ErrorKind::not_found, "The shot behind has no take yet: generate it first."));
    set_reference_from_clip(-1, file(core::clip_file(project(), *take)), static_cast<int>(next->range.first));
}

void StudioSession::set_reference_from_clip(int place, const QString& clip, int frame)
{
    const auto work = [folder = folder(), file = core::path_from_utf8(clip.toStdString()), place,
                       frame]() -> core::Result<core::FrameReference> {
        auto reader = media::ClipReader::open(file);
        if (!reader) return reader.error();
        const auto picture = (*reader)->frames(frame, 1);
        if (!picture) return picture.error();
        const auto temporary = folder / ("media/frame-" + core::make_id() + ".png");
        std::error_code failed;
        std::filesystem::create_directories(folder / "media", failed);
        if (const auto written = core::write_png16(temporary, *picture, 0); !written) return written.error();
        auto bytes = core::read_file(temporary, 256ULL << 20);
        std::filesystem::remove(temporary, failed);
        if (!bytes) return bytes.error();
        return keep_picture(folder, place, *bytes, ".png");
    };
    keeper_->disk().run(this, work,
                        [this, shot = selected_, place](const auto& kept) { reference_written(shot, place, kept); });
}

}  // namespace kinora::ui
