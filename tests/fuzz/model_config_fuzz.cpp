#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "inference/models/wan/dit_config.h"
#include "inference/models/wan/vae_config.h"
#include "inference/text/umt5_config.h"
#include "tests/fuzz/fuzz_target.h"

namespace kinora::fuzz {
namespace {

/// What was accepted is accepted again as it is written.
template <typename Config>
void read(const nlohmann::json& json)
{
    const auto config = Config::from_json(json, "fuzzed.json");
    if (config)
        expect(Config::from_json(config->to_json(), "written.json").has_value(), "a configuration that can be read again");
}

}  // namespace

void run_one(std::string_view bytes)
{
    const auto json = core::parse_json(bytes, "fuzzed.json");
    if (!json) return;
    read<inference::WanDitConfig>(*json);
    read<inference::VaeConfig>(*json);
    read<inference::Umt5Config>(*json);
}

}  // namespace kinora::fuzz
