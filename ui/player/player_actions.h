#pragma once

#include <QAction>
#include <QObject>
#include <map>
#include <vector>

class QWidget;

namespace kinora::ui {

/// Everything that can be done in the player.
enum class PlayerAction {
    play,
    pause,
    shuttle_forward,
    shuttle_backward,
    faster,
    slower,
    speed_quarter,
    speed_half,
    speed_normal,
    speed_double,
    speed_quadruple,
    step_forward,
    step_back,
    second_forward,
    second_back,
    next_edit,
    previous_edit,
    to_in,
    to_out,
    mark_in,
    mark_out,
    clear_marks,
    loop,
    compare,
    compare_wipe,
    compare_side_by_side,
    compare_difference,
    compare_swap,
    compare_next,
    zoom_in,
    zoom_out,
    zoom_fit,
    zoom_half,
    zoom_full,
    zoom_double,
    zoom_quadruple,
    full_screen,
    second_screen,
    safe_areas,
    show_frames,
    dropped_frames,
    mute,
    save_frame,
    use_as_first_frame,
};

/// The player's actions as QActions, which buttons, menus, the command palette and the shortcut editor share. Each has an
/// object name ("player.play"), a text, a tool tip, an icon name (property "iconName") and an accessible name (property
/// "accessibleName", the text for a screen reader). Their shortcuts are heard where they were added: in the player and its
/// parts, and on its full screens.
class PlayerActions : public QObject {
    Q_OBJECT

public:
    explicit PlayerActions(QObject* parent);

    [[nodiscard]] QAction* operator[](PlayerAction action) const { return actions_.at(action); }
    /// In the order of the enumeration.
    [[nodiscard]] const std::vector<QAction*>& all() const { return in_order_; }
    void add_to(QWidget* widget) const;

private:
    std::map<PlayerAction, QAction*> actions_;
    std::vector<QAction*> in_order_;
};

/// The speed of one of the `speed_…` actions; 0 for others.
[[nodiscard]] double speed_of(PlayerAction action);
/// The zoom of one of the `zoom_…` actions that set it; negative for others.
[[nodiscard]] double zoom_of(PlayerAction action);

}  // namespace kinora::ui
