#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/engine.h"
#include "app/cli/exit_codes.h"
#include "app/cli/models_actions.h"
#include "app/cli/models_json.h"
#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/models/model_files.h"
#include "core/models/model_folder.h"
#include "core/models/model_summary.h"
#include "core/time/timecode.h"
#include "inference/pipeline/wan_generator.h"

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// The files that a part's weights lie in.
std::vector<fs::path> files_of(const fs::path& part)
{
    std::error_code ignored;
    if (fs::is_regular_file(part, ignored)) return {part};
    const auto files = core::find_weight_files(part);
    return files ? files->files : std::vector<fs::path>();
}

json hashes_of(const fs::path& part)
{
    json hashes = json::object();
    for (const fs::path& file : files_of(part))
        if (const auto hash = core::sha256_of_file(file)) hashes[core::path_to_utf8(file.filename())] = *hash;
    return hashes;
}

std::string shape_text(const std::vector<std::int64_t>& shape)
{
    return fmt::format("[{}]", fmt::join(shape, ", "));
}

json tensors_of(const core::DetectedPart& part)
{
    json tensors = json::array();
    for (const core::WeightEntry& entry : part.entries)
        tensors.push_back(
            {{"name", entry.name}, {"type", entry.type}, {"shape", entry.shape}, {"bytes", entry.end - entry.begin}});
    return tensors;
}

json metadata_of(const fs::path& part)
{
    json metadata = json::object();
    for (const fs::path& file : files_of(part))
        if (const auto header = core::read_weight_file(file))
            for (const auto& [key, value] : header->metadata)
                metadata[key] = value;
    return metadata;
}

/// One file, or a folder of shards: what it is, its metadata, its tensors.
int inspect_part(const core::DetectedPart& part, const ModelsOptions& options)
{
    const json metadata = metadata_of(part.path);
    const json hashes = options.no_hashes ? json::object() : hashes_of(part.path);
    if (options.json) {
        json object = as_json(part);
        object["config"] = part.config;
        object["metadata"] = metadata;
        object["sha256"] = hashes;
        object["tensors"] = tensors_of(part);
        print_json(object);
        return exit_done;
    }
    fmt::print("{}\n  {}{}{}, {}, {}, {:.1f} million parameters\n", core::path_to_utf8(part.path),
               part.variant.empty() ? "nothing that Kinora knows" : part.variant,
               part.layout.empty() ? "" : ", names: ", part.layout, part.format + " " + part.precision,
               size_text(part.bytes), static_cast<double>(part.parameters) / 1e6);
    if (!part.problem.empty()) fmt::print("  Can't be used: {}.\n", part.problem);
    if (!part.licence.empty()) fmt::print("  Licence: {}\n", part.licence);
    if (!part.training_data.empty()) fmt::print("  Training data: {}\n", part.training_data);
    for (const auto& [key, value] : metadata.items())
        fmt::print("  {}: {}\n", key, value.get<std::string>().substr(0, 200));
    for (const auto& [file, hash] : hashes.items())
        fmt::print("  SHA-256 {}  {}\n", hash.get<std::string>(), file);
    if (part.config.is_object()) fmt::print("  Configuration: {}\n", part.config.dump());
    fmt::print("\n");
    for (const core::WeightEntry& entry : part.entries)
        fmt::print("{:<8} {:<24} {}\n", entry.type, shape_text(entry.shape), entry.name);
    return exit_done;
}

void print_model(const core::CatalogueEntry& entry, const core::ModelSummary& summary, const core::ModelCard& card,
                 const json& hashes, const std::string& pipeline)
{
    std::uint64_t parameters = 0;
    for (const core::PartSummary& part : summary.parts)
        parameters += part.parameters;
    const auto& place = entry.composed ? entry.composed->transformer.path : entry.folder;
    fmt::print("{}\n  {}\n", summary.name, core::path_to_utf8(place));
    fmt::print("  {}{}{}, {:.1f} million parameters\n", pipeline.empty() ? summary.variant : pipeline,
               summary.precision.empty() ? "" : ", ", summary.precision + ", " + size_text(summary.bytes),
               static_cast<double>(parameters) / 1e6);
    if (!pipeline.empty() && !summary.variant.empty()) fmt::print("  Detected: {}\n", summary.variant);
    for (const core::PartSummary& part : summary.parts)
        fmt::print("  {:<16} {:<26} {:>9}  {}\n", part.role, part.class_name.empty() ? part.variant : part.class_name,
                   size_text(part.bytes), part.precision);
    fmt::print("  Licence: {}\n", summary.licence.empty() ? "not told" : summary.licence);
    if (!summary.training_data.empty()) fmt::print("  Training data, says its author: {}\n", summary.training_data);
    for (const std::string& note : summary.notes)
        fmt::print("  {}\n", note);
    for (const auto& [part, files] : hashes.items())
        for (const auto& [file, hash] : files.items())
            fmt::print("  SHA-256 {}  {}/{}\n", hash.get<std::string>(), part, file);
    if (!card.text.empty()) fmt::print("\n{}\n", card.text);
}

