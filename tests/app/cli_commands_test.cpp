#include <catch2/catch.hpp>
#include <fstream>

#include "tests/app/cli_fixture.h"

using namespace kinora::tests;
using nlohmann::json;

TEST_CASE_METHOD(CliFixture, "Help teaches with examples, for the program and for every command")
{
    const auto help = run({"--help"});
    CHECK(help.exit_code == 0);
    CHECK_THAT(help.out, Catch::Contains("kinora-cli generate --prompt") && Catch::Contains("Exit codes"));
    CHECK(help.err.empty());
    for (const char* command : {"generate", "models", "export", "project", "train", "evaluate", "bench"}) {
        INFO(command);
        CHECK_THAT(help.out, Catch::Contains(command));
        const auto more = run({command, "--help"});
        CHECK(more.exit_code == 0);
        CHECK_THAT(more.out, Catch::Contains("Examples:") && Catch::Contains(std::string("kinora-cli ") + command));
    }
}

TEST_CASE_METHOD(CliFixture, "The version is told")
{
    const auto version = run({"--version"});
    CHECK(version.exit_code == 0);
    CHECK_THAT(version.out,
               Catch::StartsWith("kinora-cli 0.") && Catch::Contains("(commit ") && Catch::Contains("\nlibtorch 2."));
#ifdef KINORA_HAS_MEDIA
    CHECK_THAT(version.out, Catch::Contains("\nFFmpeg ") && Catch::Contains("\nQt 6."));
#endif
}

TEST_CASE_METHOD(CliFixture, "A shell is offered commands, options and the values that there are, by the program itself")
{
    const auto offered = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"complete", "--"});
        const auto made = run(words);
        CHECK(made.exit_code == 0);
        return made.out;
    };
    CHECK_THAT(offered({"gen"}), Catch::StartsWith("generate\t"));
    CHECK_THAT(offered({""}), Catch::Contains("\nmodels\t") && !Catch::Contains("complete"));
    CHECK_THAT(offered({"models", ""}), Catch::Contains("inspect\t") && Catch::Contains("pull\t"));
    CHECK_THAT(offered({"generate", "--see"}), Catch::StartsWith("--seed\t"));
    CHECK(offered({"generate", "-o", ""}).empty());
    CHECK(offered({"generate", "--prompt", "--se"}).empty());
}

TEST_CASE_METHOD(CliFixture, "The manual page is written by the program, names every command, and man can show it")
{
    const auto manual = run({"manual"});
    CHECK(manual.exit_code == 0);
    CHECK_THAT(manual.out, Catch::StartsWith(".TH KINORA\\-CLI 1") && Catch::Contains(".SS generate") &&
                               Catch::Contains(".SS models pull") && Catch::Contains(".B \\-\\-seed"));
}

#ifdef KINORA_HAS_MEDIA
TEST_CASE_METHOD(CliFixture, "The cards of the machine and the runtimes for them are listed, and an unknown one is refused")
{
    const auto list = json::parse(run({"runtime", "list", "--json"}).out);
    CHECK(list["builds"].size() == 2);
    CHECK(list["installed"].empty());
    CHECK_FALSE(list["reason"].get<std::string>().empty());
    const auto refused = run({"runtime", "install", "cuda-1.0"});
    CHECK(refused.exit_code == 2);
    CHECK_THAT(refused.err, Catch::Contains("runtime list"));
    CHECK(run({"runtime", "remove", "cuda-13.0"}).exit_code == 1);
}

TEST_CASE_METHOD(CliFixture, "A runtime that can't be loaded is told in a sentence, and the processor does the work")
{
    const auto data = home() / ".local" / "share" / "kinora" / "runtimes" / "cuda-13.0";
    const auto choice = home() / ".config" / "kinora" / "runtime.json";
    std::filesystem::create_directories(data / "torch" / "lib");
    std::filesystem::create_directories(choice.parent_path());
    for (const char* name : {"libtorch.so", "libtorch_cpu.so"})
        std::ofstream(data / "torch" / "lib" / name) << "no library";
    std::ofstream(data / "runtime.json") << "{}";
    std::ofstream(choice) << R"({"use": "cuda-13.0"})";
    const auto told = run({"--version"});
    CHECK(told.exit_code == 0);
    CHECK_THAT(told.err, Catch::Contains("can't be loaded") && Catch::Contains("works on the processor"));
    spawn().environment["KINORA_RUNTIME"] = "cpu";
    CHECK(run({"--version"}).err.empty());
}
#endif

TEST_CASE_METHOD(CliFixture, "Wrong usage is told with 2 and where help is")
{
    CHECK(run({}).exit_code == 2);
    for (const std::vector<std::string>& arguments :
         std::vector<std::vector<std::string>>{{"paint"},
                                               {"generate"},
                                               {"generate", "--colour", "red", "-o", "a/"},
                                               {"generate", "--frames", "many", "-o", "a/"}}) {
        const auto wrong = run(arguments);
        CHECK(wrong.exit_code == 2);
        CHECK(wrong.out.empty());
        CHECK_THAT(wrong.err, Catch::Contains("--help"));
    }
    const auto nothing = run({"generate", "-o", "a/"});
    CHECK(nothing.exit_code == 2);
    CHECK_THAT(nothing.err, Catch::Contains("--prompt"));
}

