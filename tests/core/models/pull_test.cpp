#include <fstream>

#include "tests/core/models/pull_fixture.h"

using namespace kinora;
using kinora::tests::Pulling;

TEST_CASE("a model is pulled in parts from where the hub sends us, and only what belongs to it")
{
    Pulling pulling;
    const auto plan = pulling.plan("plain");
    REQUIRE(plan);
    CHECK(plan->files.size() == 4);
    CHECK(plan->files.back().file.path == "model_index.json");
    CHECK(plan->bytes == plan->missing);
    std::vector<core::PullProgress> reports;
    REQUIRE(pulling.pull("plain", [&](const core::PullProgress& progress) { reports.push_back(progress); }));
    CHECK(pulling.is_whole("plain"));
    CHECK(std::filesystem::exists(pulling.file("plain", "vae/config.json")));
    CHECK_FALSE(std::filesystem::exists(pulling.file("plain", "assets/picture.png")));
    REQUIRE_FALSE(reports.empty());
    CHECK(reports.back().done == plan->bytes);
    CHECK(reports.back().total == plan->bytes);
    CHECK(reports.back().number == 4);
    int parts = 0;
    for (const auto& request : pulling.log())
        parts += request["server"] == "cdn" && request["path"] == "/plain/" + tests::k_large_file ? 1 : 0;
    CHECK(parts == 3);
}

TEST_CASE("what is there already is not fetched again, and a later look finds damage")
{
    Pulling pulling;
    REQUIRE(pulling.pull("plain"));
    const auto before = pulling.log().size();
    const auto plan = pulling.plan("plain");
    REQUIRE(plan);
    CHECK(plan->missing == 0);
    REQUIRE(pulling.pull("plain"));
    // Two lists, and the log itself.
    CHECK(pulling.log().size() == before + 3);
    auto damaged = core::verify_pulled(plan->result, {}, {});
    REQUIRE(damaged);
    CHECK(damaged->empty());
    std::fstream(pulling.file("plain"), std::ios::in | std::ios::out | std::ios::binary).seekp(5).put('!');
    damaged = core::verify_pulled(plan->result, {}, {});
    REQUIRE(damaged);
    REQUIRE(damaged->size() == 1);
    CHECK(damaged->front().path == pulling.file("plain"));
    CHECK_FALSE(core::verify_pulled(pulling.scratch.path(), {}, {}));
}

TEST_CASE("single files of several repositories go into the folders of their kind")
{
    Pulling pulling;
    core::PublishedModel model = tests::model_of("plain");
    model.parts = {{"test/plain", "main", {"transformer/*.safetensors"}, {}, "diffusion_models"},
                   {"test/pages", "main", {"vae/weights.safetensors"}, {}, "vae"}};
    const auto plan = core::plan_pull(pulling.hub, model, pulling.scratch.path(), pulling.options, {});
    REQUIRE(plan);
    CHECK(plan->result == pulling.scratch.path() / "files");
    REQUIRE(core::run_pull(pulling.hub, *plan, pulling.options, {}, {}));
    CHECK(std::filesystem::file_size(plan->result / "diffusion_models" / "weights.safetensors") == tests::k_large_size);
    CHECK(std::filesystem::file_size(plan->result / "vae" / "weights.safetensors") == 1000);
}

TEST_CASE("a model that the disk has no room for is refused before the first byte")
{
    Pulling pulling;
    pulling.options.free_space = [](const std::filesystem::path&) { return std::uint64_t{200} << 20U; };
    const auto refused = pulling.pull("plain");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == core::ErrorKind::disk_full);
    CHECK(refused.error().message.find("free") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(pulling.file("plain", "model_index.json")));
    for (const auto& request : pulling.log())
        CHECK(request["path"].get<std::string>().find("resolve") == std::string::npos);
}

