#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/models/model_card.h"

namespace kinora::core {

/// One part of a model: a folder that model_index.json names.
struct ModelPart {
    std::string name;                                 ///< "transformer", "vae", "text_encoder", "tokenizer", "scheduler"
    std::string library;                              ///< "diffusers" or "transformers"
    std::string class_name;                           ///< "WanTransformer3DModel"
    std::vector<std::filesystem::path> weight_files;  ///< none for tokenizers, schedulers and the like
    std::uint64_t bytes = 0;                          ///< of all files in the folder
    std::uint64_t parameters = 0;                     ///< numbers in the weights
    std::vector<std::string> types;                   ///< of the weights, as in the files: "BF16", "F32"
};

/// A model in the ordinary diffusers layout, as far as it can be told without touching its weights' data.
struct ModelFolder {
    std::filesystem::path path;
    std::string pipeline;  ///< `_class_name` of model_index.json: "WanPipeline"
    std::string name;      ///< of the card's heading, else of the folder
    std::vector<ModelPart> parts;
    ModelCard card;

    [[nodiscard]] const ModelPart* part(std::string_view part_name) const;
    [[nodiscard]] std::uint64_t bytes() const;       ///< on the disk, of all parts
    [[nodiscard]] std::uint64_t parameters() const;  ///< of all parts
};

/// Whether a folder looks as if a model were, or should be, in it: it has a model_index.json or a folder `transformer`.
[[nodiscard]] bool looks_like_model_folder(const std::filesystem::path& folder);

/// Reads model_index.json, looks for the files of every part it names, and reads the headers of the weights, which also
/// tells cut-off downloads. Errors: `not_found` names everything that is missing; `corrupt` names the file that doesn't
/// parse.
[[nodiscard]] Result<ModelFolder> inspect_model_folder(const std::filesystem::path& folder);

}  // namespace kinora::core
