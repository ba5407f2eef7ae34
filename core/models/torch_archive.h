#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace kinora::core {

/// One tensor of a `.pth` or `.pt` file.
struct TorchTensor {
    std::string name;  ///< the keys that lead to it, joined by dots
    std::string type;  ///< as safetensors calls it: "BF16"
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides;  ///< in elements, none negative
    std::uint64_t begin = 0;            ///< of the first element in the file
    std::uint64_t end = 0;              ///< after the last element that the strides reach
};

/// Bytes of an element by the name of its type; 0 for an unknown one.
[[nodiscard]] std::uint64_t torch_element_size(std::string_view type);

/// Parses what PyTorch's `save` writes (a ZIP archive with a pickle in it), which may be hostile, without executing anything
/// and without touching the tensors' data. `archive` is the whole (mapped) file. Every tensor is checked to lie inside its
/// storage. `unsupported` with the way out for files of PyTorch before 1.6, compressed archives and pickles of anything but
/// tensors and containers of tensors; `corrupt` for what doesn't fit. Errors name `file_name`.
[[nodiscard]] Result<std::vector<TorchTensor>> parse_torch_archive(std::span<const std::byte> archive,
                                                                   std::string_view file_name);

/// Maps a file and parses it.
[[nodiscard]] Result<std::vector<TorchTensor>> read_torch_archive(const std::filesystem::path& file);

}  // namespace kinora::core
