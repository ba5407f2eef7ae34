#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/generation/recipe_json.h"
#include "core/jobs/job_json.h"
#include "core/jobs/request_json.h"
#include "tests/fuzz/fuzz_target.h"

namespace kinora::fuzz {

void run_one(std::string_view bytes)
{
    if (const auto jobs = core::jobs_from_text(bytes, "fuzzed.json")) {
        const auto again = core::jobs_from_text(core::jobs_to_text(*jobs), "written.json");
        expect(again.has_value() && again->size() == jobs->size(), "a queue that can be read again");
    }
    const auto json = core::parse_json(bytes, "fuzzed.json");
    if (!json) return;
    if (const auto request = core::request_from_json(*json))
        expect(core::request_from_json(core::to_json(*request)).has_value(), "a request that can be read again");
    if (const auto recipe = core::recipe_from_json(*json))
        expect(core::recipe_from_json(core::to_json(*recipe)).has_value(), "a recipe that can be read again");
}

}  // namespace kinora::fuzz
