#pragma once

#include <QPoint>

#include "ui/storyboard/storyboard_geometry.h"

namespace kinora::ui {

class StoryboardActions;
class StoryboardCommands;
class StoryboardView;

/// Chooses what was hit and opens its menu: of a shot, a cut, a transition, a marker, a sound, a track, or of the
/// storyboard.
void open_storyboard_menu(StoryboardView& view, const StoryboardActions& actions, StoryboardCommands& commands,
                          const StoryboardHit& hit, const QPoint& at);

}  // namespace kinora::ui
