#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/models/catalogue.h"

namespace kinora::core {

/// One part of a model, for lists.
struct PartSummary {
    std::string role;  ///< "transformer", "transformer_2", "vae", "text_encoder", "image_encoder", "tokenizer"
    std::filesystem::path path;
    std::string variant;
    std::string precision;
    std::uint64_t bytes = 0;
    std::uint64_t parameters = 0;
    std::string class_name{};  ///< as model_index.json has it; empty for parts in files of their own
};

/// What a list shows of a model. Nothing here is checked beyond what headers tell.
struct ModelSummary {
    std::string name;       ///< of its card, else its id
    std::string family;     ///< "Wan"; empty: not known
    std::string variant;    ///< "Wan 2.1 T2V 1.3B"
    std::string precision;  ///< of the transformer: "BF16", "Q4_K", "F8_E4M3 scaled"
    std::uint64_t bytes = 0;
    std::string licence;        ///< as its files tell; may be empty
    std::string training_data;  ///< what its author says of the training data; may be empty
    std::vector<PartSummary> parts;
    std::vector<std::string> notes;    ///< where parts were found that lie elsewhere, in sentences
    std::vector<std::string> missing;  ///< why it can't be used, in sentences; empty: it can
};

/// Reads headers, configurations and cards; remembers headers as `detect_part` does.
[[nodiscard]] ModelSummary summarise_model(const CatalogueEntry& entry);

/// What a model card says of the training data: its "datasets" or the section whose heading names them, shortened.
[[nodiscard]] std::string training_data_in(const std::string& card_text);

}  // namespace kinora::core
