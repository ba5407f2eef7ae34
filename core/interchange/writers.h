#pragma once

#include <string>

#include "core/interchange/cut.h"

namespace kinora::core {

/// Each writes a cut as one text. Links are relative to where the text is going to lie. Clips, dissolves, markers, gaps and
/// sound tracks travel as far as the format knows them.

/// OpenTimelineIO JSON (https://opentimelineio.readthedocs.io, the schemas of release 0.17). All takes are media references
/// of their clip, the selected one is `DEFAULT_MEDIA`. Under the metadata key `kinora` the storyboard itself travels along,
/// so that `read_otio` gives the same storyboard; nothing of it where `cut.disclose` is false.
[[nodiscard]] std::string write_otio(const Cut& cut, const Project& project);

/// How takes that aren't selected travel in FCPXML.
enum class Auditions { write, leave_out };

/// Final Cut Pro XML 1.10. Takes are auditions, sound tracks are connected clips in lanes below the storyline.
[[nodiscard]] std::string write_fcpxml(const Cut& cut, Auditions auditions = Auditions::write);

/// Final Cut Pro 7 XML, version 5 (Premiere, Resolve, Kdenlive). The selected takes.
[[nodiscard]] std::string write_xmeml(const Cut& cut);

/// CMX 3600 edit decision list: the picture track with its dissolves; reels name media files, gaps are black (`BL`), dips
/// are cuts with a comment.
[[nodiscard]] std::string write_edl(const Cut& cut);

/// The reel of a take in an EDL: "S012T003".
[[nodiscard]] std::string reel_name(std::size_t shot, int take);

}  // namespace kinora::core
