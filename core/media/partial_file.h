#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/media/ffmpeg_handles.h"
#include "core/media/video_writer.h"

namespace kinora::media {

/// A hidden name for something unfinished, `.kinora-xxxxxxxx.partial`, another one each time.
[[nodiscard]] std::string partial_name();

/// A file being written under a short name of its own, `.kinora-xxxx.partial`, beside its target (a target of 255 bytes
/// leaves no room for a suffix). Removed when destroyed unless it was committed.
class PartialFile {
public:
    /// Errors: `not_found` (no such folder), `already_exists` (policy), `io`.
    [[nodiscard]] static core::Result<std::unique_ptr<PartialFile>> create(const std::filesystem::path& target,
                                                                           OverwritePolicy overwrite);
    ~PartialFile();
    PartialFile(const PartialFile&) = delete;
    PartialFile& operator=(const PartialFile&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] const std::filesystem::path& target() const { return target_; }

    /// FFmpeg's buffer over this file; lives no longer than the file. Null: no memory.
    [[nodiscard]] IoHandle make_io();

    /// The first error that a write met, as an `errno`; 0: none. FFmpeg itself may have swallowed it.
    [[nodiscard]] int failure() const { return failure_; }

    /// To be called when something else than `make_io`'s buffer may have put other bytes, or another file, at `path`: what
    /// is there now is what `commit` flushes and renames. `io` if it can't be opened.
    [[nodiscard]] core::Result<void> reopen();

    /// Flushes to the disk, then gives the file its name in one step. Errors: `already_exists`, `disk_full`, `io`.
    [[nodiscard]] core::Result<void> commit();

private:
    PartialFile(std::filesystem::path target, OverwritePolicy overwrite) : target_(std::move(target)), overwrite_(overwrite)
    {
    }
    static int write(void* self, std::uint8_t* bytes, int count);
    static std::int64_t seek(void* self, std::int64_t offset, int whence);
    [[nodiscard]] int rename_to_target() const;

    std::filesystem::path target_;
    std::filesystem::path path_;
    OverwritePolicy overwrite_;
    int descriptor_ = -1;
    int failure_ = 0;
    bool committed_ = false;
};

/// Refuses with `disk_full` if `bytes` times 1.35 isn't free in the folder of `target`. Passes where the system can't tell.
[[nodiscard]] core::Result<void> check_space(const std::filesystem::path& target, double bytes);

}  // namespace kinora::media
