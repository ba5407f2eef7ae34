#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "core/generation/recipe_json.h"
#include "core/generation/verbs.h"
#include "core/models/json_file.h"
#include "inference/pipeline/wan_generator.h"
#include "tests/goldens_path.h"

namespace kinora::inference {
namespace {

namespace fs = std::filesystem;

fs::path fixture(const std::string& name)
{
    return tests::goldens_dir() / "pipelines" / name / "model";
}

/// Models by the names of their fixtures, or by path.
WanGenerator make_generator()
{
    return WanGenerator([](const std::string& id) -> core::Result<fs::path> {
        return id.find('/') == std::string::npos ? fixture(id) : fs::path(id);
    });
}

/// A small request that every variant can take, but for pictures.
core::GenerationRequest request(const std::string& model)
{
    core::GenerationRequest request;
    request.prompt = {{.text = "a red balloon over hills"}};
    request.negative_prompt = "people";
    request.model_id = model;
    request.width = 64;
    request.height = 32;
    request.frames = 5;
    request.steps = 3;
    request.seed = 7;
    request.device = "cpu";
    request.dtype = "float32";
    return request;
}

core::ConditioningFrame picture(int frame, float value)
{
    core::FrameSequence pictures{.frames = 1, .height = 20, .width = 30, .rate = core::FrameRate(12), .rgb = {}};
    for (std::size_t index = 0; index < pictures.frame_size(); ++index)
        pictures.rgb.push_back(index % 3 == 0 ? value : 0.5F);
    return {.frame = frame, .pictures = std::make_shared<const core::FrameSequence>(pictures), .source = "picture.png"};
}

core::GeneratedClip make(WanGenerator& generator, const core::GenerationRequest& wish)
{
    auto clip = generator.generate(wish, {}, {});
    if (!clip) FAIL(clip.error().message);
    return *std::move(clip);
}

/// What pictures a variant is given in these tests.
std::vector<core::ConditioningFrame> pictures_for(const core::ModelCapabilities& model, float value)
{
    std::vector<core::ConditioningFrame> pictures;
    if (model.first_frame) pictures.push_back(picture(0, value));
    if (model.last_frame) pictures.push_back(picture(-1, 1 - value));
    return pictures;
}

const std::vector<std::string> k_variants{"wan21_t2v",  "wan21_i2v",      "wan21_flf2v",
                                          "wan22_ti2v", "wan22_a14b_t2v", "wan22_a14b_i2v"};

/// A copy of a fixture that a test may damage.
class DamagedModel {
public:
    explicit DamagedModel(const std::string& name)
        : path_(fs::temp_directory_path() / ("kinora_variants_" + std::to_string(::getpid())))
    {
        fs::remove_all(path_);
        fs::copy(fixture(name), path_, fs::copy_options::recursive);
        for (const auto& entry : fs::recursive_directory_iterator(path_))
            fs::permissions(entry.path(), fs::perms::owner_all, fs::perm_options::add);
    }
    DamagedModel(const DamagedModel&) = delete;
    DamagedModel& operator=(const DamagedModel&) = delete;
    ~DamagedModel() { fs::remove_all(path_); }

    [[nodiscard]] const fs::path& path() const { return path_; }

