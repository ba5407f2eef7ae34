#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace kinora::media {

/// What a naming pattern can name.
struct NameFields {
    std::string project;
    int shot = 1;      ///< from 1
    std::string take;  ///< "1", "2b"
    std::uint64_t seed = 0;
    std::string preset;
};

inline constexpr std::string_view k_default_pattern = "{project}_{shot:03}_{take}_{seed}";

/// Fills a pattern: `{project}`, `{shot}`, `{shot:03}` (at least three digits), `{take}`, `{seed}`, `{preset}`; unknown
/// fields stay as they are typed. The result is one safe file name without an extension: no separators, no control
/// characters, no leading dot, at most 200 bytes cut between UTF-8 characters; "clip" if nothing is left.
[[nodiscard]] std::string fill_pattern(std::string_view pattern, const NameFields& fields);

/// Any text as one safe file name, by the same rules.
[[nodiscard]] std::string safe_name(std::string_view text);

/// `folder/name.extension`, or with " 2", " 3" … before the extension: the first that doesn't exist.
[[nodiscard]] std::filesystem::path unique_file(const std::filesystem::path& folder, const std::string& name,
                                                const std::string& extension);

/// The same for what a preset makes: a picture sequence is a folder, without an extension.
struct Preset;
[[nodiscard]] std::filesystem::path unique_target(const std::filesystem::path& folder, const std::string& name,
                                                  const Preset& preset);

}  // namespace kinora::media
