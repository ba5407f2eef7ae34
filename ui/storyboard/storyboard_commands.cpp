#include "ui/storyboard/storyboard_commands.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/storyboard/edits.h"
#include "core/storyboard/group_edits.h"
#include "core/storyboard/sound_edits.h"
#include "ui/storyboard/storyboard_actions.h"
#include "ui/storyboard/storyboard_text.h"
#include "ui/storyboard/storyboard_view.h"

// Edits of the chosen shots and cuts.
namespace kinora::ui {

namespace {

template <typename Value>
core::Result<void> outcome(const core::Result<Value>& done)
{
    if (!done) return done.error();
    return {};
}

std::int64_t whole_second(const core::Project& project)
{
    return std::max<std::int64_t>(1, std::lround(project.rate.as_double()));
}

/// The shot that is looked at when these are gone: the one behind them, or the one before.
std::string neighbour_of(const core::Project& project, const std::vector<std::string>& ids)
{
    const auto gone = [&](std::size_t shot) {
        return std::find(ids.begin(), ids.end(), project.shots[shot]->id) != ids.end();
    };
    const auto fits = [&](std::size_t shot) { return !gone(shot) && project.shots[shot]->kind != core::ShotKind::gap; };
    const auto last = core::find_shot(project, ids.back());
    if (!last) return {};
    for (std::size_t shot = *last + 1; shot < project.shots.size(); ++shot) {
        if (fits(shot)) return project.shots[shot]->id;
    }
    for (std::size_t shot = *last; shot-- > 0;) {
        if (fits(shot)) return project.shots[shot]->id;
    }
    return {};
}

}  // namespace

std::vector<std::string> StoryboardCommands::chosen_shots() const
{
    return view_.project() ? view_.selection().shots(*view_.project()) : std::vector<std::string>();
}

void StoryboardCommands::split()
{
    const std::int64_t frame = view_.playhead();
    std::vector<std::string> sounds;
    for (const std::string& id : chosen_sounds()) {
        const auto place = core::find_sound_clip(*view_.project(), id);
        const auto& clip = view_.project()->sound_tracks[place->track]->clips[place->clip];
        if (core::heard_frames(clip, view_.project()->rate).contains(frame)) sounds.push_back(id);
    }
    if (sounds.empty()) {
        return view_.request(tr("Split shot"),
                             [frame](core::Project& project) { return outcome(core::split_at(project, frame)); });
    }
    view_.request(tr("Split sound"), [sounds, frame](core::Project& project) -> core::Result<void> {
        for (const std::string& id : sounds) {
            if (const auto done = core::split_sound(project, id, frame); !done) return done.error();
        }
        return {};
    });
}

void StoryboardCommands::duplicate()
{
    const auto shots = chosen_shots();
    const auto sounds = chosen_sounds();
    auto made = std::make_shared<std::vector<std::string>>();
    const auto edit = [shots, sounds, made](core::Project& project) -> core::Result<void> {
        made->clear();
        if (!shots.empty()) {
            const auto copies = core::duplicate_shots(project, shots);
            if (!copies) return copies.error();
            *made = *copies;
        }
        for (const std::string& id : sounds) {
            const auto copy = core::duplicate_sound(project, id);
            if (!copy) return copy.error();
            made->push_back(*copy);
        }
        return {};
    };
    if (shots.empty() && sounds.empty()) return;
    view_.request(shots.size() > 1 ? tr("Duplicate shots") : (shots.empty() ? tr("Duplicate sound") : tr("Duplicate shot")),
                  edit);
    view_.choose_all(*made);
}

void StoryboardCommands::remove(const QString& name)
{
    const core::Project& now = *view_.project();
    const auto shots = chosen_shots();
    const auto sounds = chosen_sounds();
    std::vector<std::string> markers;
    std::vector<std::string> transitions;
    for (const core::Marker& marker : now.markers) {
        if (view_.selection().contains(marker.id)) markers.push_back(marker.id);
    }
    for (const auto& shot : now.shots) {
        if (shot->transition.frames > 0 && view_.selection().contains(transition_id(shot->id)))
            transitions.push_back(shot->id);
    }
    const std::string next = shots.empty() ? std::string() : neighbour_of(now, shots);
    // The neighbour is shown before, not first of all something else because the current shot is gone.
    if (!next.empty() && std::find(shots.begin(), shots.end(), view_.selected()) != shots.end()) view_.choose(next);
    view_.request(name, [=](core::Project& project) -> core::Result<void> {
        for (const std::string& id : transitions) {
            const auto done = core::set_transition(project, id, core::TransitionKind::cut, 0);
            if (!done) return done.error();
        }
        for (const std::string& id : markers) {
            if (const auto done = core::remove_marker(project, id); !done) return done.error();
        }
        if (!sounds.empty()) {
            if (const auto done = core::remove_sounds(project, sounds); !done) return done.error();
        }
        return shots.empty() ? core::Result<void>() : core::remove_shots(project, shots);
    });
}

void StoryboardCommands::lift()
{
    const auto shots = chosen_shots();
    if (shots.empty()) return;
    const std::string next = neighbour_of(*view_.project(), shots);
    if (!next.empty()) view_.choose(next);
    view_.request(shots.size() > 1 ? tr("Lift shots") : tr("Lift shot"),
                  [shots](core::Project& project) { return core::lift_shots(project, shots); });
}

void StoryboardCommands::trim_to_playhead(bool start)
{
    view_.request(start ? tr("Trim start") : tr("Trim end"), [start, frame = view_.playhead()](core::Project& project) {
        return start ? core::trim_start_to(project, frame) : core::trim_end_to(project, frame);
    });
}

void StoryboardCommands::slip(int frames)
{
    const auto shots = chosen_shots();
    const auto sounds = chosen_sounds();
    view_.request(tr("Slip"), [shots, sounds, frames](core::Project& project) -> core::Result<void> {
        for (const std::string& id : shots) {
            if (const auto done = core::slip(project, id, frames); !done) return done.error();
        }
        const std::int64_t samples = core::sample_of_frame(frames, project.rate);
        for (const std::string& id : sounds) {
            if (const auto done = core::slip_sound(project, id, samples); !done) return done.error();
        }
        return {};
    });
}

void StoryboardCommands::move_chosen(int step)
{
    const auto shots = chosen_shots();
    if (shots.empty()) return;
    const auto first = core::find_shot(*view_.project(), shots.front());
    const auto last = core::find_shot(*view_.project(), shots.back());
    if ((step < 0 && *first == 0) || (step > 0 && *last + 1 >= view_.project()->shots.size())) return;
    // Indices count places before the move: one to the right means behind the next but one.
    const std::size_t index = step < 0 ? *first - 1 : *last + 2;
    view_.request(shots.size() > 1 ? tr("Move shots") : tr("Move shot"),
                  [shots, index](core::Project& project) { return core::move_shots(project, shots, index); });
}

void StoryboardCommands::insert_gap()
{
    auto made = std::make_shared<std::string>();
    view_.request(tr("Insert gap"), [made, frame = view_.playhead()](core::Project& project) -> core::Result<void> {
        const auto gap = core::insert_gap(project, frame, whole_second(project));
        if (!gap) return gap.error();
        *made = *gap;
        return {};
    });
    if (!made->empty()) view_.choose(*made);
}

std::vector<std::string> StoryboardCommands::cuts() const
{
    const core::Project& project = *view_.project();
    std::vector<std::string> found;
    for (std::size_t shot = 1; shot < project.shots.size(); ++shot) {
        if (view_.selection().contains(transition_id(project.shots[shot]->id))) found.push_back(project.shots[shot]->id);
    }
    if (!found.empty()) return found;
    found = chosen_shots();
    if (found.size() > 1) {
        std::erase(found, project.shots.front()->id);
        return found;
    }
    const core::Layout& layout = view_.layout_now();
    if (layout.size() < 2) return {};
    const auto place = layout.at(view_.playhead());
    const std::size_t under = std::max<std::size_t>(place ? place->shot : layout.size() - 1, 1);
    const auto distance = [&](std::size_t shot) { return std::llabs(layout.start(shot) - view_.playhead()); };
    const bool next = under + 1 < layout.size() && distance(under + 1) < distance(under);
    const std::size_t nearest = next ? under + 1 : under;
    return {project.shots[nearest]->id};
}

void StoryboardCommands::set_transition(core::TransitionKind kind)
{
    const auto shots = cuts();
    if (shots.empty()) return;
    view_.request(transition_name(kind), [shots, kind](core::Project& project) -> core::Result<void> {
        // One of several that has no room for it doesn't keep the others from getting theirs.
        core::Result<void> last;
        bool any = false;
        for (const std::string& id : shots) {
            const auto index = core::find_shot(project, id);
            const std::int64_t now = index ? project.shots[*index]->transition.frames : 0;
            const std::int64_t wanted = now > 0 ? now : std::max<std::int64_t>(2, whole_second(project) / 2);
            const auto done = core::set_transition(project, id, kind, kind == core::TransitionKind::cut ? 0 : wanted);
            if (done) any = true;
            if (!done) last = done.error();
        }
        return any ? core::Result<void>() : last;
    });
    std::vector<std::string> chosen;
    for (const std::string& id : shots) {
        if (kind != core::TransitionKind::cut) chosen.push_back(transition_id(id));
    }
    if (shots.size() == 1) view_.choose_all(chosen);
}

void StoryboardCommands::set_transition_before(const std::string& shot, core::TransitionKind kind)
{
    const auto index = view_.project() ? core::find_shot(*view_.project(), shot) : std::nullopt;
    if (index.value_or(0) == 0) return;
    view_.choose_all({transition_id(shot)});
    set_transition(kind);
}

}  // namespace kinora::ui
