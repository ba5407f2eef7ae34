#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/models/download/file_download.h"
#include "core/runtime/gpu_build.h"

namespace kinora::core {

/// Where GPU runtimes lie, and the file that says which one the programs use.
struct RuntimePlaces {
    std::filesystem::path folder;  ///< one runtime per folder in it
    std::filesystem::path choice;  ///< JSON: {"use": "cuda-13.0"}

    /// `runtimes` in the user's data folder, `runtime.json` in the configuration folder.
    [[nodiscard]] static RuntimePlaces standard();
};

/// A package that a runtime is made of.
struct RuntimePart {
    std::string name;  ///< "nvidia-cublas"
    std::string version;
    std::string url;  ///< https, or file: of a local index
    std::string sha256;
    std::uint64_t size = 0;  ///< bytes to download; 0: not asked yet
};

/// A runtime that is installed.
struct InstalledRuntime {
    std::string id;  ///< "cuda-13.0"
    std::filesystem::path folder;
    std::filesystem::path libraries;  ///< the folder of libtorch's libraries
    std::uint64_t bytes = 0;
    bool used = false;
};

/// How far an installation is.
struct RuntimeProgress {
    std::string part;  ///< its name; empty while the servers are asked how large the parts are
    int number = 0;    ///< from 1
    int count = 0;
    std::uint64_t done = 0;  ///< bytes of this part
    std::uint64_t total = 0;
    bool unpacking = false;
    std::uint64_t all_done = 0;   ///< bytes downloaded of all parts
    std::uint64_t all_total = 0;  ///< 0 while it isn't known
};

/// What pip says a build is made of: libtorch and NVIDIA's libraries, none of the Python packages. Uses the network as pip
/// is configured; changes nothing. `python` is the program that is asked. `not_found` where there is no Python with pip.
[[nodiscard]] Result<std::vector<RuntimePart>> resolve_runtime(const GpuBuild& build, const std::stop_token& stop,
                                                               const std::string& python = "python3");

/// The packages of a report of `pip install --dry-run --report`. `corrupt` where it makes no sense or a checksum is missing.
[[nodiscard]] Result<std::vector<RuntimePart>> parse_pip_report(const std::string& report);

/// Takes the libraries (and licences) out of a wheel into a folder, and nothing else of it. `corrupt` for a damaged wheel or
/// one that names files outside of the folder; `disk_full`.
[[nodiscard]] Result<void> unpack_libraries(const std::filesystem::path& wheel, const std::filesystem::path& folder,
                                            const std::function<void(std::uint64_t done, std::uint64_t total)>& progress,
                                            const std::stop_token& stop);

/// The parts that an unfinished installation noted in the last week, so that it goes on without asking pip again; empty
/// if there is none.
[[nodiscard]] std::vector<RuntimePart> noted_parts(const RuntimePlaces& places, const GpuBuild& build);

/// True if an earlier installation of the build ended early.
[[nodiscard]] bool is_begun(const RuntimePlaces& places, const GpuBuild& build);

/// Downloads, compares with the checksums, unpacks and then gives the runtime its name; goes on where an earlier try ended.
/// It is used from the next start on. No Python environment is touched. `disk_full` before anything is fetched if there
/// is less room than the build needs.
[[nodiscard]] Result<InstalledRuntime> install_runtime(const RuntimePlaces& places, const GpuBuild& build,
                                                       const std::vector<RuntimePart>& parts, const DownloadOptions& options,
                                                       const std::function<void(const RuntimeProgress&)>& progress,
                                                       const std::stop_token& stop);

/// All that are installed, and which one is used.
[[nodiscard]] std::vector<InstalledRuntime> installed_runtimes(const RuntimePlaces& places);

/// The one that is used, if it is there.
[[nodiscard]] std::optional<InstalledRuntime> used_runtime(const RuntimePlaces& places);

/// Chooses which one is used from the next start on; an empty id: none. `not_found` for one that isn't installed.
[[nodiscard]] Result<void> use_runtime(const RuntimePlaces& places, const std::string& id);

/// Deletes a runtime, or what an unfinished installation left. `not_found`.
[[nodiscard]] Result<void> remove_runtime(const RuntimePlaces& places, const std::string& id);

}  // namespace kinora::core
