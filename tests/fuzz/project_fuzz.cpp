#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/project/project_json.h"
#include "tests/fuzz/fuzz_target.h"

namespace kinora::fuzz {

void run_one(std::string_view bytes)
{
    const auto json = core::parse_json(bytes, "fuzzed.json");
    if (!json) return;
    const auto project = core::project_from_json(*json);
    if (project) {
        const auto again = core::project_from_json(core::to_json(project->project));
        expect(again.has_value(), "a project that can be read again");
        expect(again->project == project->project, "a project that is the same after being written");
    }
    if (const auto shot = core::shot_from_json(*json))
        expect(core::shot_from_json(core::to_json(*shot)).has_value(), "a shot that can be read again");
}

}  // namespace kinora::fuzz
