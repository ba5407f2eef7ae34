#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/base/result.h"
#include "core/media/video_writer.h"

namespace kinora::media {

/// A folder of pictures being written under a hidden name beside its target, `.kinora-xxxx.partial`; removed with all that
/// is in it when destroyed unless it was committed. Only a folder that holds nothing but pictures of a sequence and a recipe
/// is ever replaced.
class PartialFolder {
public:
    /// Errors: `not_found` (no such folder to write into), `already_exists` (policy, or something else than pictures is in
    /// it), `invalid_argument` (no name), `io`.
    [[nodiscard]] static core::Result<std::unique_ptr<PartialFolder>> create(const std::filesystem::path& target,
                                                                             OverwritePolicy overwrite);
    ~PartialFolder();
    PartialFolder(const PartialFolder&) = delete;
    PartialFolder& operator=(const PartialFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Writes one file. Errors: `disk_full`, `io`.
    [[nodiscard]] core::Result<void> add(const std::string& name, std::span<const std::byte> bytes);
    /// Flushes to the disk and gives the folder its name in one step.
    [[nodiscard]] core::Result<void> commit();

private:
    PartialFolder(std::filesystem::path target, OverwritePolicy overwrite)
        : target_(std::move(target)), overwrite_(overwrite)
    {
    }
    std::filesystem::path target_;
    std::filesystem::path path_;
    OverwritePolicy overwrite_;
    bool made_ = false;
    bool committed_ = false;
};

}  // namespace kinora::media
