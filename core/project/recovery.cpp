#include "core/project/recovery.h"

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/project/project_json.h"

#include <nlohmann/json.hpp>

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t k_largest_project = 512ULL << 20U;

/// The newest backup, if it is younger than the document and another text that can be opened.
std::optional<Backup> newer_backup(const fs::path& folder)
{
    const std::vector<Backup> backups = list_backups(folder);
    if (backups.empty()) return std::nullopt;
    std::error_code error;
    const auto saved = fs::last_write_time(folder / "project.json", error);
    if (error) return std::nullopt;
    // A backup is a document under a second name and keeps its time of writing; the name tells when it was put aside.
    const auto written = fs::last_write_time(backups.front().file, error);
    if (error || written <= saved) return std::nullopt;
    const auto backup = read_file(backups.front().file, k_largest_project);
    const auto current = read_file(folder / "project.json", k_largest_project);
    if (!backup || !current || *backup == *current) return std::nullopt;
    const auto json = parse_json(*backup, "The backup");
    if (!json || !project_from_json(*json)) return std::nullopt;
    return backups.front();
}

}  // namespace

Recovery find_recovery(const ProjectStore& store, const Project& project)
{
    Recovery recovery;
    recovery.interrupted = store.was_interrupted();
    recovery.newer = newer_backup(store.folder());
    recovery.takes = store.unlisted_takes(project);
    return recovery;
}

}  // namespace kinora::core
