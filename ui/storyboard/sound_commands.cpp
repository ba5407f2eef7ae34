#include <algorithm>

#include "core/storyboard/sound_edits.h"
#include "ui/storyboard/storyboard_commands.h"
#include "ui/storyboard/storyboard_view.h"

// Edits of sound clips and tracks.
namespace kinora::ui {

std::vector<std::string> StoryboardCommands::chosen_sounds() const
{
    std::vector<std::string> found;
    if (!view_.project() || view_.selection().empty()) return found;
    for (const auto& track : view_.project()->sound_tracks) {
        for (const core::SoundClip& clip : track->clips) {
            if (view_.selection().contains(clip.id)) found.push_back(clip.id);
        }
    }
    return found;
}

void StoryboardCommands::edit_sounds(const QString& name,
                                     const std::function<core::Result<void>(core::Project&, const std::string&)>& edit)
{
    const auto sounds = chosen_sounds();
    if (sounds.empty()) return;
    view_.request(name, [sounds, edit](core::Project& project) -> core::Result<void> {
        for (const std::string& id : sounds) {
            if (const auto done = edit(project, id); !done) return done;
        }
        return {};
    });
}

void StoryboardCommands::mute_sounds()
{
    const auto sounds = chosen_sounds();
    const core::Project& now = *view_.project();
    const bool all_mute = std::all_of(sounds.begin(), sounds.end(), [&](const std::string& id) {
        const auto place = core::find_sound_clip(now, id);
        return now.sound_tracks[place->track]->clips[place->clip].mute;
    });
    edit_sounds(
        all_mute ? tr("Unmute sound") : tr("Mute sound"),
        [mute = !all_mute](core::Project& project, const std::string& id) { return core::mute_sound(project, id, mute); });
}

void StoryboardCommands::fade_sounds(bool in)
{
    edit_sounds(tr("Fade sound"), [in](core::Project& project, const std::string& id) -> core::Result<void> {
        const auto place = core::find_sound_clip(project, id);
        if (!place) return core::fade_sound(project, id, 0, 0);
        const core::SoundClip clip = project.sound_tracks[place->track]->clips[place->clip];
        const auto second = static_cast<std::int64_t>(project.rate.as_double() + 0.5);
        const std::int64_t fade_in = in ? (clip.fade_in > 0 ? 0 : second) : clip.fade_in;
        const std::int64_t fade_out = in ? clip.fade_out : (clip.fade_out > 0 ? 0 : second);
        return core::fade_sound(project, id, fade_in, fade_out);
    });
}

void StoryboardCommands::set_gain(float gain_db)
{
    edit_sounds(tr("Change gain"), [gain_db](core::Project& project, const std::string& id) {
        return core::set_sound_gain(project, id, gain_db);
    });
}

void StoryboardCommands::add_track()
{
    view_.request(tr("Add sound track"), [](core::Project& project) -> core::Result<void> {
        const auto made = core::add_sound_track(project);
        if (!made) return made.error();
        return {};
    });
}

bool StoryboardCommands::has_track(const std::string& track) const
{
    return view_.project() && core::find_sound_track(*view_.project(), track);
}

void StoryboardCommands::remove_track(const std::string& track)
{
    if (!has_track(track)) return;
    view_.request(tr("Delete sound track"),
                  [track](core::Project& project) { return core::remove_sound_track(project, track); });
}

void StoryboardCommands::mute_track(const std::string& track)
{
    if (!has_track(track)) return;
    const auto& tracks = view_.project()->sound_tracks;
    const bool mute = !tracks[*core::find_sound_track(*view_.project(), track)]->mute;
    view_.request(mute ? tr("Mute track") : tr("Unmute track"),
                  [track, mute](core::Project& project) { return core::mute_sound_track(project, track, mute); });
}

void StoryboardCommands::set_track_gain(const std::string& track, float gain_db)
{
    if (!has_track(track)) return;
    view_.request(tr("Change track's gain"),
                  [track, gain_db](core::Project& project) { return core::set_sound_track_gain(project, track, gain_db); });
}

void StoryboardCommands::rename_track(const std::string& track, const QString& name)
{
    const std::string text = name.trimmed().toStdString();
    if (text.empty() || !has_track(track)) return;
    view_.request(tr("Rename track"),
                  [track, text](core::Project& project) { return core::rename_sound_track(project, track, text); });
}

}  // namespace kinora::ui
