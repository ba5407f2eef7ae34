#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/jobs/request_json.h"

using namespace kinora::core;

namespace {

GenerationRequest full_request()
{
    GenerationRequest request;
    request.prompt = {{"a red ", 1.0F, 0, -1}, {"balloon", 1.25F, 3, 9}};
    request.prompt_text = "a red (balloon:1.25)";
    request.negative_prompt = "blurry";
    request.model_id = "wan";
    request.width = 320;
    request.height = 192;
    request.frames = 33;
    request.rate = FrameRate(24000, 1001);
    request.steps = 20;
    request.guidance = 4.5F;
    request.guidance_mode = "cfg-zero";
    request.guidance_low = 3.5F;
    request.nag_tau = 2.0F;
    request.nag_alpha = 0.5F;
    request.sampler = "euler";
    request.shift = 3.0F;
    request.seed = 18'446'744'073'709'551'615ULL;
    request.loras = {{"/models/ä.safetensors", 0.5F}};
    request.conditioning = {{.frame = -1, .pictures = nullptr, .source = "media/last.png", .sha256 = "ab"}};
    request.device = "cpu";
    request.dtype = "float32";
    request.latents_file = "/projects/x/takes/y/latents.safetensors";
    request.checkpoint_file = "/projects/x/takes/y/checkpoint.safetensors";
    request.resume_from = "/projects/x/takes/z/checkpoint.safetensors";
    request.stop_after = 5;
    request.step_cache = "fast";
    request.route = "causal-cache";
    request.tiling = "none";
    request.memory_limit = 6'000'000'000;
    return request;
}

}  // namespace

TEST_CASE("a request comes back from JSON as it was")
{
    const GenerationRequest request = full_request();
    const auto json = to_json(request);
    const auto back = request_from_json(nlohmann::json::parse(json.dump()));
    REQUIRE(back);
    CHECK(to_json(*back) == json);
    CHECK(back->seed == request.seed);
    CHECK(back->prompt == request.prompt);
    CHECK(back->rate == request.rate);
    CHECK(back->latents_file == request.latents_file);
    CHECK(back->resume_from == request.resume_from);
    CHECK(back->memory_limit == request.memory_limit);
}

TEST_CASE("what a request leaves to the model stays left to it")
{
    const auto back = request_from_json(to_json(GenerationRequest{}));
    REQUIRE(back);
    CHECK_FALSE(back->width);
    CHECK_FALSE(back->rate);
    CHECK_FALSE(back->sampler);
    CHECK_FALSE(back->guidance);
}

TEST_CASE("a request with a wrong value names its key")
{
    for (const auto& [key, value] :
         std::vector<std::pair<std::string, nlohmann::json>>{{"width", -1},
                                                             {"width", "wide"},
                                                             {"frames", 1e30},
                                                             {"seed", -1},
                                                             {"guidance", "much"},
                                                             {"rate", "0/0"},
                                                             {"rate", 24},
                                                             {"prompt", 5},
                                                             {"loras", {1}},
                                                             {"conditioning", {{{"frame", -5}}}}}) {
        auto json = to_json(full_request());
        json[key] = value;
        const auto back = request_from_json(json);
        REQUIRE_FALSE(back);
        CHECK(back.error().kind == ErrorKind::corrupt);
        CHECK(back.error().message.find(key) != std::string::npos);
    }
    CHECK_FALSE(request_from_json(nlohmann::json::array()));
}