TEST_CASE_METHOD(CliFixture, "A bench tells the median of every stage")
{
    const auto bench = run({"bench", "--model", tiny_model().string(), "--size", "64x64", "--frames", "5", "--steps", "2",
                            "--runs", "3", "--threads", "1", "--json"});
    INFO(bench.err);
    REQUIRE(bench.exit_code == 0);
    const auto told = json::parse(bench.out);
    CHECK(told["runs"].size() == 3);
    CHECK(told["recipe"]["threads"] == 1);
    for (const char* stage : {"load", "text", "sample", "step", "decode", "total"}) {
        const double middle = told["median"][stage].get<double>();
        int below = 0;
        for (const json& once : told["runs"])
            below += once[stage].get<double>() <= middle ? 1 : 0;
        CHECK(below == 2);
    }
}

TEST_CASE_METHOD(CliFixture, "A project is made and shown")
{
    const auto made = run({"project", "new", "Film", "--fps", "25", "--size", "1280x720"});
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    const auto shown = run({"project", "show", "Film"});
    CHECK_THAT(shown.out, Catch::Contains("Film: 0 shots") && Catch::Contains("25 fps, 1280x720"));
    CHECK(json::parse(run({"project", "show", "Film", "--json"}).out)["name"] == "Film");
    CHECK(run({"project", "new", "Film"}).exit_code == 1);
    CHECK(run({"project", "show", "Nothing"}).exit_code == 1);
}

TEST_CASE_METHOD(CliFixture, "A model is inspected, added where it lies, listed and used by its name")
{
    const auto inspected = run({"models", "inspect", tiny_model().string(), "--json"});
    INFO(inspected.err);
    REQUIRE(inspected.exit_code == 0);
    const auto told = json::parse(inspected.out);
    CHECK(told["pipeline"] == "WanPipeline");
    CHECK(told["takes"]["size_multiple"] == 32);
    CHECK(told["parts"].size() == 5);
    CHECK_THAT(run({"models", "inspect", tiny_model().string()}).out, Catch::Contains("WanTransformer3DModel"));

    const auto added = run({"models", "add", tiny_model().string(), "--json"});
    INFO(added.err);
    REQUIRE(added.exit_code == 0);
    const std::string id = json::parse(added.out)["id"];
    CHECK_THAT(run({"models", "list"}).out, Catch::Contains(id));
    const auto listed = json::parse(run({"models", "list", "--json"}).out)["models"];
    const auto found = std::find_if(listed.begin(), listed.end(), [&](const json& model) { return model["id"] == id; });
    REQUIRE(found != listed.end());
    CHECK_FALSE(found->contains("problem"));
    CHECK(generate({"--model", id, "-o", "pictures/"}).exit_code == 0);
}

TEST_CASE_METHOD(CliFixture, "A ComfyUI tree is added, listed with what its models need, and looked into file by file")
{
    const auto goldens = goldens_dir();
    const auto put = [&](const std::filesystem::path& from, const std::string& to) {
        std::filesystem::create_directories(path(to).parent_path());
        std::filesystem::copy_file(goldens / from, path(to));
    };
    put("single_file/wan21_t2v_prefixed.safetensors", "models/diffusion_models/small.safetensors");
    put("wan_dit_t2v21/transformer/config.json", "models/diffusion_models/small.config.json");
    put("single_file/umt5_comfyui_bf16.safetensors", "models/text_encoders/umt5.safetensors");
    put("lora/kohya.safetensors", "models/loras/style.safetensors");
    CHECK(run({"models", "add", path("models").string()}).exit_code == 0);
    const auto listed = json::parse(run({"models", "list", "--json"}).out);
    const auto small = std::find_if(listed["models"].begin(), listed["models"].end(),
                                    [](const json& model) { return model["id"] == "small"; });
    REQUIRE(small != listed["models"].end());
    CHECK((*small)["variant"] == "Wan 2.1 T2V");
    CHECK_THAT((*small)["problem"].get<std::string>(), Catch::Contains("Needs the Wan 2.1 VAE, and none is known"));
    CHECK(listed["parts"].size() == 3);
    CHECK_THAT(run({"models", "list"}).out, Catch::Contains("style") && Catch::Contains("LoRA"));
    CHECK(generate({"--model", "small", "-o", "pictures/"}).exit_code == 1);

    put("single_file/wan21_vae.safetensors", "elsewhere/vae.safetensors");
    CHECK_THAT(run({"models", "add", path("elsewhere/vae.safetensors").string()}).out, Catch::Contains("Wan 2.1 VAE"));
    CHECK_THAT(run({"models", "list"}).out, Catch::Contains("found one in") && Catch::Contains("vae.safetensors"));
    const auto made = generate({"--model", "small", "--lora", "style:0.5", "-o", "pictures/", "--json"});
    INFO(made.err);
    CHECK(made.exit_code == 0);

    const auto file = run({"models", "inspect", path("elsewhere/vae.safetensors").string(), "--json"});
    const auto told = json::parse(file.out);
    CHECK(told["variant"] == "Wan 2.1 VAE");
    CHECK(told["config"]["z_dim"] == 16);
    CHECK(told["tensors"].size() > 50);
    CHECK(told["sha256"]["vae.safetensors"].get<std::string>().size() == 64);
    CHECK(run({"models", "remove", "small"}).exit_code == 0);
}

TEST_CASE_METHOD(CliFixture, "What is no model isn't added")
{
    const auto refused = run({"models", "add", home().string()});
    CHECK(refused.exit_code == 1);
    CHECK_THAT(refused.err, Catch::Contains("model_index.json"));
    CHECK(run({"models", "inspect", "nonesuch"}).exit_code == 1);
}
