#include "core/models/model_summary.h"

#include <algorithm>
#include <cctype>
#include <regex>
#include <sstream>

#include "core/base/utf8.h"
#include "core/models/json_file.h"
#include "core/models/model_card.h"
#include "core/models/model_folder.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_longest_statement = 600;

PartSummary summary_of(const std::string& role, const DetectedPart& part)
{
    return {role, part.path, part.variant, part.precision, part.bytes, part.parameters, {}};
}

/// The card beside a file, or in one of the folders above it, but not above what was added.
ModelCard card_near(const fs::path& file, const fs::path& source)
{
    std::error_code ignored;
    const fs::path highest = fs::is_directory(source, ignored) ? source : source.parent_path();
    fs::path folder = fs::is_directory(file, ignored) ? file : file.parent_path();
    for (int level = 0; level < 4; ++level) {
        ModelCard card = read_model_card(folder);
        if (!card.license.empty() || !card.text.empty()) return card;
        if (folder == highest || !folder.has_relative_path()) break;
        folder = folder.parent_path();
    }
    return {};
}

void summarise_composed(const CatalogueEntry& entry, ModelSummary& summary)
{
    const ComposedModel& model = *entry.composed;
    const auto add = [&](const char* role, const std::optional<DetectedPart>& part) {
        if (part) summary.parts.push_back(summary_of(role, *part));
    };
    summary.parts.push_back(summary_of("transformer", model.transformer));
    add("transformer_2", model.transformer_2);
    add("vae", model.vae);
    add("text_encoder", model.text_encoder);
    add("image_encoder", model.image_encoder);
    if (!model.tokenizer.empty()) summary.parts.push_back({"tokenizer", model.tokenizer, {}, {}, 0, 0, {}});
    summary.family = model.transformer.family;
    summary.variant = model.transformer.variant;
    summary.precision = model.transformer.precision;
    summary.bytes = model.bytes();
    summary.notes = model.notes;
    summary.missing = model.missing;
    const ModelCard card = card_near(model.transformer.path, entry.source);
    summary.licence = model.transformer.licence.empty() ? card.license : model.transformer.licence;
    summary.training_data =
        model.transformer.training_data.empty() ? training_data_in(card.text) : model.transformer.training_data;
}

void summarise_folder(const CatalogueEntry& entry, ModelSummary& summary)
{
    const auto folder = inspect_model_folder(entry.folder);
    if (!folder) {
        summary.missing.push_back(folder.error().message);
        const ModelCard card = read_model_card(entry.folder);
        summary.licence = card.license;
        summary.training_data = training_data_in(card.text);
        return;
    }
    summary.name = folder->name;
    summary.bytes = folder->bytes();
    summary.licence = folder->card.license;
    summary.training_data = training_data_in(folder->card.text);
    for (const ModelPart& part : folder->parts) {
        const auto detected = part.weight_files.empty() ? Result<DetectedPart>(make_error(ErrorKind::not_found, {}))
                                                        : detect_part(entry.folder / part.name);
        PartSummary one{part.name, entry.folder / part.name, {}, {}, part.bytes, part.parameters, part.class_name};
        if (detected) {
            one.variant = detected->variant;
            one.precision = detected->precision;
            if (detected->kind == PartKind::transformer && summary.precision.empty()) {
                summary.family = detected->family;
                summary.variant = detected->variant;
                summary.precision = detected->precision;
            }
        }
        summary.parts.push_back(std::move(one));
    }
    // Time steps of their own for tokens stand in no shape, but only one released model has them.
    const auto index = read_json_object(entry.folder / "model_index.json");
    const std::string plain = "Wan 2.1 T2V";
    if (index && index->contains("expand_timesteps") && (*index)["expand_timesteps"] == true &&
        summary.variant.rfind(plain, 0) == 0)
        summary.variant.replace(0, plain.size(), "Wan 2.2 TI2V");
    // Both experts lie in one folder, which says more than the shape of one of them.
    if (folder->part("transformer_2") != nullptr) {
        const bool pictures = folder->pipeline == "WanImageToVideoPipeline";
        summary.variant = std::string("Wan 2.2 A14B ") + (pictures ? "I2V" : "T2V");
    }
}

// A card is Markdown; a sentence of it is shown as plain text: code and bold without their signs, links by their words.
std::string without_markup(const std::string& line)
{
    static const std::regex link(R"(\[([^\]\[]{1,200})\]\([^()\s]{0,500}\))");
    static const std::regex sign(R"(`|\*\*|__)");
    const std::string begin(utf8_prefix(line, 2 * k_longest_statement));  // a regex takes stack for every character
    return std::regex_replace(std::regex_replace(begin, link, "$1"), sign, "");
}

}  // namespace

std::string training_data_in(const std::string& card_text)
{
    std::istringstream lines(card_text);
    std::string found;
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.front() == '#') {
            if (inside) break;
            std::transform(line.begin(), line.end(), line.begin(), [](unsigned char c) { return std::tolower(c); });
            inside = line.find("training data") != std::string::npos || line.find("dataset") != std::string::npos ||
                     line.find("trained on") != std::string::npos;
            continue;
        }
        if (!inside || line.find_first_not_of(" \t\r") == std::string::npos) continue;
        if (!found.empty()) found += ' ';
        found += without_markup(line);
        if (found.size() > k_longest_statement) break;
    }
    return std::string(utf8_prefix(found, k_longest_statement));
}

ModelSummary summarise_model(const CatalogueEntry& entry)
{
    ModelSummary summary;
    summary.name = entry.id;
    if (entry.composed)
        summarise_composed(entry, summary);
    else
        summarise_folder(entry, summary);
    return summary;
}

}  // namespace kinora::core
