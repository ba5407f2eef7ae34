#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/generation/frames.h"
#include "inference/training/scenes/scene_drawer.h"

namespace kinora::training {

/// Some frames of a clip and the words under which they are shown.
struct SheetClip {
    std::string caption;
    std::vector<core::Picture8> frames;
};

/// `count` frames of a clip, evenly from its first to its last.
[[nodiscard]] SheetClip sheet_clip(const DrawnClip& clip, std::string caption, int count = 3);
[[nodiscard]] SheetClip sheet_clip(const core::FrameSequence& clip, std::string caption, int count = 3);

/// How a contact sheet is laid out.
struct SheetLayout {
    int columns = 2;     ///< clips beside each other
    double scale = 0.5;  ///< size of the frames against the clip's own
    int gap = 6;         ///< pixels between clips
};

/// A picture of all clips with their captions above them, in the given order. Clips without frames, or whose frames differ
/// in size or number from the first clip's, are shown as their caption alone. Empty for no clips.
[[nodiscard]] core::Picture8 contact_sheet(std::span<const SheetClip> clips, const SheetLayout& layout = {});

}  // namespace kinora::training
