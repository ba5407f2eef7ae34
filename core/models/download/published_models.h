#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace kinora::core {

/// Files of one repository that belong to a published model.
struct PublishedPart {
    std::string repository;           ///< "Wan-AI/Wan2.1-T2V-1.3B-Diffusers"
    std::string revision = "main";    ///< branch, tag or commit
    std::vector<std::string> files;   ///< paths; "*" stands for anything, "/" too
    std::vector<std::string> except;  ///< likewise; these not
    std::string into;                 ///< folder of single files ("vae"); empty: a model folder, which keeps its paths
};

/// A model that its authors publish and Kinora can run. Everything said of it is what the authors say.
struct PublishedModel {
    std::string id;       ///< what `models pull` takes
    std::string title;    ///< "Wan 2.1 T2V 1.3B"
    std::string kind;     ///< "model" or "lora"
    std::string format;   ///< "diffusers folder", "fp8 files", "GGUF files", "LoRA"
    std::string licence;  ///< SPDX name
    std::string source;   ///< page of the authors
    std::string about;
    std::string training_data;  ///< empty: the authors say nothing that is known here
    std::vector<PublishedPart> parts;

    /// Whether it becomes a model folder of its own, or single files in the shared folders.
    [[nodiscard]] bool is_folder() const { return !parts.empty() && parts.front().into.empty(); }
};

/// The list in Kinora's resources. Errors: `not_found`, `corrupt` with the key.
[[nodiscard]] Result<std::vector<PublishedModel>> published_models();
/// The same from a file, for tests.
[[nodiscard]] Result<std::vector<PublishedModel>> read_published_models(const std::filesystem::path& file);

/// One of them by its id, whatever the case. `not_found` lists what there is.
[[nodiscard]] Result<PublishedModel> find_published_model(const std::vector<PublishedModel>& models, std::string_view id);

/// Whether a path fits a pattern, in which every "*" stands for any text.
[[nodiscard]] bool fits_pattern(std::string_view path, std::string_view pattern);

}  // namespace kinora::core
