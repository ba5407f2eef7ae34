#pragma once

#include <QCoreApplication>
#include <QString>
#include <cstdint>

#include "core/project/project.h"
#include "core/storyboard/layout.h"
#include "ui/storyboard/storyboard_geometry.h"

namespace kinora::ui {

/// Names of transitions: "Dissolve", "Dip to black".
[[nodiscard]] QString transition_name(core::TransitionKind kind);

/// What a pointer that rests is told: a title in full, a marker's note, a sound's name and gain. Empty: nothing.
[[nodiscard]] QString tip_text(const core::Project& project, const core::Layout& layout, const StoryboardHit& hit);

/// "+00:12", "−01:00": by how much a drag moves something.
[[nodiscard]] QString change_text(std::int64_t frames, core::FrameRate rate);

/// "+3.0 dB", "−6.5 dB".
[[nodiscard]] QString gain_text(float gain_db);

/// Name of a sound clip: its asset's.
[[nodiscard]] QString sound_name(const core::Project& project, const core::SoundClip& clip);

}  // namespace kinora::ui
