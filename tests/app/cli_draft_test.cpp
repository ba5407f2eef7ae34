#include <ATen/core/Tensor.h>
#include <ATen/ops/full.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "inference/weights/safetensors.h"
#include "tests/app/cli_fixture.h"

using namespace kinora;
using namespace kinora::tests;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;

/// The tiny model with a draft of two steps beside its parts, in the user's own folder of models.
struct DraftModel : CliFixture {
    DraftModel()
    {
        const fs::path data = home() / ".local" / "share" / "kinora" / "models";
        fs::create_directories(data);
        folder = data / "tiny";
        fs::copy(tiny_model(), folder, fs::copy_options::recursive);
        for (const auto& entry : fs::recursive_directory_iterator(folder))
            fs::permissions(entry.path(), fs::perms::owner_write, fs::perm_options::add);
    }

    void add_draft() const
    {
        const std::string module = "diffusion_model.blocks.0.self_attn.q.lora_";
        REQUIRE(inference::save_safetensors(
            folder / "draft.safetensors",
            {{module + "A.weight", at::full({1, 40}, 0.1)}, {module + "B.weight", at::full({40, 1}, 0.1)}},
            {{"modelspec.title", "Kinora draft, 2 steps"}}));
    }

    [[nodiscard]] Finished make(const std::string& output, const std::vector<std::string>& more) const
    {
        std::vector<std::string> arguments{"generate"};
        const std::pair<const char*, std::string> usual[] = {{"--model", "tiny"}, {"--prompt", "a red balloon"},
                                                             {"--size", "64x64"}, {"--frames", "5"},
                                                             {"--seed", "7"},     {"--threads", "1"},
                                                             {"-o", output}};
        for (const auto& [name, value] : usual)
            arguments.insert(arguments.end(), {name, value});
        arguments.emplace_back("--json");
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }

    [[nodiscard]] json takes() const
    {
        const auto told = run({"models", "inspect", "tiny", "--json"});
        INFO(told.err);
        REQUIRE(told.exit_code == 0);
        return json::parse(told.out);
    }

    fs::path folder;
};

}  // namespace

TEST_CASE_METHOD(DraftModel, "A draft in a model's folder is the model's own: it is no part and no LoRA to choose")
{
    const json before = takes();
    CHECK(before["takes"]["draft"] == false);
    add_draft();
    const json after = takes();
    CHECK(after["takes"]["draft"] == true);
    CHECK(after["parts"] == before["parts"]);
    CHECK(after["bytes"] == before["bytes"]);
    const auto listed = json::parse(run({"models", "list", "--json"}).out);
    CHECK(listed["parts"].empty());
    CHECK(std::count_if(listed["models"].begin(), listed["models"].end(),
                        [](const json& model) { return model["id"] == "tiny"; }) == 1);
    CHECK(run({"models", "list"}).out.find("LoRA") == std::string::npos);
    CHECK(run({"generate", "--model", "tiny", "--prompt", "a boat", "--lora", "draft", "-o", "pictures/"}).exit_code == 1);
}

TEST_CASE_METHOD(DraftModel, "A draft is made in its few steps, and a clip without it as before")
{
    const auto before = make("plain/", {"--steps", "3"});
    INFO(before.err);
    REQUIRE(before.exit_code == 0);
    add_draft();
    const auto after = make("again/", {"--steps", "3"});
    REQUIRE(after.exit_code == 0);
    CHECK(json::parse(after.out)["recipe"] == json::parse(before.out)["recipe"]);

    const auto draft = make("draft/", {"--draft"});
    INFO(draft.err);
    REQUIRE(draft.exit_code == 0);
    const json recipe = json::parse(draft.out)["recipe"];
    CHECK(recipe["steps"] == 2);
    CHECK(recipe["guidance"] == 1.0);
    REQUIRE(recipe["loras"].size() == 1);
    CHECK(recipe["model_hash"] == json::parse(before.out)["recipe"]["model_hash"]);
}
