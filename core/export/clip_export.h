#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/export/conform.h"
#include "core/export/frame_source.h"
#include "core/export/presets.h"
#include "core/media/video_writer.h"

namespace kinora::media {

/// Whether the recipe (prompt, seed, model …) goes into the file and into a `.json` beside it. One switch for both.
enum class Disclosure { embed_and_sidecar, embed, none };

/// What every export has in common.
struct ExportTarget {
    std::filesystem::path file;  ///< of a picture sequence the folder that is made for it
    std::string preset = std::string(k_default_preset);
    std::optional<int> quality;  ///< unset: the preset's usual
    ColourSpace colour = ColourSpace::bt709;
    OverwritePolicy overwrite = OverwritePolicy::refuse;
    SpaceCheck space = SpaceCheck::ask_first;
    Disclosure disclosure = Disclosure::embed;
    std::string recipe_json;                      ///< JSON text; empty: none
    std::map<std::string, std::string> metadata;  ///< "title", "comment", "timecode"
    std::vector<Finisher> finishers;              ///< run on the finished file before it gets its name
};

/// One clip, or a part of it.
struct ClipExport {
    FrameSource* source = nullptr;        ///< not owned, outlives the call
    std::optional<FrameRange> range;      ///< unset: the whole clip
    std::optional<core::FrameRate> rate;  ///< unset: the clip's own; otherwise conformed
    Conform conform;
    ExportTarget target;
};

/// Exports one clip in its own size. Blocks: call it from a worker. Frames are taken a few at a time.
/// Errors: those of `VideoWriter` and of the source, `cancelled` (nothing is left behind), `invalid_argument` (empty range).
[[nodiscard]] core::Result<WrittenFile> export_clip(const ClipExport& job, const WriteProgress& progress = {},
                                                    std::stop_token stop = {});

/// Key of what a master was made from (`origin_text`, several with commas between) in its metadata.
inline constexpr const char* k_origin_key = "kinora_made_from";

/// The clip as the engine handed it over, whole, at its own rate: for takes and for `kinora-cli generate -o`.
[[nodiscard]] core::Result<WrittenFile> export_frames(const core::FrameSequence& clip, const ExportTarget& target,
                                                      const WriteProgress& progress = {}, std::stop_token stop = {});

/// The `.json` beside an exported file.
[[nodiscard]] std::filesystem::path sidecar_of(const std::filesystem::path& file);

}  // namespace kinora::media
