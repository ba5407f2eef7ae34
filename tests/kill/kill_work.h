#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kinora::tests {

/// What a worker may be killed at. Each does one thing over and over, and writes a line into a journal after what it
/// promises is on disk; what the journal says must still be there after the kill.
///   save      a take's files and recipe, then the document that lists it          "take <id>"
///   autosave  edits in quick succession, saved on another thread as the studio does "edit <number>"
///   import    a file from outside copied into the project, then the document        "asset <id>"
///   export    the storyboard with sound, over the file of the time before           "export"
inline const std::vector<std::string> k_kill_kinds = {"save", "autosave", "import", "export"};

/// The film that the workers work on: shots with takes that are made in memory, a dissolve, a song.
void make_film(const std::filesystem::path& folder, const std::filesystem::path& outside);

/// Works until it is killed. Gives an exit code if something failed.
int work(const std::string& kind, const std::filesystem::path& folder, const std::filesystem::path& outside,
         const std::filesystem::path& journal);

}  // namespace kinora::tests
