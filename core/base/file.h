#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace kinora::core {

/// Reads a whole file. A file larger than `limit` bytes is refused (`unsupported`) before anything is allocated; one that
/// isn't there is `not_found`. The message names the file.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& file, std::uint64_t limit = 64ULL << 20);

/// Writes a file as a whole or not at all: into a hidden `.kinora-….partial` beside it, then flushed to the disk, then
/// renamed over `file`. A crash leaves the old file or the new one. Errors: `disk_full`, `not_found` (no such folder), `io`.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& file, std::string_view content);
[[nodiscard]] Result<void> write_file(const std::filesystem::path& file, std::span<const std::byte> content);

/// A file being written piece by piece with the same promise: nothing stands at `file` until `commit` succeeded; the partial
/// file is removed if the object dies before. Not thread-safe.
class AtomicFile {
public:
    [[nodiscard]] static Result<AtomicFile> create(const std::filesystem::path& file);
    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&& other) noexcept;
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    ~AtomicFile();

    [[nodiscard]] Result<void> write(std::span<const std::byte> bytes);
    /// Flushes, renames, flushes the folder. Nothing may be written afterwards.
    [[nodiscard]] Result<void> commit();

    /// Where the bytes are until `commit`, for writers that want a path.
    [[nodiscard]] const std::filesystem::path& partial_path() const { return partial_; }

private:
    AtomicFile(std::filesystem::path file, std::filesystem::path partial, int descriptor);
    void discard() noexcept;

    std::filesystem::path file_;
    std::filesystem::path partial_;
    int descriptor_ = -1;
};

/// Turns an `errno` of a failed operation into an error: "… can't be written: No space left on device."
[[nodiscard]] Error file_error(const std::filesystem::path& file, std::string_view what, int error_number);

}  // namespace kinora::core
