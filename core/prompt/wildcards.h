#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::core {

/// The artist's wildcards: `place.txt` is `__place__`, each of its lines one choice.
///
/// A line is a prompt of its own without time marks. Spaces at its ends don't count; blank lines and lines that begin with
/// "#" are skipped. Files are UTF-8 (a byte order mark is skipped), with any kind of line end, at most 1 MB and 10,000
/// choices.
struct Wildcards {
    std::map<std::string, std::vector<std::string>> lines;  ///< name → choices, never without one
    std::vector<std::string> problems;                      ///< sentences: files that can't be used, and why

    friend bool operator==(const Wildcards&, const Wildcards&) = default;
};

/// Reads the `*.txt` files of folders; a later folder's file takes the place of an earlier one's of the same name. Missing
/// folders are empty ones. Reads the disk: not for the UI thread.
[[nodiscard]] Wildcards read_wildcards(const std::vector<std::filesystem::path>& folders);

/// The folders in which a project's wildcards lie: the user's (`data_dir()/wildcards`), then the project's (`wildcards`).
[[nodiscard]] std::vector<std::filesystem::path> wildcard_folders(const std::filesystem::path& project);

/// The choices in the text of a wildcard file.
[[nodiscard]] std::vector<std::string> wildcard_lines(std::string_view text);

}  // namespace kinora::core
