#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/models/detected_part.h"

namespace kinora::core {

/// A model made of parts that lie in different files: a transformer (or a pair of experts) and what it needs beside it.
struct ComposedModel {
    std::string name;  ///< of the transformer's file, without what tells the experts apart
    DetectedPart transformer;
    std::optional<DetectedPart> transformer_2;  ///< the expert for low noise
    std::optional<DetectedPart> vae;
    std::optional<DetectedPart> text_encoder;
    std::optional<DetectedPart> image_encoder;
    std::filesystem::path tokenizer;  ///< a folder, or a text encoder's file that brings a tokenizer

    std::vector<std::string> notes;    ///< "Needs the Wan 2.1 VAE; found one in …", one for each part that was found
    std::vector<std::string> missing;  ///< sentences; empty: the model can be used

    [[nodiscard]] std::uint64_t bytes() const;  ///< of all parts
    [[nodiscard]] bool two_experts() const;     ///< whether the transformer is one of a pair
};

/// Puts together what fits: every transformer of a known family becomes a model, and gets the nearest VAE, text encoder and
/// image encoder of the right form. Parts of other kinds (LoRAs, unknown files) are left out.
[[nodiscard]] std::vector<ComposedModel> compose_models(const std::vector<DetectedPart>& parts,
                                                        const std::vector<std::filesystem::path>& tokenizers);

/// Writes a model folder in the diffusers layout for a composed model: configurations, and links to the files where they
/// lie; nothing large is copied. What is there and right stays untouched. Precondition: nothing is missing. Errors: `io`,
/// `disk_full`.
[[nodiscard]] Result<void> assemble_folder(const ComposedModel& model, const std::filesystem::path& folder);

}  // namespace kinora::core
