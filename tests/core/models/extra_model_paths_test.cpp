#include "core/models/extra_model_paths.h"

#include <catch2/catch.hpp>

using namespace kinora::core;

namespace {

Result<std::vector<ModelPath>> parse(const std::string& yaml)
{
    return parse_extra_model_paths(yaml, "/here", "paths.yaml");
}

}  // namespace

TEST_CASE("folders of extra_model_paths.yaml are resolved against their section's base path")
{
    const auto paths = parse(R"(
# a comment
comfyui:
    base_path: comfy/
    is_default: true
    vae: models/vae/
    text_encoders: |
        models/text_encoders/
        models/clip/
    loras: "/elsewhere/loras"
other:
    unet: unet
)");
    REQUIRE(paths);
    const auto has = [&](const std::string& kind, const std::string& folder) {
        return std::any_of(paths->begin(), paths->end(),
                           [&](const ModelPath& path) { return path.kind == kind && path.folder == folder; });
    };
    CHECK(has("vae", "/here/comfy/models/vae/"));
    CHECK(has("text_encoders", "/here/comfy/models/text_encoders/"));
    CHECK(has("text_encoders", "/here/comfy/models/clip/"));
    CHECK(has("loras", "/elsewhere/loras"));
    CHECK(has("unet", "/here/unet"));
}

TEST_CASE("lists of model folders that are no YAML, have aliases or nest without end are refused in a sentence")
{
    std::string deep;
    for (int i = 0; i < 3000; ++i)
        deep += "[";
    for (const auto& yaml : {std::string("a: [b"), std::string("a: &x 1\nb: *x\n"), std::string("\t: x"), deep}) {
        const auto paths = parse(yaml);
        REQUIRE_FALSE(paths);
        CHECK(paths.error().message.find("paths.yaml") != std::string::npos);
        CHECK(paths.error().message.find("line") != std::string::npos);
    }
    CHECK(parse("").value().empty());
    CHECK(parse("- a\n- b\n").value().empty());
}

TEST_CASE("folders without a kind are left out")
{
    const auto paths = parse("comfyui:\n  base_path: /c\n  \"\": x\n  vae: v\n");
    REQUIRE(paths);
    REQUIRE(paths->size() == 1);
    CHECK(paths->front().kind == "vae");
}
