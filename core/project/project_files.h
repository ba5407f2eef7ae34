#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/project/project_store.h"

namespace kinora::core {

/// Files that a project uses: found, found again, gathered. Everything here reads or copies files: not for the UI thread.
/// Nothing changes the document; what comes back goes in through `Document::update_asset_everywhere`.

/// Bytes copied and bytes in all.
using CopyProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Something the document names that isn't on disk.
struct MissingFile {
    std::string asset_id;  ///< of an asset; else empty
    std::string take_id;   ///< of a take's clip; else empty
    std::string shot_id;   ///< first shot that shows it; empty: none does
    std::string name;      ///< for people
    std::string file;      ///< as the document names it
    std::string sha256;    ///< empty: not known
    std::uint64_t bytes = 0;
    friend bool operator==(const MissingFile&, const MissingFile&) = default;
};

/// Assets and takes' clips whose file isn't there or, for assets, has another size now; each once, assets first.
[[nodiscard]] std::vector<MissingFile> missing_files(const ProjectStore& store, const Project& project);

/// A missing file and where it is now.
struct FoundFile {
    MissingFile missing;
    std::filesystem::path file;
    std::string sha256;
};

/// Looks for missing files in a folder and all below it: assets by their sum where it is known (files of that name first,
/// then files of that size), else by name; takes by their folder's name. Links aren't followed. `cancelled` if stopped.
[[nodiscard]] Result<std::vector<FoundFile>> find_missing(const std::vector<MissingFile>& missing,
                                                          const std::filesystem::path& folder, std::stop_token stop = {});

/// A missing asset with the data of another file, to take its place. `invalid_argument` if that is of another kind, or
/// shorter than what the project uses of it.
[[nodiscard]] Result<Asset> relinked(const Project& project, std::string_view asset_id, const Asset& replacement);

/// Puts a found clip back to where the take has it; the document needs no change.
[[nodiscard]] Result<void> restore_clip(const ProjectStore& store, const Take& take, const std::filesystem::path& found,
                                        std::stop_token stop = {});

/// Copies a file from outside into the project's media/ folder and gives its relative path there. A file of the same content
/// and name that is there already is used. Errors: `not_found`, `disk_full`, `io`, `unsupported` (read-only project),
/// `cancelled`; then nothing is left behind.
[[nodiscard]] Result<std::string> gather_file(const ProjectStore& store, const std::filesystem::path& source,
                                              const CopyProgress& progress = {}, std::stop_token stop = {});

/// What Collect did.
struct Collected {
    std::map<std::string, std::string> files;  ///< asset id → new relative file
    std::vector<Error> problems;               ///< one for each that couldn't be gathered
};

/// Gathers every asset that lies outside into the project folder, so that it can be moved as a whole. Goes on after an asset
/// that is missing; stops at a full disk.
[[nodiscard]] Result<Collected> collect(const ProjectStore& store, const Project& project, const CopyProgress& progress = {},
                                        std::stop_token stop = {});

}  // namespace kinora::core
