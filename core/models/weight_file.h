#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace kinora::core {

enum class WeightFormat { safetensors, gguf, torch_archive };

/// Name for people: "safetensors", "GGUF", "PyTorch".
[[nodiscard]] std::string_view to_string(WeightFormat format);

/// One tensor of a file of any format.
struct WeightEntry {
    std::string name;
    std::string type;  ///< as the format calls it: "BF16", "F8_E4M3", "Q4_K"
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides;  ///< in elements; empty: contiguous
    std::uint64_t begin = 0;            ///< bytes from the beginning of the file, half-open
    std::uint64_t end = 0;

    [[nodiscard]] std::int64_t elements() const;
};

/// What a file of weights holds, as far as its header tells.
struct WeightFileHeader {
    WeightFormat format = WeightFormat::safetensors;
    std::vector<WeightEntry> entries;
    /// Texts (and numbers, as texts) of the file's metadata.
    std::map<std::string, std::string> metadata;
};

/// Whether a file's name ends as those of weights do: .safetensors, .gguf, .pth, .pt.
[[nodiscard]] bool is_weight_file(const std::filesystem::path& file);

/// Parses the header of a mapped file; the format is told by its first bytes, not by its name. Errors are those of the
/// format's own parser.
[[nodiscard]] Result<WeightFileHeader> parse_weight_file(std::span<const std::byte> bytes, std::string_view file_name);

/// Maps a file and parses its header.
[[nodiscard]] Result<WeightFileHeader> read_weight_file(const std::filesystem::path& file);

/// The SentencePiece model that some text encoders' files carry (ComfyUI's `spiece_model`, the
/// vocabulary of a GGUF file); empty where there is none.
[[nodiscard]] std::string embedded_tokenizer(std::span<const std::byte> bytes, const WeightFileHeader& header);

}  // namespace kinora::core
