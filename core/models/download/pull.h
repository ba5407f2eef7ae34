#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/models/download/file_download.h"
#include "core/models/download/published_models.h"

namespace kinora::core {

/// What pulling a model means: its files, as the hub lists them now, and where each goes.
struct PullPlan {
    PublishedModel model;
    std::filesystem::path root;    ///< below which everything lies
    std::filesystem::path result;  ///< what to add to the catalogue: the model's folder, or `root` of single files
    std::vector<FileOrder> files;  ///< the small ones first, model_index.json last
    std::uint64_t bytes = 0;       ///< of all files
    std::uint64_t missing = 0;     ///< of those that aren't here yet, less what earlier tries left
};

/// How far a pull is.
struct PullProgress {
    std::string file;  ///< its path in the repository
    int number = 0;    ///< of the file, from 1
    int count = 0;
    std::uint64_t done = 0;  ///< bytes of all files
    std::uint64_t total = 0;
    bool checking = false;  ///< the file's checksum is being computed
    double bytes_per_second = 0;
};

/// Where models go unless told otherwise: `models` in the user's data folder.
[[nodiscard]] std::filesystem::path default_pull_root();

/// Asks the hub what files the model has. `not_found` if a part has none, `corrupt` if one has no checksum.
[[nodiscard]] Result<PullPlan> plan_pull(const Hub& hub, const PublishedModel& model, const std::filesystem::path& root,
                                         const DownloadOptions& options, const std::stop_token& stop);

/// Fetches what is missing of a plan, file after file. Refuses (`disk_full`) before the first byte if the disk hasn't room
/// for all of it, and (`already_exists`) while another program pulls into the same folder. The checksums are written down
/// beside the files for `verify_pulled`. Errors are those of `download_file`; what is there stays for the next try.
[[nodiscard]] Result<void> run_pull(const Hub& hub, const PullPlan& plan, const DownloadOptions& options,
                                    const std::function<void(const PullProgress&)>& progress, const std::stop_token& stop);

/// What is on the disk of a published model, told without asking the hub.
enum class PullState { none, begun, whole };
[[nodiscard]] PullState pull_state(const PublishedModel& model, const std::filesystem::path& root);

/// The folder below `root` that a model's files go to.
[[nodiscard]] std::filesystem::path pull_folder(const PublishedModel& model, const std::filesystem::path& root);

/// A file that isn't what its hub listed when it was pulled.
struct DamagedFile {
    std::filesystem::path path;
    std::string reason;
};

/// Reads every file pulled into `folder` again and compares checksums. `not_found` if nothing was pulled there.
[[nodiscard]] Result<std::vector<DamagedFile>> verify_pulled(const std::filesystem::path& folder,
                                                             const std::function<void(const PullProgress&)>& progress,
                                                             const std::stop_token& stop);

}  // namespace kinora::core
