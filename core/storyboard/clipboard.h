#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/project/project.h"
#include "core/project/project_store.h"

namespace kinora::core {

/// Shots and sound clips that were copied, as they travel between projects and studios.
struct Clipboard {
    std::string project_id;         ///< where they come from
    std::filesystem::path folder;   ///< that project's folder, absolute: takes' files are taken from there
    FrameRate rate{24};             ///< of that project
    std::vector<Shot> shots;        ///< in the order of the storyboard
    std::vector<SoundClip> sounds;  ///< starts count from the earliest
    std::vector<Asset> assets;      ///< those that are used
};

/// The named shots and sound clips as text for the clipboard. Ids that aren't there are passed over; `invalid_argument` if
/// none is.
[[nodiscard]] Result<std::string> copy_to_text(const Project& project, const std::filesystem::path& folder,
                                               const std::vector<std::string>& shot_ids,
                                               const std::vector<std::string>& sound_ids = {});

/// Reads such text. Text of other programs is `unsupported`; a damaged one `corrupt`.
[[nodiscard]] Result<Clipboard> clipboard_from_text(std::string_view text);

/// Makes what is on the clipboard ready for the store's project: of another project, the files of takes are copied into
/// takes/, gathered assets and reference pictures into media/; assets that lie outside stay outside. For its own project
/// nothing is done. Copies files: not for the UI thread. A take whose clip is gone is an error (`not_found`).
[[nodiscard]] Result<Clipboard> gather(const ProjectStore& store, const Project& project, Clipboard clipboard,
                                       std::stop_token stop = {});

/// Puts the shots before `index` and the sounds from `frame` on, on tracks with room; one edit. Gives the ids of the new
/// shots and sound clips.
[[nodiscard]] Result<std::vector<std::string>> paste(Project& project, const Clipboard& clipboard, std::size_t index,
                                                     std::int64_t frame);

}  // namespace kinora::core
