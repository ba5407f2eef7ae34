#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/models/ggml_type.h"

namespace kinora::core {

/// An array of a GGUF file's metadata, which isn't read until somebody wants it: a vocabulary has hundreds of thousands of
/// entries.
struct GgufArray {
    std::uint32_t type = 0;  ///< of the elements, as numbered by the format
    std::uint64_t count = 0;
    std::uint64_t begin = 0;  ///< where the first element stands in the file; checked to the last one
};

/// A value of a GGUF file's metadata.
using GgufValue = std::variant<std::uint64_t, std::int64_t, double, bool, std::string, GgufArray>;

/// One tensor of a GGUF file. Offsets count bytes from the beginning of the data: [begin, end).
struct GgufTensor {
    std::string name;
    GgmlType type = GgmlType::f32;
    /// Outermost dimension first, as torch has it (the file stores the innermost first); where the metadata has a
    /// `comfy.gguf.orig_shape.NAME`, that shape, of as many elements.
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// A checked header: names are unique and UTF-8, rows are whole blocks, tensors are aligned and lie in the file without
/// overlapping, in the order of their bytes.
struct GgufHeader {
    std::uint32_t version = 3;
    std::uint64_t alignment = 32;
    std::uint64_t data_offset = 0;  ///< where the data begins in the file
    std::vector<GgufTensor> tensors;
    std::map<std::string, GgufValue> metadata;
};

/// Parses the beginning of a GGUF file, version 2 or 3 (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md), which
/// may be hostile. `head` must hold at least the header (the whole mapped file will do); `file_size` is the whole file's.
/// Errors are `corrupt` or `unsupported` and name `file_name`. Allocates nothing on the word of a number in the file.
[[nodiscard]] Result<GgufHeader> parse_gguf_header(std::span<const std::byte> head, std::uint64_t file_size,
                                                   std::string_view file_name);

/// Maps a file and parses its header, without touching its data.
[[nodiscard]] Result<GgufHeader> read_gguf_header(const std::filesystem::path& file);

/// The elements of an array, from the same bytes that the header was parsed from; nothing for an array of another kind.
[[nodiscard]] std::vector<std::int64_t> gguf_integers(const GgufArray& array, std::span<const std::byte> head);
[[nodiscard]] std::vector<float> gguf_floats(const GgufArray& array, std::span<const std::byte> head);
[[nodiscard]] std::vector<std::string_view> gguf_texts(const GgufArray& array, std::span<const std::byte> head);

}  // namespace kinora::core