/// A whole model: its summary, its parts, and the tensors of these if they are asked for.
int inspect_entry(const core::CatalogueEntry& entry, const ModelsOptions& options)
{
    const auto summary = core::summarise_model(entry);
    const auto folder = core::inspect_model_folder(entry.folder);
    if (!entry.composed && !folder) return fail(folder.error(), options.answer());
    const core::ModelCard card = folder ? folder->card : core::ModelCard();
    json hashes = json::object();
    json tensors = json::object();
    for (const core::PartSummary& part : summary.parts) {
        if (files_of(part.path).empty() || part.role == "tokenizer") continue;
        if (!options.no_hashes) hashes[part.role] = hashes_of(part.path);
        if (!options.tensors && !options.json) continue;
        if (const auto detected = core::detect_part(part.path)) tensors[part.role] = tensors_of(*detected);
    }
    const auto model = make_engine()->capabilities(entry.id);
    if (options.json) {
        json object = as_json(entry, summary);
        object["pipeline"] = folder ? folder->pipeline : "";
        object["card"] = card.text;
        object["sha256"] = std::move(hashes);
        object["tensors"] = std::move(tensors);
        std::uint64_t parameters = 0;
        for (const core::PartSummary& part : summary.parts)
            parameters += part.parameters;
        object["parameters"] = parameters;
        if (model) object["takes"] = as_json(*model);
        if (!model) object["problem"] = model.error().message;
        print_json(object);
        return exit_done;
    }
    print_model(entry, summary, card, hashes, folder ? folder->pipeline : "");
    for (const auto& [part, table] : tensors.items()) {
        fmt::print("\n{}\n", part);
        for (const json& tensor : table)
            fmt::print("{:<8} {:<24} {}\n", tensor["type"].get<std::string>(),
                       shape_text(tensor["shape"].get<std::vector<std::int64_t>>()), tensor["name"].get<std::string>());
    }
    if (model) {
        fmt::print("  Clips: {}x{}, {} frames, {} fps; sides multiples of {}, up to {} frames (1 + n x {})\n",
                   model->default_width, model->default_height, model->default_frames, core::rate_text(model->rate),
                   model->size_multiple, model->max_frames, model->frame_multiple);
    } else {
        fmt::print("  Can't be used: {}\n", model.error().message);
    }
    return exit_done;
}

}  // namespace

int inspect_model(const ModelsOptions& options)
{
    const fs::path path = core::path_from_utf8(options.model);
    std::error_code ignored;
    const core::Catalogue catalogue;
    const auto entries = catalogue.list();
    if (entries) {
        for (const core::CatalogueEntry& entry : *entries)
            if (entry.id == options.model) return inspect_entry(entry, options);
    }
    const bool part_folder =
        fs::is_directory(path, ignored) && !core::looks_like_model_folder(path) && core::find_weight_files(path).has_value();
    if (fs::is_regular_file(path, ignored) || part_folder) {
        const auto part = core::detect_part(fs::absolute(path, ignored));
        if (!part) return fail(part.error(), options.answer());
        return inspect_part(*part, options);
    }
    const std::string id = model_id_of(options.model);
    const auto found = catalogue.find(id);
    if (found) return inspect_entry(*found, options);
    const auto folder = find_model(id);
    if (!folder) return fail(folder.error(), options.answer());
    return inspect_entry({id, *folder, core::ModelOrigin::added, *folder}, options);
}

}  // namespace kinora::cli
