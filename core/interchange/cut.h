#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/project/project.h"
#include "core/time/timecode.h"

namespace kinora::core {

/// Which frame of a source each frame of a media file shows. Media files for an editing suite run at the project's rate; the
/// source's frames are repeated (or dropped) with the same rhythm as on the storyboard, counted from the shot's first frame.
///
///     source (12 fps)       | 4 | 5 | 6 | 7 |            first = 4
///     media file (24 fps)   |4 4 5 5 6 6 7 7|            anchor: the media frame at which source frame `first` begins
struct SourceMap {
    FrameRate source_rate{24};
    FrameRate rate{24};       ///< of the media file
    std::int64_t anchor = 0;  ///< media frame
    std::int64_t first = 0;   ///< source frame shown there
    std::int64_t frames = 1;  ///< of the source; `k_endless` for a still picture, which shows frame 0 all the time
    std::int64_t length = 0;  ///< of the media file
    [[nodiscard]] std::int64_t source_frame(std::int64_t media_frame) const;
    friend bool operator==(const SourceMap&, const SourceMap&) = default;
};

/// One take as a media file beside the interchange file.
struct CutMedia {
    std::string take;  ///< id
    int number = 1;
    std::string name;  ///< "Harbour at dusk, take 2"
    std::string file;  ///< relative to the interchange file, UTF-8, ASCII letters only below the folder
    SourceMap map;
    FrameRange shown;  ///< media frames that the shot's whole range covers, dissolves included
    int width = 0;
    int height = 0;
    std::optional<Recipe> recipe;  ///< unset where nothing may be disclosed
};

/// A place on the picture track. Neighbours touch: a dissolve is cut in its middle, what each shot shows beyond that cut are
/// its handles.
struct CutClip {
    std::size_t shot = 0;  ///< index into the project
    std::string id;        ///< of the shot
    std::string name;
    bool gap = false;
    FrameRange record;                  ///< frames of the cut, from 0
    FrameRange source;                  ///< the same frames in the media file; for a gap from 0
    std::vector<CutMedia> media;        ///< all takes, or the selected one
    std::optional<std::size_t> active;  ///< of `media`; unset: there is no take yet
    [[nodiscard]] const CutMedia* shown() const { return active ? &media[*active] : nullptr; }
};

/// A transition across the cut at the start of `clip`.
struct CutTransition {
    std::size_t clip = 0;
    TransitionKind kind = TransitionKind::dissolve;
    std::int64_t at = 0;      ///< record frame of the cut
    std::int64_t before = 0;  ///< frames before it
    std::int64_t after = 0;   ///< frames from it on
};

/// A sound clip as a media file of whole frames.
struct CutSound {
    std::string id;
    std::string asset;
    std::string name;
    std::string file;
    FrameRange record;
    FrameRange source;
    std::int64_t frames = 0;    ///< length of the media file
    SampleRange media_samples;  ///< samples of the asset that the media file holds; silence where the asset has none
    SampleRange heard;          ///< of these, the ones that are heard
    float gain_db = 0;          ///< the track's included
    std::int64_t fade_in = 0;
    std::int64_t fade_out = 0;
    bool mute = false;
};

struct CutSoundTrack {
    std::string id;
    std::string name;
    bool mute = false;
    std::vector<CutSound> clips;
};

/// A storyboard as an editing suite understands it: integer frames at one rate, media files, cuts. All writers start here.
struct Cut {
    std::string name;
    FrameRate rate{24};
    int width = 0;
    int height = 0;
    std::int64_t start = 0;  ///< timecode of frame 0, in frames
    TimecodeStyle style = TimecodeStyle::non_drop;
    std::int64_t length = 0;
    std::vector<CutClip> picture;
    std::vector<CutTransition> transitions;
    std::vector<CutSoundTrack> sound;
    std::vector<Marker> markers;
    bool disclose = true;  ///< prompts, seeds and recipes may be written
    /// The transition into or out of a clip; null: a cut.
    [[nodiscard]] const CutTransition* into(std::size_t clip) const;
    [[nodiscard]] const CutTransition* out_of(std::size_t clip) const;
};

struct CutOptions {
    std::string media_folder = "media";  ///< beside the interchange file, UTF-8
    std::string extension = "mov";
    std::int64_t handles = 24;          ///< project frames that media files have before and after, where the take has them
    std::string start = "01:00:00:00";  ///< timecode of the first frame
    TimecodeStyle style = TimecodeStyle::non_drop;
    bool all_takes = true;
    bool disclose = true;
};

/// `invalid_argument` for an empty storyboard and a start that is no timecode.
[[nodiscard]] Result<Cut> make_cut(const Project& project, const CutOptions& options);

/// Text as a portable file name of `a-z`, `A-Z`, `0-9`, `-`, `_`: at most 40 bytes, "shot" if nothing is left.
[[nodiscard]] std::string portable_name(std::string_view text);

/// A relative path as a URL: everything percent-encoded but unreserved characters and `/`.
[[nodiscard]] std::string relative_url(std::string_view path);

}  // namespace kinora::core
