#include "core/models/extra_model_paths.h"
#include "tests/fuzz/fuzz_target.h"

namespace kinora::fuzz {

void run_one(std::string_view bytes)
{
    const auto paths = core::parse_extra_model_paths(bytes, "/beside", "fuzzed.yaml");
    if (!paths) {
        expect(paths.error().message.find("fuzzed.yaml") != std::string::npos, "an error that names the file");
        return;
    }
    for (const auto& path : *paths)
        expect(!path.kind.empty(), "folders of a kind");
}

}  // namespace kinora::fuzz
