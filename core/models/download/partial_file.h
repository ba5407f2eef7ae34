#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace kinora::core {

/// A file on its way: `NAME.partial` with its bytes, and `NAME.partial.json` that says which of them are there. Both stay
/// when a download ends early, and a later one goes on from them. Chunks fill from their beginning, in any order.
class PartialFile {
public:
    struct Chunk {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        std::uint64_t done = 0;  ///< bytes from `begin` on that are there
        [[nodiscard]] bool complete() const { return begin + done == end; }
    };

    /// Opens what is there, if it belongs to the same content (`checksum`, `size`), or begins anew. Errors: `io`,
    /// `disk_full`, `not_found` for a missing folder.
    [[nodiscard]] static Result<PartialFile> open(const std::filesystem::path& file, const std::string& checksum,
                                                  std::uint64_t size, std::uint64_t chunk_size);
    /// Bytes that `open` would find.
    [[nodiscard]] static std::uint64_t bytes_there(const std::filesystem::path& file, const std::string& checksum,
                                                   std::uint64_t size);

    PartialFile(PartialFile&& other) noexcept;
    PartialFile& operator=(PartialFile&&) = delete;
    PartialFile(const PartialFile&) = delete;
    PartialFile& operator=(const PartialFile&) = delete;
    /// Notes what is there; errors of that are of no use any more.
    ~PartialFile();

    [[nodiscard]] const std::vector<Chunk>& chunks() const { return chunks_; }
    [[nodiscard]] std::uint64_t bytes_done() const;
    [[nodiscard]] bool complete() const;

    /// Appends to a chunk. `corrupt`: more than the chunk holds.
    [[nodiscard]] Result<void> write(std::size_t chunk, std::span<const std::byte> bytes);
    /// Forgets everything, and makes the whole file one chunk if asked.
    [[nodiscard]] Result<void> restart(bool one_chunk);
    /// Writes down what is there.
    [[nodiscard]] Result<void> note();
    /// Flushes the bytes to the disk.
    [[nodiscard]] Result<void> flush();
    /// The finished file takes its name.
    [[nodiscard]] Result<void> finish();
    /// Removes both files.
    void discard();

    [[nodiscard]] const std::filesystem::path& path() const { return partial_; }

private:
    PartialFile(std::filesystem::path file, std::string checksum, std::uint64_t size, std::uint64_t chunk_size);
    void divide(std::uint64_t chunk_size);
    void read_note();
    void close() noexcept;

    std::filesystem::path file_;
    std::filesystem::path partial_;
    std::filesystem::path note_;
    std::string checksum_;
    std::uint64_t size_;
    std::uint64_t chunk_size_;
    std::vector<Chunk> chunks_;
    std::uint64_t unnoted_ = 0;
    int descriptor_ = -1;
};

}  // namespace kinora::core
