#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/project/document.h"
#include "core/project/project_store.h"

namespace kinora::core {

/// Bytes of a project's folder by what they are for.
struct DiskUse {
    std::uint64_t clips = 0;
    std::uint64_t latents = 0;
    std::uint64_t media = 0;
    std::uint64_t exports = 0;
    std::uint64_t backups = 0;
    std::uint64_t other = 0;  ///< the document, thumbnails, recipes, partial files
    [[nodiscard]] std::uint64_t total() const { return clips + latents + media + exports + backups + other; }
    friend bool operator==(const DiskUse&, const DiskUse&) = default;
};

/// Walks the disk: not for the UI thread. What can't be read counts nothing. A backup that shares its bytes with another
/// file counts in full.
[[nodiscard]] DiskUse disk_use_by_category(const ProjectStore& store);

/// What may go. A take that is starred anywhere, selected in any shot, or named in `CleanUpOptions::keep` is never touched.
enum class CleanUpKind {
    take,      ///< the folder of a take that is listed but neither starred nor selected; the take leaves its shots
    latents,   ///< only the latents of such a take: it stays, but can't be decoded again
    unlisted,  ///< the folder of a take that no shot names (it was removed from the list, or lost in a crash)
    media,     ///< a gathered file that no asset names any more
    partial,   ///< what a killed save, import or export left behind
};

struct CleanUpOptions {
    std::set<CleanUpKind> kinds{CleanUpKind::unlisted, CleanUpKind::partial};
    std::set<std::string> keep;            ///< ids of takes that jobs are making
    std::int64_t youngest_seconds = 3600;  ///< unlisted takes and partial files younger than this are left alone
};

struct CleanUpItem {
    CleanUpKind kind = CleanUpKind::partial;
    std::string path;     ///< relative to the project folder
    std::string take_id;  ///< for takes, latents and unlisted folders
    std::uint64_t bytes = 0;
    friend bool operator==(const CleanUpItem&, const CleanUpItem&) = default;
};

/// What a clean-up would remove, to be shown before it is done. Every version of the history counts as using its selected
/// and starred takes and its listed folders, so that undo brings nothing back whose files are gone. Walks the disk.
[[nodiscard]] std::vector<CleanUpItem> plan_clean_up(const ProjectStore& store, const Document& document,
                                                     const CleanUpOptions& options);

/// Takes what will go out of the document, in every version of its history. To be saved before `remove_files`, so that a
/// crash between the two leaves unlisted files rather than a document that names missing ones.
void apply_clean_up(Document& document, const std::vector<CleanUpItem>& plan);

/// Removes the files. Each path is checked again to lie inside the folder. Goes on after one that can't be removed and gives
/// the first such error. Not for the UI thread.
[[nodiscard]] Result<void> remove_files(const ProjectStore& store, const std::vector<CleanUpItem>& plan);

}  // namespace kinora::core
