#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/provenance/c2pa.h"
#include "core/provenance/disclosure.h"
#include "core/provenance/xmp_files.h"
#include "tests/interchange/provenance_fixtures.h"
#include "tests/interchange/random_storyboard.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using namespace kinora::core;
using namespace kinora::tests;

namespace {

C2paContent content_with(const std::filesystem::path& picture)
{
    C2paContent content;
    content.title = "film.png";
    content.recipes = {disclosed_recipe(some_recipe("the sea", 7))};
    content.ingredients = {{"starter", {}, "c2pa.types.model", false}, {"ink.safetensors", {}, "c2pa.types.model", false}};
    if (!picture.empty()) content.ingredients.push_back({"sha256:bb", picture, {}, false});
    return content;
}

}  // namespace

TEST_CASE("The user's signing key is made once and nobody else can read it")
{
    const ScratchFolder folder;
    const auto first = user_signing_key(folder / "signing");
    REQUIRE(first);
    CHECK(first->algorithm == "es256");
    CHECK(first->name == "Kinora user");
    struct stat status {};
    REQUIRE(stat((folder / "signing/key.pem").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    REQUIRE(stat((folder / "signing").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0700);
    const auto again = user_signing_key(folder / "signing");
    REQUIRE(again);
    CHECK(again->key == first->key);
    CHECK(again->certificates == first->certificates);
}

TEST_CASE("An own key that doesn't belong to its certificate, or is none, is refused with a sentence")
{
    const ScratchFolder folder;
    REQUIRE(user_signing_key(folder / "a"));
    REQUIRE(user_signing_key(folder / "b"));
    CHECK(read_signing_key(folder / "a/key.pem", folder / "a/certificates.pem"));
    const auto mixed = read_signing_key(folder / "a/key.pem", folder / "b/certificates.pem");
    REQUIRE_FALSE(mixed);
    CHECK(mixed.error().message.find("doesn't belong") != std::string::npos);
    CHECK_FALSE(read_signing_key(folder / "a/certificates.pem", folder / "a/certificates.pem"));
    CHECK_FALSE(read_signing_key(folder / "none.pem", folder / "a/certificates.pem"));
}

TEST_CASE("Without the C2PA library a sentence says what is missing and where it was looked for")
{
    const auto library = C2paLibrary::load("/nowhere/libc2pa_c.so");
    REQUIRE_FALSE(library);
    CHECK(library.error().kind == ErrorKind::not_found);
    CHECK(library.error().message.find("pip install --user c2pa-python") != std::string::npos);
    CHECK(library.error().message.find("/nowhere/libc2pa_c.so") != std::string::npos);
    const auto other = C2paLibrary::load("libz.so.1");
    REQUIRE_FALSE(other);
    CHECK(other.error().kind == ErrorKind::unsupported);
}

TEST_CASE("A signed picture is valid to the C2PA project's own library, its signer on no trust list, until it is changed")
{
    if (c2pa_library_file().empty()) {
        WARN("skipped: the C2PA project's library isn't installed");
        return;
    }
    const auto library = C2paLibrary::load(c2pa_library_file());
    REQUIRE(library);
    const ScratchFolder folder;
    const auto key = user_signing_key(folder / "signing");
    REQUIRE(key);
    REQUIRE(write_file(folder / "first.png", small_png()));
    REQUIRE(write_file(folder / "film.png", small_png()));
    REQUIRE(embed_xmp(folder / "film.png", make_xmp({{some_recipe("the sea", 7)}, SourceType::generated, {}})));
    CHECK(check_c2pa(**library, folder / "film.png")->state == C2paState::none);
    const auto signing =
        sign_c2pa(**library, *key, content_with(folder / "first.png"), folder / "film.png", folder / "film.png");
    if (!signing) FAIL(signing.error().message);
    const auto report = check_c2pa(**library, folder / "film.png");
    REQUIRE(report);
    INFO(report->json);
    CHECK(report->state == C2paState::valid);
    CHECK(report->sentence == "valid, signer not on a trust list");
    CHECK(report->signer == "Kinora user");
    const auto json = nlohmann::json::parse(report->json);
    const auto& manifest = json["manifests"][json["active_manifest"].get<std::string>()];
    CHECK(manifest["ingredients"].size() == 3);
    bool created = false;
    for (const auto& assertion : manifest["assertions"])
        if (assertion["label"] == "c2pa.actions.v2") {
            const auto& action = assertion["data"]["actions"][0];
            created = action["action"] == "c2pa.created" &&
                      action["digitalSourceType"].get<std::string>().find("trainedAlgorithmicMedia") != std::string::npos;
        }
    CHECK(created);
    // What was there before is still there, and one changed byte is noticed.
    std::string bytes = *read_file(folder / "film.png");
    CHECK(find_xmp(std::as_bytes(std::span(bytes.data(), bytes.size()))));
    bytes[bytes.size() - 20] = static_cast<char>(bytes[bytes.size() - 20] ^ 1);
    REQUIRE(write_file(folder / "changed.png", bytes));
    CHECK(check_c2pa(**library, folder / "changed.png")->state == C2paState::invalid);
    // Nothing was left beside it.
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path()))
        ++files;
    CHECK(files == 4);
}

TEST_CASE("A file that C2PA has no place in is left as it is")
{
    if (c2pa_library_file().empty()) {
        WARN("skipped: the C2PA project's library isn't installed");
        return;
    }
    const auto library = C2paLibrary::load(c2pa_library_file());
    REQUIRE(library);
    const ScratchFolder folder;
    const auto key = user_signing_key(folder / "signing");
    REQUIRE(write_file(folder / "film.mxf", "no picture"));
    const auto refused = sign_c2pa(**library, *key, content_with({}), folder / "film.mxf", folder / "film.mxf");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::unsupported);
    CHECK(*read_file(folder / "film.mxf") == "no picture");
    REQUIRE(write_file(folder / "broken.png", small_png().substr(0, 40)));
    const auto broken = sign_c2pa(**library, *key, content_with({}), folder / "broken.png", folder / "broken.png");
    CHECK_FALSE(broken);
}
