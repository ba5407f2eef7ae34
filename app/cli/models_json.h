#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/generation/generator.h"
#include "core/models/catalogue.h"
#include "core/models/model_summary.h"

/// Models as JSON objects for scripts.
namespace kinora::cli {

[[nodiscard]] nlohmann::json as_json(const core::ModelCapabilities& model);
[[nodiscard]] nlohmann::json as_json(const core::DetectedPart& part);
[[nodiscard]] nlohmann::json as_json(const core::CatalogueEntry& entry, const core::ModelSummary& summary);

}  // namespace kinora::cli
