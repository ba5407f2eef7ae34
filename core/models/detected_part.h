#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/models/part_names.h"
#include "core/models/weight_file.h"

namespace kinora::core {

/// Shapes of a part's tensors by the models' names.
using PartShapes = std::map<std::string, std::vector<std::int64_t>>;

/// Which of a pair of experts a transformer is, as far as its file name tells.
enum class NoiseExpert { none, high, low };

/// A part of a model that lies in one file, or in shards of one folder, as far as names, shapes and metadata tell.
struct DetectedPart {
    std::filesystem::path path;  ///< the file, or the folder of shards
    PartKind kind = PartKind::unknown;
    std::string family;     ///< "Wan"; empty where the part isn't told by it
    std::string variant;    ///< "Wan 2.1 T2V 14B", "Wan 2.1 VAE", "UMT5", "CLIP", "LoRA (LightX2V, 4 steps)"
    std::string layout;     ///< whose tensor names it has: "original", "ComfyUI", "diffusers", …
    std::string format;     ///< "safetensors", "GGUF", "PyTorch"
    std::string precision;  ///< of most of its numbers: "BF16", "Q4_K", "F8_E4M3 scaled"
    std::uint64_t bytes = 0;
    std::uint64_t parameters = 0;
    NoiseExpert expert = NoiseExpert::none;
    bool has_tokenizer = false;  ///< a text encoder that brings its SentencePiece model
    nlohmann::json config;       ///< what diffusers would write as the part's config.json; null where nothing can be told
    std::string problem;         ///< a sentence where the part is known but can't be used
    std::string licence;         ///< as the file's metadata has it
    std::string training_data;   ///< what the metadata says of the training data
    std::vector<WeightEntry> entries;  ///< the tensors, for those who want to see them
};

/// Reads the headers of a file (or of a folder's shards) and tells what it is. A configuration beside it
/// (`NAME.config.json`, or `config.json` in a folder) or in its metadata (`config`) tells what shapes can't, such as the
/// number of heads. Unknown contents are no error: `kind` is then `unknown`. Errors are those of the files' parsers. What
/// was read is remembered as long as the file doesn't change; thread-safe.
[[nodiscard]] Result<DetectedPart> detect_part(const std::filesystem::path& file_or_folder);

/// config.json of a part from the shapes of its tensors; null and `problem` set where they make no sense. What shapes don't
/// tell is as in the released models.
[[nodiscard]] nlohmann::json detect_transformer(const PartShapes& shapes, std::string& problem);
[[nodiscard]] nlohmann::json detect_vae(const PartShapes& shapes, std::string& problem);
[[nodiscard]] nlohmann::json detect_text_encoder(const PartShapes& shapes, std::string& problem);
[[nodiscard]] nlohmann::json detect_image_encoder(const PartShapes& shapes, std::string& problem);

}  // namespace kinora::core
