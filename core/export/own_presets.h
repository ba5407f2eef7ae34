#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/export/delivery.h"

namespace kinora::media {

/// A way of exporting with a name that the artist gave it: a preset of the table with choices of their own. Kept and shared
/// as one small JSON file:
///
///     {"kinora_export_preset": 1, "name": "Web, loud", "description": "For the studio's page.",
///      "delivery": {"preset": "h264-review", "quality": 20, "rate": "24/1", "loudness": -14 …}}
struct OwnPreset {
    std::string name;         ///< 1 to 80 bytes, no control characters
    std::string description;  ///< one sentence, up to 300 bytes
    Delivery delivery;
    friend bool operator==(const OwnPreset&, const OwnPreset&) = default;
};

/// Where own presets are: `export-presets` in Kinora's configuration.
[[nodiscard]] std::filesystem::path own_presets_dir();

/// Reads a preset that somebody may have sent. Every field is checked, unknown ones are refused. `not_found`, `corrupt` and
/// `invalid_argument` name the file and what is wrong with it.
[[nodiscard]] core::Result<OwnPreset> read_own_preset(const std::filesystem::path& file);
/// Writes one, to any place. `invalid_argument` for a name that isn't one; those of the file.
[[nodiscard]] core::Result<void> write_own_preset(const std::filesystem::path& file, const OwnPreset& preset);

/// The file that a preset of this name has in a folder.
[[nodiscard]] std::filesystem::path own_preset_file(const std::filesystem::path& folder, const std::string& name);

/// All that can be read, by name; `problems` gets a sentence for each that can't.
[[nodiscard]] std::vector<OwnPreset> list_own_presets(const std::filesystem::path& folder,
                                                      std::vector<std::string>* problems = nullptr);

}  // namespace kinora::media
