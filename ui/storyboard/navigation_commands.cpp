#include <algorithm>
#include <cmath>

#include "core/storyboard/edits.h"
#include "core/storyboard/sound_edits.h"
#include "ui/storyboard/storyboard_actions.h"
#include "ui/storyboard/storyboard_commands.h"
#include "ui/storyboard/storyboard_view.h"

// The playhead, markers, what is chosen; and which action does what.
namespace kinora::ui {

StoryboardCommands::StoryboardCommands(StoryboardView& view, StoryboardActions& actions, QObject* parent)
    : QObject(parent), view_(view), actions_(actions)
{
    connect_actions();
    connect_navigation();
    connect(&view_, &StoryboardView::cut_activated, this, [this](std::size_t shot) {
        if (shot < view_.layout_now().size() && view_.layout_now().transition_frames(shot) == 0)
            set_transition_before(view_.project()->shots[shot]->id, core::TransitionKind::dissolve);
    });
    connect(&view_, &StoryboardView::mute_requested, this,
            [this](std::size_t track) { mute_track(view_.project()->sound_tracks[track]->id); });
    update_enabled();
}

void StoryboardCommands::connect_actions()
{
    const auto on = [this](const char* name, auto act) {
        connect(actions_[name], &QAction::triggered, this, [this, act] {
            if (view_.project()) act();
        });
    };
    on("split", [this] { split(); });
    on("duplicate", [this] { duplicate(); });
    on("delete", [this] { remove(chosen_shots().size() > 1 ? tr("Delete shots") : tr("Delete")); });
    on("lift", [this] { lift(); });
    on("cut", [this] { cut(); });
    on("copy", [this] { copy(); });
    on("paste", [this] { paste(); });
    on("trim-start", [this] { trim_to_playhead(true); });
    on("trim-end", [this] { trim_to_playhead(false); });
    on("slip-back", [this] { slip(-1); });
    on("slip-forward", [this] { slip(1); });
    on("move-left", [this] { move_chosen(-1); });
    on("move-right", [this] { move_chosen(1); });
    on("gap", [this] { insert_gap(); });
    on("dissolve", [this] { set_transition(core::TransitionKind::dissolve); });
    on("dip-black", [this] { set_transition(core::TransitionKind::dip_to_black); });
    on("dip-white", [this] { set_transition(core::TransitionKind::dip_to_white); });
    on("plain-cut", [this] { set_transition(core::TransitionKind::cut); });
    on("add-track", [this] { add_track(); });
    on("mute-sound", [this] { mute_sounds(); });
    on("fade-in", [this] { fade_sounds(true); });
    on("fade-out", [this] { fade_sounds(false); });
    on("tool-select", [this] { view_.set_tool(StoryboardTool::select); });
    on("tool-blade", [this] { view_.set_tool(StoryboardTool::blade); });
    on("tool-slip", [this] { view_.set_tool(StoryboardTool::slip); });
}

void StoryboardCommands::connect_navigation()
{
    const auto on = [this](const char* name, auto act) {
        connect(actions_[name], &QAction::triggered, this, [this, act] {
            if (view_.project()) act();
        });
    };
    const auto step = [this](int frames) {
        if (view_.mode() == StoryboardMode::cards) return choose_neighbour(frames);
        view_.move_playhead(view_.playhead() + frames);
    };
    const auto second = [this](int seconds) {
        const auto frames = std::max<std::int64_t>(1, std::lround(view_.project()->rate.as_double()));
        view_.move_playhead(view_.playhead() + seconds * frames);
    };
    on("frame-back", [step] { step(-1); });
    on("frame-on", [step] { step(1); });
    on("second-back", [second] { second(-1); });
    on("second-on", [second] { second(1); });
    on("previous-edit", [this] { view_.move_playhead(view_.layout_now().previous_edit(view_.playhead())); });
    on("next-edit", [this] { view_.move_playhead(view_.layout_now().next_edit(view_.playhead())); });
    on("to-start", [this] { view_.move_playhead(0); });
    on("to-end", [this] { view_.move_playhead(view_.layout_now().total() - 1); });
    on("previous-shot", [this] { choose_neighbour(-1); });
    on("next-shot", [this] { choose_neighbour(1); });
    on("open-shot", [this] { Q_EMIT view_.shot_activated(view_.selected()); });
    on("marker", [this] { mark(); });
    on("next-marker", [this] { go_to_marker(true); });
    on("previous-marker", [this] { go_to_marker(false); });
    on("select-all", [this] { select_all(); });
    on("select-none", [this] { view_.choose_all({}); });
    on("zoom-in", [this] { view_.set_zoom(view_.pixels_per_frame() * 1.25); });
    on("zoom-out", [this] { view_.set_zoom(view_.pixels_per_frame() * 0.8); });
    on("zoom-fit", [this] { view_.zoom_to_fit(); });
    on("add-shot", [this] { Q_EMIT view_.shot_add_requested(); });
    on("export-in", [this] { mark_export_edge(true); });
    on("export-out", [this] { mark_export_edge(false); });
    on("export-clear", [this] { Q_EMIT export_range_cleared(); });
}

void StoryboardCommands::update_enabled()
{
    const core::Project* project = view_.project();
    const bool any = project != nullptr && !project->shots.empty();
    const bool shots = project != nullptr && !chosen_shots().empty();
    const bool sounds = project != nullptr && !chosen_sounds().empty();
    const bool chosen = project != nullptr && !view_.selection().empty();
    const auto set = [this](std::initializer_list<const char*> names, bool enabled) {
        for (const char* name : names)
            actions_[name]->setEnabled(enabled);
    };
    set({"delete"}, chosen);
    set({"lift", "move-left", "move-right"}, shots);
    set({"duplicate", "cut", "copy", "slip-back", "slip-forward"}, shots || sounds);
    set({"mute-sound", "fade-in", "fade-out"}, sounds);
    set({"split", "trim-start", "trim-end", "gap", "select-all", "open-shot", "export-in", "export-out"}, any);
    set({"dissolve", "dip-black", "dip-white", "plain-cut"}, any && project->shots.size() > 1);
    set({"next-marker", "previous-marker"}, project != nullptr && !project->markers.empty());
    set({"select-none"}, chosen);
    set({"export-clear"}, project != nullptr && project->settings.export_range.has_value());
    set({"paste", "add-shot", "import", "marker", "add-track", "zoom-fit"}, project != nullptr);
}

void StoryboardCommands::mark()
{
    const std::int64_t frame = view_.playhead();
    for (const core::Marker& marker : view_.project()->markers) {
        if (marker.frame == frame) return view_.edit_note(marker.id);
    }
    auto made = std::make_shared<std::string>();
    view_.request(tr("Add marker"), [made, frame](core::Project& project) -> core::Result<void> {
        const auto id = core::add_marker(project, frame);
        if (!id) return id.error();
        *made = *id;
        return {};
    });
    if (!made->empty()) view_.choose_all({*made});
}

void StoryboardCommands::go_to_marker(bool next)
{
    const auto& markers = view_.project()->markers;
    const std::int64_t now = view_.playhead();
    const core::Marker* found = nullptr;
    for (const core::Marker& marker : markers) {
        if (next ? marker.frame > now : marker.frame < now) {
            found = &marker;
            if (next) break;
        }
    }
    if (found != nullptr) view_.move_playhead(found->frame);
}

void StoryboardCommands::choose_neighbour(int step)
{
    const auto& shots = view_.project()->shots;
    if (shots.empty()) return;
    const auto now = view_.index_of(view_.selected());
    const auto last = static_cast<std::ptrdiff_t>(shots.size()) - 1;
    auto wanted = now ? static_cast<std::ptrdiff_t>(*now) + step : (step > 0 ? 0 : last);
    // There is nothing to write or look at in a gap.
    while (wanted > 0 && wanted < last && shots[static_cast<std::size_t>(wanted)]->kind == core::ShotKind::gap)
        wanted += step;
    view_.choose(shots[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(wanted, 0, last))]->id);
}

void StoryboardCommands::select_all()
{
    std::vector<std::string> ids;
    ids.reserve(view_.project()->shots.size());
    for (const auto& shot : view_.project()->shots)
        ids.push_back(shot->id);
    view_.choose_all(ids);
}

void StoryboardCommands::mark_export_edge(bool first)
{
    const std::int64_t total = view_.layout_now().total();
    core::FrameRange range = view_.project()->settings.export_range.value_or(core::FrameRange{0, total});
    if (first) {
        range.first = view_.playhead();
        if (range.end <= range.first) range.end = total;
    } else {
        range.end = view_.playhead() + 1;
        if (range.first >= range.end) range.first = 0;
    }
    if (!range.empty()) Q_EMIT export_range_requested(range);
}

}  // namespace kinora::ui
