#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/generation/recipe_json.h"
#include "inference/pipeline/wan_generator.h"
#include "inference/runtime/cpu.h"
#include "inference/runtime/device.h"
#include "tests/goldens_path.h"
#include "tests/inference/pipeline/synthetic_model.h"
#include "tests/inference/pipeline/tiny_request.h"
#include "tests/scratch_folder.h"

namespace kinora::inference {
namespace {

namespace fs = std::filesystem;

WanGenerator engine(const std::string& fixture)
{
    return WanGenerator([fixture](const std::string&) -> core::Result<fs::path> {
        return tests::goldens_dir() / "pipelines" / fixture / "model";
    });
}

core::GenerationRequest request(const std::string& precision)
{
    auto request = tests::tiny_request();
    request.dtype = precision;
    return request;
}

core::GeneratedClip make(WanGenerator& generator, const core::GenerationRequest& wish)
{
    auto clip = generator.generate(wish, {}, {});
    if (!clip) FAIL(clip.error().message);
    return *std::move(clip);
}

double distance(const std::vector<float>& a, const std::vector<float>& b)
{
    double difference = 0;
    double size = 0;
    for (std::size_t index = 0; index < a.size(); ++index) {
        difference += std::pow(a[index] - b[index], 2);
        size += std::pow(a[index], 2);
    }
    return std::sqrt(difference / size);
}

}  // namespace

TEST_CASE("a clip in 8 bits is near the exact one, and its recipe gives its bits again")
{
    if (!cpu_has_int8()) return;
    for (const char* fixture : {"wan21_t2v", "wan22_ti2v", "wan22_a14b_t2v"}) {
        INFO(fixture);
        auto generator = engine(fixture);
        const auto exact = make(generator, request("float32"));
        const auto clip = make(generator, request("int8"));
        CHECK(clip.recipe.dtype == "int8");
        CHECK(clip.recipe.decoder_dtype == (cpu_has_bfloat16() ? "bfloat16" : "float32"));
        CHECK(clip.latents.values != exact.latents.values);
        CHECK(distance(exact.latents.values, clip.latents.values) < 0.2);
        const auto again = core::request_from_recipe(clip.recipe);
        REQUIRE(again);
        CHECK(again->dtype == "int8");
        auto fresh = engine(fixture);
        CHECK(make(fresh, *again).frames.rgb == clip.frames.rgb);
    }
}

TEST_CASE("weights brought to 8 bits at every use give the bits of those that are kept, in less memory")
{
    if (!cpu_has_int8()) return;
    const tests::ScratchFolder scratch;
    tests::SyntheticModel form;
    form.layers = form.filled = 2;
    form.width_heads = 2;
    form.ffn_dim = 512;
    form.text_width = 256;
    form.vae_width = 8;
    const auto small = tests::goldens_dir() / "pipelines" / "wan22_a14b_t2v" / "model";
    const auto written = tests::write_synthetic_model(scratch / "quantised", form, small);
    REQUIRE(written);
    WanGenerator generator([&](const std::string&) -> core::Result<fs::path> { return scratch / "quantised"; });
    auto wish = request("int8");
    wish.width = wish.height = 32;
    wish.frames = 1;
    wish.steps = 2;
    wish.guidance = 1.0F;
    wish.route = "whole-clip";
    wish.tiling = "none";
    const auto roomy = generator.estimate(wish);
    if (!roomy) FAIL(roomy.error().message);
    CHECK_THAT(roomy->plan[1], Catch::Contains("kept in 8 bits"));
    auto scarce = wish;
    scarce.memory_limit = 1;
    const auto tight = generator.estimate(scarce);
    REQUIRE(tight);
    CHECK_THAT(tight->plan[1], Catch::Contains("8 bits layer by layer"));
    CHECK(tight->peak_bytes < roomy->peak_bytes);
    const auto kept = make(generator, wish);
    generator.unload();
    CHECK(make(generator, scarce).latents.values == kept.latents.values);
}

TEST_CASE("a precision that isn't there, or not here, is refused with those that are")
{
    auto generator = engine("wan22_ti2v");
    const auto wrong = generator.resolve(request("int4"));
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().kind == core::ErrorKind::invalid_argument);
    CHECK_THAT(wrong.error().message, Catch::Contains("int4") && Catch::Contains("bfloat16 or int8"));
    const auto here = generator.resolve(request("int8"));
    if (has_int8(c10::Device(c10::kCPU))) {
        REQUIRE(here);
        CHECK(here->dtype == "int8");
    } else {
        REQUIRE_FALSE(here);
        CHECK_THAT(here.error().message, Catch::Contains("AVX-512 VNNI"));
    }
}

}  // namespace kinora::inference
