#include <catch2/catch.hpp>
#include <fstream>

#include "tests/app/cli_fixture.h"
#include "tests/hub_server.h"

using namespace kinora::tests;
using nlohmann::json;

namespace {

/// The program with a list of one published model, which the hub on this machine serves with a habit.
class PullFixture : public CliFixture {
public:
    explicit PullFixture()
    {
        spawn().environment["HF_ENDPOINT"] = server_.endpoint();
        spawn().environment["KINORA_RESOURCES"] = path("resources").string();
    }
    void publish(const std::string& habit)
    {
        std::filesystem::create_directories(path("resources") / "models");
        std::ofstream(path("resources") / "models" / "catalogue.json")
            << json{{"version", 1},
                    {"models",
                     {{{"id", "small"},
                       {"title", "A small model"},
                       {"licence", "Apache-2.0"},
                       {"training_data", "Its authors name none."},
                       {"parts", {{{"repository", "test/" + habit}, {"files", {"*"}}, {"except", {"assets/*"}}}}}}}}};
    }
    [[nodiscard]] std::filesystem::path pulled(const std::string& file) const
    {
        return home() / ".local" / "share" / "kinora" / "models" / "small" / file;
    }

private:
    HubServer server_;
};

}  // namespace

TEST_CASE_METHOD(PullFixture, "Models are pulled on request, with licence and training data told first")
{
    publish("plain");
    const auto list = run({"models", "pull"});
    CHECK(list.exit_code == 0);
    CHECK_THAT(list.out, Catch::Contains("A small model"));
    const auto dry = run({"models", "pull", "small", "--dry-run", "--json"});
    CHECK(dry.exit_code == 0);
    CHECK(json::parse(dry.out)["files"].size() == 4);
    CHECK_FALSE(std::filesystem::exists(pulled("model_index.json")));
    const auto done = run({"models", "pull", "small"});
    CHECK(done.exit_code == 0);
    CHECK_THAT(done.err, Catch::Contains("Apache-2.0") && Catch::Contains("Its authors name none.") &&
                             Catch::Contains("All files are here and whole."));
    CHECK(std::filesystem::file_size(pulled("transformer/weights.safetensors")) == 300'000);
}

TEST_CASE_METHOD(PullFixture, "A pull that is interrupted says how to go on, and one that can't succeed says why")
{
    publish("stalls");
    spawn().interrupt_at = "fetching weights.safetensors (3 of 4)";
    const auto stopped = run({"models", "pull", "small"});
    CHECK(stopped.exit_code == 130);
    CHECK_THAT(stopped.err, Catch::Contains("goes on from there"));
    spawn().interrupt_at.clear();
    std::filesystem::remove_all(pulled(""));  // what came before the interruption was whole
    publish("wrong-byte");
    const auto damaged = run({"models", "pull", "small"});
    CHECK(damaged.exit_code == 1);
    CHECK_THAT(damaged.err, Catch::Contains("damaged"));
    CHECK_FALSE(std::filesystem::exists(pulled("transformer/weights.safetensors")));
    const auto unknown = run({"models", "pull", "sora"});
    CHECK(unknown.exit_code == 1);
    CHECK_THAT(unknown.err, Catch::Contains("small"));
}
