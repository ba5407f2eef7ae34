#include "core/models/catalogue.h"

#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "tests/core/models/model_fixture.h"
#include "tests/paths.h"
#include "tests/scratch_folder.h"

using namespace kinora::core;
using kinora::tests::ScratchFolder;
using kinora::tests::write_tiny_model;

namespace {

CatalogueFolders folders_in(const ScratchFolder& scratch)
{
    return {scratch / "resources", scratch / "data", scratch / "config" / "models.json"};
}

std::vector<std::string> ids_of(const Catalogue& catalogue)
{
    std::vector<std::string> ids;
    const auto entries = catalogue.list();
    REQUIRE(entries);
    for (const auto& entry : *entries)
        ids.push_back(entry.id);
    return ids;
}

}  // namespace

TEST_CASE("models are listed with the built-in ones first, and other folders left out")
{
    const ScratchFolder scratch;
    write_tiny_model(scratch / "resources" / "starter");
    write_tiny_model(scratch / "data" / "b");
    write_tiny_model(scratch / "data" / "a");
    std::filesystem::create_directories(scratch / "data" / "notes");
    CHECK(ids_of(Catalogue(folders_in(scratch))) == std::vector<std::string>{"starter", "a", "b"});
}

TEST_CASE("an added model stays where it is and is found again")
{
    const ScratchFolder scratch;
    write_tiny_model(scratch / "elsewhere" / "wan");
    const Catalogue catalogue(folders_in(scratch));
    const auto added = catalogue.add(scratch / "elsewhere" / "." / "wan" / "");
    REQUIRE(added);
    CHECK(added->id == "wan");
    CHECK(added->origin == ModelOrigin::added);
    const auto found = Catalogue(folders_in(scratch)).find("wan");
    REQUIRE(found);
    CHECK(std::filesystem::equivalent(found->folder, scratch / "elsewhere" / "wan"));
    CHECK_FALSE(std::filesystem::exists(scratch / "data"));
}

TEST_CASE("adding twice changes nothing, and a second model of one name gets a number")
{
    const ScratchFolder scratch;
    write_tiny_model(scratch / "one" / "wan");
    write_tiny_model(scratch / "two" / "wan");
    const Catalogue catalogue(folders_in(scratch));
    CHECK(catalogue.add(scratch / "one" / "wan")->id == "wan");
    CHECK(catalogue.add(scratch / "one" / "wan")->id == "wan");
    CHECK(catalogue.add(scratch / "two" / "wan")->id == "wan-2");
    CHECK(ids_of(catalogue) == std::vector<std::string>{"wan", "wan-2"});
}

TEST_CASE("a model that is taken out keeps its files")
{
    const ScratchFolder scratch;
    write_tiny_model(scratch / "one" / "wan");
    write_tiny_model(scratch / "resources" / "starter");
    const Catalogue catalogue(folders_in(scratch));
    REQUIRE(catalogue.add(scratch / "one" / "wan"));
    REQUIRE(catalogue.remove("wan"));
    CHECK(ids_of(catalogue) == std::vector<std::string>{"starter"});
    CHECK(inspect_model_folder(scratch / "one" / "wan"));
    CHECK(catalogue.remove("starter").error().kind == ErrorKind::invalid_argument);
    CHECK(catalogue.remove("wan").error().kind == ErrorKind::not_found);
}

TEST_CASE("half a model can't be added")
{
    const ScratchFolder scratch;
    write_tiny_model(scratch / "one" / "wan");
    std::filesystem::remove_all(scratch / "one" / "wan" / "vae");
    const auto added = Catalogue(folders_in(scratch)).add(scratch / "one" / "wan");
    REQUIRE_FALSE(added);
    CHECK(added.error().message.find("vae/") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(scratch / "config"));
}

TEST_CASE("an unknown model's error says what is installed and how to add one")
{
    const ScratchFolder scratch;
    write_tiny_model(scratch / "resources" / "starter");
    write_tiny_model(scratch / "data" / "wan");
    const auto missing = Catalogue(folders_in(scratch)).find("sora");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == ErrorKind::not_found);
    CHECK(missing.error().message ==
          "There is no model \"sora\"; installed are starter and wan. Add one with: kinora-cli models add FOLDER.");
}

TEST_CASE("a model is found by the path of its folder, too")
{
    const ScratchFolder scratch;
    write_tiny_model(scratch / "one" / "wan");
    const Catalogue catalogue(folders_in(scratch));
    const auto found = catalogue.find((scratch / "one" / "wan").string());
    REQUIRE(found);
    CHECK(found->folder == scratch / "one" / "wan");
    CHECK_FALSE(catalogue.find((scratch / "one").string()));
}

TEST_CASE("a damaged registry is an error that names it, and isn't overwritten")
{
    const ScratchFolder scratch;
    write_tiny_model(scratch / "one" / "wan");
    write_tiny_model(scratch / "resources" / "starter");
    std::filesystem::create_directories(scratch / "config");
    for (const char* text : {"{", "[]", R"({"models": {}})", R"({"models": [3]})"}) {
        REQUIRE(write_file(scratch / "config" / "models.json", text));
        const Catalogue catalogue(folders_in(scratch));
        CHECK(catalogue.list().error().kind == ErrorKind::corrupt);
        CHECK(catalogue.find("starter"));
        CHECK(catalogue.find("wan").error().kind == ErrorKind::corrupt);
        CHECK(catalogue.add(scratch / "one" / "wan").error().message.find("models.json") != std::string::npos);
        CHECK(*read_file(scratch / "config" / "models.json") == text);
    }
}

TEST_CASE("the list of added models that an earlier version wrote still holds")
{
    const ScratchFolder scratch;
    write_tiny_model(scratch / "one" / "wan");
    auto list =
        *read_file(kinora::tests::source_dir() / "tests" / "released" / "home" / ".config" / "kinora" / "models.json");
    const std::string there = "/root/models/gone";
    REQUIRE(list.find(there) != std::string::npos);
    list.replace(list.find(there), there.size(), (scratch / "one" / "wan").string());
    const auto folders = folders_in(scratch);
    std::filesystem::create_directories(folders.registry.parent_path());
    REQUIRE(write_file(folders.registry, list));
    CHECK(ids_of(Catalogue(folders)) == std::vector<std::string>{"wan"});
}