    /// Changes one value of a JSON file of the model.
    void set(const std::string& file, const std::string& key, const nlohmann::json& value) const
    {
        auto object = core::read_json_object(path_ / file);
        REQUIRE(object);
        (*object)[key] = value;
        std::ofstream(path_ / file) << object->dump();
    }

private:
    fs::path path_;
};

}  // namespace

TEST_CASE("every Wan variant makes a clip that its recipe repeats bit for bit, pictures and experts included")
{
    auto generator = make_generator();
    for (const std::string& name : k_variants) {
        INFO(name);
        const auto model = generator.capabilities(name);
        REQUIRE(model);
        auto wish = request(name);
        wish.conditioning = pictures_for(*model, 0.8F);
        const auto clip = make(generator, wish);
        CHECK(clip.frames.frames == 5);
        CHECK(clip.frames.width == 64);
        const auto recipe = core::recipe_from_json(core::to_json(clip.recipe));
        REQUIRE(recipe);
        auto again = core::request_from_recipe(*recipe);
        REQUIRE(again);
        again->conditioning = wish.conditioning;
        CHECK(make(generator, *again).frames.rgb == clip.frames.rgb);
        if (wish.conditioning.empty()) continue;
        wish.conditioning = pictures_for(*model, 0.1F);
        CHECK(make(generator, wish).latents.values != clip.latents.values);
    }
}

TEST_CASE("every Wan variant says what it is and which pictures it takes")
{
    auto generator = make_generator();
    struct Expected {
        const char* model;
        const char* variant;
        bool first, last, needs_first, needs_last;
    };
    const Expected expected[] = {{"wan21_t2v", "Wan 2.1 text-to-video", false, false, false, false},
                                 {"wan21_i2v", "Wan 2.1 image-to-video", true, false, true, false},
                                 {"wan21_flf2v", "Wan 2.1 first-and-last-frame", true, true, true, true},
                                 {"wan22_ti2v", "Wan 2.2 TI2V", true, false, false, false},
                                 {"wan22_a14b_t2v", "Wan 2.2 A14B text-to-video", false, false, false, false},
                                 {"wan22_a14b_i2v", "Wan 2.2 A14B image-to-video", true, true, true, false}};
    for (const Expected& one : expected) {
        INFO(one.model);
        const auto model = generator.capabilities(one.model);
        REQUIRE(model);
        CHECK_THAT(model->variant, Catch::StartsWith(one.variant));
        CHECK(model->first_frame == one.first);
        CHECK(model->last_frame == one.last);
        CHECK(model->needs_first_frame == one.needs_first);
        CHECK(model->needs_last_frame == one.needs_last);
        CHECK((model->default_guidance_low > 0) == (std::string(one.model).find("a14b") != std::string::npos));
    }
    auto without = request("wan21_i2v");
    const auto refused = generator.generate(without, {}, {});
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().message, Catch::Contains("first frame"));
}

TEST_CASE("models that know a first and a last picture loop a clip by a way back, and leave the clip as it is")
{
    auto generator = make_generator();
    for (const std::string& name : {std::string("wan21_flf2v"), std::string("wan22_a14b_i2v")}) {
        INFO(name);
        auto model = generator.capabilities(name);
        REQUIRE(model);
        CHECK(core::can_do(core::Verb::loop, *model));
        auto wish = request(name);
        wish.frames = 13;
        wish.conditioning = pictures_for(*model, 0.8F);
        const auto clip = make(generator, wish);
        model->default_frames = 9;  // so that the way back is short
        const auto plan = core::plan_loop({"clip.safetensors", std::string(64, 'a'), clip.latents.frames}, *model);
        REQUIRE(plan);
        auto back = request(name);
        back.conditioning.clear();
        back.frames = plan->window;
        back.origin = *plan;
        back.origin_latents = std::make_shared<const core::LatentClip>(clip.latents);
        const auto loop = make(generator, back);
        CHECK(loop.recipe.frames == 13 + 11);
        REQUIRE(loop.frames.frames == 13 + 11);
        const auto kept = static_cast<std::ptrdiff_t>(clip.frames.rgb.size());
        CHECK(std::equal(clip.frames.rgb.begin(), clip.frames.rgb.end(), loop.frames.rgb.begin(),
                         loop.frames.rgb.begin() + kept));
        const auto decoded = generator.decode(loop.latents, loop.recipe, {});
        REQUIRE(decoded);
        CHECK(decoded->rgb == loop.frames.rgb);
    }
}

