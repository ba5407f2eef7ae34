#include <cstdlib>
#include <fstream>

#include "core/models/download/git_id.h"
#include "core/models/download/web_address.h"
#include "tests/core/models/pull_fixture.h"

using namespace kinora;
using kinora::tests::Pulling;

TEST_CASE("a download survives what servers do")
{
    Pulling pulling;
    // Breaks off every 20,000 bytes; answers 429 and 500 at first; refuses a range once; doesn't know ranges, even while it
    // breaks off; lets its address expire; moves the repository; changes the name of the bytes under way; has a bad byte
    // the first time.
    for (const char* habit : {"drops", "busy", "broken", "refuses-once", "ignores-range", "ignores-and-drops", "expires",
                              "renamed", "new-etag", "wrong-once"}) {
        INFO(habit);
        const auto pulled = pulling.pull(habit);
        INFO((pulled ? std::string() : pulled.error().message));
        CHECK(pulled);
        CHECK(pulling.is_whole(habit));
    }
}

TEST_CASE("a download that can't succeed ends with a sentence and nothing under the file's name")
{
    Pulling pulling;
    struct Case {
        const char* habit;
        core::ErrorKind kind;
        const char* words;
    };
    for (const Case& one :
         {Case{"wrong-byte", core::ErrorKind::corrupt, "arrived damaged twice"},
          Case{"sends-more", core::ErrorKind::corrupt, "more"}, Case{"other-total", core::ErrorKind::corrupt, "300007"},
          Case{"lists-more", core::ErrorKind::corrupt, "another"}, Case{"tells-more", core::ErrorKind::corrupt, "another"},
          Case{"never-all", core::ErrorKind::io, "can't be fetched"}, Case{"always-busy", core::ErrorKind::io, "429"},
          Case{"always-broken", core::ErrorKind::io, "500"}, Case{"refuses-ranges", core::ErrorKind::io, "broke off"},
          Case{"circles", core::ErrorKind::io, "circles"}, Case{"unencrypted", core::ErrorKind::invalid_argument, "https"},
          Case{"private", core::ErrorKind::io, "HF_TOKEN"}}) {
        INFO(one.habit);
        const auto pulled = pulling.pull(one.habit);
        REQUIRE_FALSE(pulled);
        INFO(pulled.error().message);
        CHECK(pulled.error().kind == one.kind);
        CHECK(pulled.error().message.find(one.words) != std::string::npos);
        CHECK_FALSE(std::filesystem::exists(pulling.file(one.habit)));
    }
}

TEST_CASE("a token goes to the hub and to nobody else")
{
    Pulling pulling;
    pulling.hub.token = "secret";
    REQUIRE(pulling.pull("private"));
    int with_token = 0;
    for (const auto& request : pulling.log()) {
        if (request["path"] == "/log") continue;
        const bool hub = request["server"] == "hub";
        CHECK(request["authorization"] == (hub ? "Bearer secret" : ""));
        with_token += hub ? 1 : 0;
    }
    CHECK(with_token >= 5);
}

TEST_CASE("ranges are asked for on the condition that the bytes are still the same")
{
    Pulling pulling;
    REQUIRE(pulling.pull("drops"));
    int conditional = 0;
    for (const auto& request : pulling.log())
        conditional += request["if_range"].get<std::string>().find("bytes-of") != std::string::npos ? 1 : 0;
    CHECK(conditional > 5);
}

TEST_CASE("the usual variables name hub, token and proxy")
{
    Pulling pulling;
    ::setenv("HF_ENDPOINT", (pulling.server.endpoint() + "/").c_str(), 1);
    ::setenv("HF_TOKEN", "mine", 1);
    CHECK(core::Hub::from_environment().endpoint == pulling.server.endpoint());
    CHECK(core::Hub::from_environment().token == "mine");
    ::setenv("HF_TOKEN", "mine\r\nX-Evil: 1", 1);
    CHECK(core::Hub::from_environment().token.empty());
    ::unsetenv("HF_ENDPOINT");
    ::unsetenv("HF_TOKEN");
    CHECK(core::Hub::from_environment().endpoint == "https://huggingface.co");

    ::setenv("http_proxy", pulling.server.endpoint().c_str(), 1);
    const core::Hub far{"http://localhost:1", ""};
    const auto plan = core::plan_pull(far, tests::model_of("plain"), pulling.scratch.path(), pulling.options, {});
    ::unsetenv("http_proxy");
    CHECK(plan);
    CHECK(pulling.log().front()["proxied"] == true);
}

TEST_CASE("addresses that can't be trusted are refused")
{
    for (const char* bad :
         {"http://example.com/x", "ftp://example.com/x", "file:///etc/passwd", "https://user:word@example.com/", "",
          "huggingface.co", "http://127.0.0.1.example.com/", "http://localhost.example.com/"}) {
        INFO(bad);
        CHECK_FALSE(core::parse_web_address(bad));
    }
    CHECK(core::parse_web_address("https://huggingface.co/a")->origin == "https://huggingface.co:443");
    CHECK(core::parse_web_address("http://[::1]:8000/a")->origin == "http://[::1]:8000");
    const auto from = core::parse_web_address("https://huggingface.co/a/b");
    CHECK(core::follow_location(*from, "/c")->url == "https://huggingface.co/c");
    CHECK_FALSE(core::follow_location(*from, "http://huggingface.co/c"));
    CHECK(core::escape_path("a b/ü?.bin") == "a%20b/%C3%BC%3F.bin");
}

TEST_CASE("a hub that isn't there says so")
{
    const tests::ScratchFolder scratch;
    auto options = tests::quick_options();
    options.retries.most = 1;
    const auto plan = core::plan_pull({"http://127.0.0.1:1", ""}, tests::model_of("plain"), scratch.path(), options, {});
    REQUIRE_FALSE(plan);
    CHECK(plan.error().kind == core::ErrorKind::io);
    CHECK(plan.error().message.find("127.0.0.1:1") != std::string::npos);
}

TEST_CASE("two programs don't pull into one folder at the same time")
{
    Pulling pulling;
    const auto plan = pulling.plan("plain");
    REQUIRE(plan);
    bool tried = false;
    REQUIRE(core::run_pull(pulling.hub, *plan, pulling.options,
                           [&](const core::PullProgress&) {
                               if (std::exchange(tried, true)) return;
                               const auto second = core::run_pull(pulling.hub, *plan, pulling.options, {}, {});
                               REQUIRE_FALSE(second);
                               CHECK(second.error().kind == core::ErrorKind::already_exists);
                           },
                           {}));
    CHECK(tried);
}

TEST_CASE("Git's names of files")
{
    core::Sha1 hash;
    hash.update("abc");
    CHECK(hash.hex_digest() == "a9993e364706816aba3e25717850c26c9cd0d89d");
    const tests::ScratchFolder scratch;
    std::ofstream(scratch / "hello") << "hello\n";
    CHECK(core::git_id_of_file(scratch / "hello").value() == "ce013625030ba8dba906f756967f9e9ca394464a");
}
