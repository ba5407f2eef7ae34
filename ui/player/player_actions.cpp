#include "ui/player/player_actions.h"

#include <QActionGroup>
#include <QKeySequence>
#include <QWidget>

#include "ui/widgets/action_row.h"

namespace kinora::ui {

namespace {

using Kind = ActionKind;

struct Row {
    PlayerAction action;
    const char* name;
    const char* icon;
    const char* text;
    const char* tip;
    const char* keys;  ///< QKeySequence's portable text; several are separated by spaces
    Kind kind = Kind::trigger;
};

// clang-format off
const Row k_rows[] = {
    {PlayerAction::play, "play", "play", QT_TR_NOOP("Play"), QT_TR_NOOP("Play or pause"), "Space"},
    {PlayerAction::pause, "pause", "pause", QT_TR_NOOP("Pause"), QT_TR_NOOP("Pause on this frame"), "K"},
    {PlayerAction::shuttle_forward, "shuttle-forward", "play", QT_TR_NOOP("Shuttle forward"), QT_TR_NOOP("Play; each press twice as fast"), "L"},
    {PlayerAction::shuttle_backward, "shuttle-backward", "", QT_TR_NOOP("Shuttle backward"), QT_TR_NOOP("Play backwards; each press twice as fast"), "J"},
    {PlayerAction::faster, "faster", "", QT_TR_NOOP("Faster"), QT_TR_NOOP("The next higher playing speed"), "]"},
    {PlayerAction::slower, "slower", "", QT_TR_NOOP("Slower"), QT_TR_NOOP("The next lower playing speed"), "["},
    {PlayerAction::speed_quarter, "speed-quarter", "", QT_TR_NOOP("Speed ¼×"), QT_TR_NOOP("Play at a quarter of the speed"), "", Kind::check},
    {PlayerAction::speed_half, "speed-half", "", QT_TR_NOOP("Speed ½×"), QT_TR_NOOP("Play at half the speed"), "", Kind::check},
    {PlayerAction::speed_normal, "speed-normal", "", QT_TR_NOOP("Speed 1×"), QT_TR_NOOP("Play in real time"), "", Kind::check},
    {PlayerAction::speed_double, "speed-double", "", QT_TR_NOOP("Speed 2×"), QT_TR_NOOP("Play twice as fast"), "", Kind::check},
    {PlayerAction::speed_quadruple, "speed-quadruple", "", QT_TR_NOOP("Speed 4×"), QT_TR_NOOP("Play four times as fast"), "", Kind::check},
    {PlayerAction::step_forward, "step-forward", "step-forward", QT_TR_NOOP("One frame on"), QT_TR_NOOP("One frame on"), "Right", Kind::repeats},
    {PlayerAction::step_back, "step-back", "step-back", QT_TR_NOOP("One frame back"), QT_TR_NOOP("One frame back"), "Left", Kind::repeats},
    {PlayerAction::second_forward, "second-forward", "", QT_TR_NOOP("One second on"), QT_TR_NOOP("One second on"), "Shift+Right", Kind::repeats},
    {PlayerAction::second_back, "second-back", "", QT_TR_NOOP("One second back"), QT_TR_NOOP("One second back"), "Shift+Left", Kind::repeats},
    {PlayerAction::next_edit, "next-edit", "", QT_TR_NOOP("Next edit point"), QT_TR_NOOP("To the next cut, in or out point"), "Down", Kind::repeats},
    {PlayerAction::previous_edit, "previous-edit", "", QT_TR_NOOP("Previous edit point"), QT_TR_NOOP("To the cut, in or out point before"), "Up", Kind::repeats},
    {PlayerAction::to_in, "to-in", "to-start", QT_TR_NOOP("To the in point"), QT_TR_NOOP("To the in point"), "Home"},
    {PlayerAction::to_out, "to-out", "to-end", QT_TR_NOOP("To the out point"), QT_TR_NOOP("To the out point"), "End"},
    {PlayerAction::mark_in, "mark-in", "mark-in", QT_TR_NOOP("Mark in"), QT_TR_NOOP("The shot begins with this frame"), "I"},
    {PlayerAction::mark_out, "mark-out", "mark-out", QT_TR_NOOP("Mark out"), QT_TR_NOOP("The shot ends with this frame"), "O"},
    {PlayerAction::clear_marks, "clear-marks", "", QT_TR_NOOP("Clear in and out"), QT_TR_NOOP("In and out go to the ends of the clip"), "Alt+X"},
    {PlayerAction::loop, "loop", "loop", QT_TR_NOOP("Loop"), QT_TR_NOOP("Begin again at the out point"), "Ctrl+L", Kind::check},
    {PlayerAction::compare, "compare", "compare", QT_TR_NOOP("Compare takes"), QT_TR_NOOP("Look at this take together with another"), "A", Kind::check},
    {PlayerAction::compare_wipe, "compare-wipe", "", QT_TR_NOOP("Wipe"), QT_TR_NOOP("A at the left of a divider that can be dragged, B at the right"), "", Kind::check},
    {PlayerAction::compare_side_by_side, "compare-side-by-side", "", QT_TR_NOOP("Side by side"), QT_TR_NOOP("A and B whole, beside each other"), "", Kind::check},
    {PlayerAction::compare_difference, "compare-difference", "", QT_TR_NOOP("Difference"), QT_TR_NOOP("What differs between A and B, brightened"), "", Kind::check},
    {PlayerAction::compare_swap, "compare-swap", "", QT_TR_NOOP("Swap A and B"), QT_TR_NOOP("A goes where B is"), "Alt+A"},
    {PlayerAction::compare_next, "compare-next", "", QT_TR_NOOP("Next way to compare"), QT_TR_NOOP("Wipe, side by side, difference in turn"), "Shift+A"},
    {PlayerAction::zoom_in, "zoom-in", "plus", QT_TR_NOOP("Zoom in"), QT_TR_NOOP("Enlarge the picture"), "Ctrl++ Ctrl+=", Kind::repeats},
    {PlayerAction::zoom_out, "zoom-out", "minus", QT_TR_NOOP("Zoom out"), QT_TR_NOOP("Reduce the picture"), "Ctrl+-", Kind::repeats},
    {PlayerAction::zoom_fit, "zoom-fit", "fit", QT_TR_NOOP("Fit"), QT_TR_NOOP("Show the whole picture"), "Ctrl+0", Kind::check},
    {PlayerAction::zoom_half, "zoom-50", "", QT_TR_NOOP("50 %"), QT_TR_NOOP("Zoom to 50 %"), "", Kind::check},
    {PlayerAction::zoom_full, "zoom-100", "", QT_TR_NOOP("100 %"), QT_TR_NOOP("One point of the picture is one of the screen"), "Ctrl+1", Kind::check},
    {PlayerAction::zoom_double, "zoom-200", "", QT_TR_NOOP("200 %"), QT_TR_NOOP("Zoom to 200 %"), "", Kind::check},
    {PlayerAction::zoom_quadruple, "zoom-400", "", QT_TR_NOOP("400 %"), QT_TR_NOOP("Zoom to 400 %"), "", Kind::check},
    {PlayerAction::full_screen, "full-screen", "fullscreen", QT_TR_NOOP("Full screen"), QT_TR_NOOP("The picture alone on this screen"), "F", Kind::check},
    {PlayerAction::second_screen, "second-screen", "", QT_TR_NOOP("Second screen"), QT_TR_NOOP("The picture on another screen too"), "Shift+F", Kind::check},
    {PlayerAction::safe_areas, "safe-areas", "", QT_TR_NOOP("Safe areas"), QT_TR_NOOP("Lines at 93 % and 90 % of the picture"), "G", Kind::check},
    {PlayerAction::show_frames, "show-frames", "", QT_TR_NOOP("Count in frames"), QT_TR_NOOP("Frame numbers instead of timecode"), "T", Kind::check},
    {PlayerAction::dropped_frames, "dropped-frames", "", QT_TR_NOOP("Count dropped frames"), QT_TR_NOOP("Tell how many frames playback had to skip"), "", Kind::check},
    {PlayerAction::mute, "mute", "", QT_TR_NOOP("Mute"), QT_TR_NOOP("Play without sound"), "Shift+M", Kind::check},
    {PlayerAction::save_frame, "save-frame", "image", QT_TR_NOOP("Save this frame as PNG"), QT_TR_NOOP("A picture in the project's exports folder, with all bits of the clip"), "Shift+S"},
    {PlayerAction::use_as_first_frame, "use-as-first-frame", "", QT_TR_NOOP("Use as first frame"), QT_TR_NOOP("The next take begins with this picture"), ""},
};
// clang-format on

}  // namespace

PlayerActions::PlayerActions(QObject* parent) : QObject(parent)
{
    for (const Row& row : k_rows) {
        auto* action = make_action({QStringLiteral("player.") + QLatin1String(row.name), QString::fromLatin1(row.icon),
                                    tr(row.text), tr(row.tip), QString::fromLatin1(row.keys), row.kind},
                                   this);
        actions_.emplace(row.action, action);
        in_order_.push_back(action);
    }
    const auto group = [this](std::initializer_list<PlayerAction> members) {
        auto* choices = new QActionGroup(this);
        for (const PlayerAction member : members)
            choices->addAction(actions_.at(member));
        return choices;
    };
    group({PlayerAction::speed_quarter, PlayerAction::speed_half, PlayerAction::speed_normal, PlayerAction::speed_double,
           PlayerAction::speed_quadruple});
    group({PlayerAction::compare_wipe, PlayerAction::compare_side_by_side, PlayerAction::compare_difference});
    // A zoom by hand is none of these.
    group({PlayerAction::zoom_fit, PlayerAction::zoom_half, PlayerAction::zoom_full, PlayerAction::zoom_double,
           PlayerAction::zoom_quadruple})
        ->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
}

void PlayerActions::add_to(QWidget* widget) const
{
    for (QAction* action : in_order_)
        widget->addAction(action);
}

double speed_of(PlayerAction action)
{
    switch (action) {
        case PlayerAction::speed_quarter:
            return 0.25;
        case PlayerAction::speed_half:
            return 0.5;
        case PlayerAction::speed_normal:
            return 1;
        case PlayerAction::speed_double:
            return 2;
        case PlayerAction::speed_quadruple:
            return 4;
        default:
            return 0;
    }
}

double zoom_of(PlayerAction action)
{
    switch (action) {
        case PlayerAction::zoom_fit:
            return 0;
        case PlayerAction::zoom_half:
            return 0.5;
        case PlayerAction::zoom_full:
            return 1;
        case PlayerAction::zoom_double:
            return 2;
        case PlayerAction::zoom_quadruple:
            return 4;
        default:
            return -1;
    }
}

}  // namespace kinora::ui