TEST_CASE("one frame, odd sizes and long clips come out of every variant")
{
    auto generator = make_generator();
    for (const std::string& name : {std::string("wan21_t2v"), std::string("wan22_ti2v"), std::string("wan22_a14b_i2v")}) {
        INFO(name);
        const auto model = generator.capabilities(name);
        REQUIRE(model);
        auto wish = request(name);
        wish.steps = 2;
        wish.conditioning = {};
        if (model->first_frame) wish.conditioning.push_back(picture(0, 0.3F));
        wish.frames = 1;
        CHECK(make(generator, wish).frames.frames == 1);
        wish.frames = 30;
        wish.width = 55;
        wish.height = 31;
        const auto odd = make(generator, wish);
        CHECK(odd.frames.frames == 29);
        CHECK(odd.frames.width % model->size_multiple == 0);
        CHECK(odd.recipe.fallbacks.size() == 2);
        CHECK_THAT(odd.recipe.fallbacks[0], Catch::Contains("55x31"));
        CHECK_THAT(odd.recipe.fallbacks[1], Catch::Contains("29 frames instead of 30"));
        wish.width = 32;
        wish.height = 32;
        wish.frames = 81;
        CHECK(make(generator, wish).frames.frames == 81);
    }
}

TEST_CASE("samplers and guidance modes each make another clip, and say so in the recipe")
{
    auto generator = make_generator();
    const auto usual = make(generator, request("wan21_t2v"));
    CHECK(usual.recipe.guidance_mode == "cfg");
    for (const char* sampler : {"euler", "dpmpp"}) {
        auto wish = request("wan21_t2v");
        wish.sampler = sampler;
        const auto clip = make(generator, wish);
        CHECK(clip.recipe.sampler == sampler);
        CHECK(clip.latents.values != usual.latents.values);
    }
    for (const char* mode : {"cfg-zero", "nag"}) {
        auto wish = request("wan21_t2v");
        wish.guidance_mode = mode;
        const auto clip = make(generator, wish);
        CHECK(clip.recipe.guidance_mode == mode);
        CHECK(clip.latents.values != usual.latents.values);
        wish.negative_prompt = "a blue boat";
        CHECK(make(generator, wish).latents.values != clip.latents.values);
    }
    auto low = request("wan22_a14b_t2v");
    const auto both = make(generator, low);
    low.guidance_low = 7.0F;
    CHECK(make(generator, low).latents.values != both.latents.values);
}

TEST_CASE("the second expert's missing or contradicting files are found before the work")
{
    auto generator = make_generator();
    {
        const DamagedModel model("wan22_a14b_t2v");
        fs::remove(model.path() / "transformer_2" / "diffusion_pytorch_model.safetensors");
        const auto clip = generator.generate(request(model.path().string()), {}, {});
        REQUIRE_FALSE(clip);
        CHECK(clip.error().kind == core::ErrorKind::not_found);
        CHECK_THAT(clip.error().message, Catch::Contains("transformer_2"));
    }
    const DamagedModel model("wan22_a14b_t2v");
    model.set("transformer_2/config.json", "ffn_dim", 48);
    const auto clip = generator.generate(request(model.path().string()), {}, {});
    REQUIRE_FALSE(clip);
    CHECK_THAT(clip.error().message, Catch::Contains("transformer_2") && Catch::Contains("transformer/config.json"));
}

TEST_CASE("a configuration that contradicts the weights is refused with the names of both")
{
    auto generator = make_generator();
    const DamagedModel model("wan21_t2v");
    model.set("transformer/config.json", "ffn_dim", 48);
    const auto clip = generator.generate(request(model.path().string()), {}, {});
    REQUIRE_FALSE(clip);
    CHECK(clip.error().kind == core::ErrorKind::corrupt);
    CHECK_THAT(clip.error().message, Catch::Contains("transformer/config.json") && Catch::Contains("ffn_dim"));
    const auto loses = [&](const char* part, const std::string& said) {
        const DamagedModel other("wan21_i2v");
        fs::remove_all(other.path() / part);
        auto wish = request(other.path().string());
        wish.conditioning = {picture(0, 0.5F)};
        const auto refused = generator.generate(wish, {}, {});
        REQUIRE_FALSE(refused);
        CHECK_THAT(refused.error().message, Catch::Contains(said));
    };
    loses("image_encoder", "image_encoder");
    loses("image_encoder/model.safetensors", "image_encoder");
    const DamagedModel clipless("wan21_i2v");
    clipless.set("model_index.json", "image_encoder", nullptr);
    const auto refused = generator.capabilities(clipless.path().string());
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().message, Catch::Contains("CLIP"));
}

}  // namespace kinora::inference