TEST_CASE("a stopped pull leaves a partial file, and the next one goes on from it")
{
    Pulling pulling;
    std::stop_source stop;
    const auto stopped = pulling.pull(
        "stalls",
        [&](const core::PullProgress& progress) {
            if (progress.file == tests::k_large_file && progress.done > 150'000) stop.request_stop();
        },
        stop.get_token());
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().kind == core::ErrorKind::cancelled);
    CHECK(std::filesystem::exists(pulling.partial("stalls")));
    CHECK_FALSE(std::filesystem::exists(pulling.file("stalls")));

    // The same content under an honest roof.
    std::filesystem::rename(pulling.scratch.path() / "stalls", pulling.scratch.path() / "plain");
    const auto plan = pulling.plan("plain");
    REQUIRE(plan);
    CHECK(plan->missing < 160'000);
    REQUIRE(pulling.pull("plain"));
    CHECK(pulling.is_whole("plain"));
    for (const auto& request : pulling.log())
        if (request["path"] == "/plain/" + tests::k_large_file) CHECK(request["range"] != "bytes=0-99999");
}

TEST_CASE("a note that lies about what is there is found out by the checksum")
{
    Pulling pulling;
    std::filesystem::create_directories(pulling.file("plain").parent_path());
    const auto plan = pulling.plan("plain");
    REQUIRE(plan);
    std::string sha256;
    for (const auto& order : plan->files)
        if (order.file.path == tests::k_large_file) sha256 = order.file.sha256;
    std::ofstream(pulling.partial("plain")) << std::string(tests::k_large_size, 'x');
    std::ofstream(pulling.partial("plain").string() + ".json")
        << R"({"checksum":")" << sha256 << R"(","size":300000,"chunk_size":100000,"done":[100000,100000,5]})";
    REQUIRE(pulling.pull("plain"));
    CHECK(pulling.is_whole("plain"));
}

TEST_CASE("a hub's list that is busy, long or hostile")
{
    Pulling pulling;
    CHECK(pulling.plan("busy-list"));
    const auto pages = pulling.plan("pages");
    REQUIRE(pages);
    CHECK(pages->files.size() == 4);
    for (const char* habit : {"climbs", "no-checksum"}) {
        const auto refused = pulling.plan(habit);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == core::ErrorKind::corrupt);
    }
    const auto missing = pulling.plan("missing");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == core::ErrorKind::not_found);
    auto renamed = tests::model_of("plain");
    renamed.parts.front().files = {"other/*"};
    const auto none = core::plan_pull(pulling.hub, renamed, pulling.scratch.path(), pulling.options, {});
    REQUIRE_FALSE(none);
    CHECK(none.error().message.find("renamed") != std::string::npos);
}

TEST_CASE("Kinora's own list of published models is whole")
{
    const auto models = core::published_models();
    REQUIRE(models);
    CHECK(models->size() >= 12);
    for (const auto& model : *models) {
        INFO(model.id);
        CHECK_FALSE(model.title.empty());
        CHECK(model.licence == "Apache-2.0");
        CHECK_FALSE(model.training_data.empty());
        CHECK(model.source.rfind("https://", 0) == 0);
        for (const auto& part : model.parts)
            CHECK(part.into.empty() == model.is_folder());
    }
    CHECK(core::find_published_model(*models, "WAN2.1-T2V-1.3B")->parts.front().repository ==
          "Wan-AI/Wan2.1-T2V-1.3B-Diffusers");
    CHECK(core::find_published_model(*models, "sora").error().kind == core::ErrorKind::not_found);
}

TEST_CASE("patterns of paths")
{
    CHECK(core::fits_pattern("a/b.gguf", "*"));
    CHECK(core::fits_pattern("HighNoise/Wan-Q4_K_M.gguf", "HighNoise/*-Q4_K_M.gguf"));
    CHECK_FALSE(core::fits_pattern("HighNoise/Wan-Q4_K_S.gguf", "HighNoise/*-Q4_K_M.gguf"));
    CHECK(core::fits_pattern("aaab", "*a*b"));
    CHECK_FALSE(core::fits_pattern("aaa", "a"));
    CHECK(core::fits_pattern("", "**"));
}
