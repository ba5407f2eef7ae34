#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

#include "core/base/result.h"

namespace kinora::core {

/// A file mapped read-only into memory for as long as the object lives. Its pages come from the disk when touched and can be
/// dropped again by the system, so a mapped model takes no memory of its own.
class MappedFile {
public:
    /// An empty file maps to no bytes. Errors: `not_found`, `io`.
    [[nodiscard]] static Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path& file);

    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    [[nodiscard]] std::span<const std::byte> bytes() const { return {static_cast<const std::byte*>(data_), size_}; }

private:
    MappedFile(void* data, std::size_t size) : data_(data), size_(size) {}

    void* data_;
    std::size_t size_;
};

}  // namespace kinora::core
