#include "ui/storyboard/storyboard_text.h"

#include <QLocale>
#include <cmath>
#include <cstdlib>

#include "ui/player/time_text.h"
#include "ui/storyboard/storyboard_scene.h"

namespace kinora::ui {

namespace {
struct StoryboardText {
    Q_DECLARE_TR_FUNCTIONS(kinora::ui::StoryboardText)
};
const QString k_minus = QStringLiteral("−");
}  // namespace

QString transition_name(core::TransitionKind kind)
{
    switch (kind) {
        case core::TransitionKind::dissolve:
            return StoryboardText::tr("Dissolve");
        case core::TransitionKind::dip_to_black:
            return StoryboardText::tr("Dip to black");
        case core::TransitionKind::dip_to_white:
            return StoryboardText::tr("Dip to white");
        case core::TransitionKind::cut:
            break;
    }
    return StoryboardText::tr("Cut");
}

QString change_text(std::int64_t frames, core::FrameRate rate)
{
    const QString sign = frames < 0 ? k_minus : QStringLiteral("+");
    return sign + short_timecode(static_cast<int>(std::llabs(frames)), rate);
}

QString gain_text(float gain_db)
{
    const QString number = QLocale().toString(std::abs(gain_db), 'f', 1);
    const QString sign = gain_db < -0.049F ? k_minus : (gain_db > 0.049F ? QStringLiteral("+") : QString());
    return StoryboardText::tr("%1 dB").arg(sign + number);
}

QString sound_name(const core::Project& project, const core::SoundClip& clip)
{
    const core::Asset* asset = core::find_asset(project, clip.asset);
    return asset == nullptr ? StoryboardText::tr("Missing sound") : QString::fromStdString(asset->name);
}

QString tip_text(const core::Project& project, const core::Layout& layout, const StoryboardHit& hit)
{
    if (hit.zone == StoryboardZone::body && hit.shot < layout.size()) {
        const auto length = static_cast<int>(layout.range(hit.shot).length());
        return QStringLiteral("%1\n%2").arg(shot_title(*project.shots[hit.shot], hit.shot),
                                            length_text(length, project.rate));
    }
    if (hit.zone == StoryboardZone::marker && hit.item < project.markers.size()) {
        const core::Marker& marker = project.markers[hit.item];
        const QString time = short_timecode(static_cast<int>(marker.frame), project.rate);
        return marker.note.empty() ? StoryboardText::tr("Marker at %1 · double click writes a note").arg(time)
                                   : QStringLiteral("%1\n%2").arg(QString::fromStdString(marker.note), time);
    }
    if (hit.on_transition() && hit.shot < layout.size()) {
        const auto frames = static_cast<int>(layout.transition_frames(hit.shot));
        return QStringLiteral("%1 · %2").arg(transition_name(layout.transition(hit.shot)),
                                             length_text(frames, project.rate));
    }
    if (hit.on_sound()) {
        const core::SoundClip& clip = project.sound_tracks[hit.track]->clips[hit.item];
        return QStringLiteral("%1 · %2").arg(sound_name(project, clip), gain_text(clip.gain_db));
    }
    if (hit.zone == StoryboardZone::lane_mute)
        return project.sound_tracks[hit.track]->mute ? StoryboardText::tr("Let the track be heard")
                                                     : StoryboardText::tr("Mute the track");
    if (hit.zone == StoryboardZone::lane_name) return QString::fromStdString(project.sound_tracks[hit.track]->name);
    return {};
}

}  // namespace kinora::ui
