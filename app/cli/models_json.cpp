#include "app/cli/models_json.h"

#include <nlohmann/json.hpp>

#include "app/cli/models_actions.h"
#include "core/base/paths.h"
#include "core/time/timecode.h"

namespace kinora::cli {

using nlohmann::json;

json as_json(const core::ModelCapabilities& model)
{
    return {{"width", model.default_width},
            {"height", model.default_height},
            {"size_multiple", model.size_multiple},
            {"frames", model.default_frames},
            {"frame_multiple", model.frame_multiple},
            {"max_frames", model.max_frames},
            {"rate", core::rate_text(model.rate)},
            {"steps", model.default_steps},
            {"guidance", model.default_guidance},
            {"shift", model.default_shift},
            {"sampler", model.default_sampler},
            {"first_frame", model.first_frame},
            {"last_frame", model.last_frame},
            {"any_frame", model.any_frame},
            {"needs_first_frame", model.needs_first_frame},
            {"needs_last_frame", model.needs_last_frame},
            {"draft", !model.draft.empty()},
            {"variant", model.variant}};
}

json as_json(const core::DetectedPart& part)
{
    return {{"path", core::path_to_utf8(part.path)},
            {"kind", std::string(core::folder_of(part.kind))},
            {"family", part.family},
            {"variant", part.variant},
            {"layout", part.layout},
            {"format", part.format},
            {"precision", part.precision},
            {"bytes", part.bytes},
            {"parameters", part.parameters},
            {"tokenizer", part.has_tokenizer},
            {"problem", part.problem},
            {"licence", part.licence},
            {"training_data", part.training_data}};
}

json as_json(const core::CatalogueEntry& entry, const core::ModelSummary& summary)
{
    json parts = json::array();
    for (const core::PartSummary& part : summary.parts)
        parts.push_back({{"name", part.role},
                         {"path", core::path_to_utf8(part.path)},
                         {"class", part.class_name},
                         {"variant", part.variant},
                         {"precision", part.precision},
                         {"bytes", part.bytes},
                         {"parameters", part.parameters}});
    json object{{"id", entry.id},
                {"folder", core::path_to_utf8(entry.folder)},
                {"origin", origin_name(entry.origin)},
                {"name", summary.name},
                {"family", summary.family},
                {"variant", summary.variant},
                {"precision", summary.precision},
                {"bytes", summary.bytes},
                {"licence", summary.licence},
                {"training_data", summary.training_data},
                {"parts", std::move(parts)},
                {"notes", summary.notes},
                {"missing", summary.missing}};
    if (!summary.missing.empty()) object["problem"] = summary.missing.front();
    return object;
}

}  // namespace kinora::cli
