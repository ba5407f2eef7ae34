#include "core/prompt/wildcards.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "core/prompt/names.h"
#include "tests/scratch_folder.h"

using namespace kinora::core;

namespace {

void write(const std::filesystem::path& file, const std::string& text)
{
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

}  // namespace

TEST_CASE("a wildcard file is one choice a line, comments and blank lines aside")
{
    CHECK(wildcard_lines("\xEF\xBB\xBFhill\r\n  sea \n\n# later\nhill top\rquay") ==
          std::vector<std::string>{"hill", "sea", "hill top", "quay"});
    CHECK(wildcard_lines("").empty());
    CHECK(wildcard_lines("\n#x\n").empty());
}

TEST_CASE("the project's wildcards take the place of the user's")
{
    const kinora::tests::ScratchFolder folder;
    const auto user = folder.path() / "user";
    const auto project = folder.path() / "project";
    write(user / "place.txt", "hill\nsea\n");
    write(user / "time_of_day.txt", "dawn\n");
    write(project / "place.txt", "quay\n");
    write(project / "größe.txt", "riesig\n");
    write(project / "notes.md", "no wildcard\n");
    const Wildcards read = read_wildcards({user, project, folder.path() / "missing"});
    CHECK(read.problems.empty());
    CHECK(read.lines.size() == 3);
    CHECK(read.lines.at("place") == std::vector<std::string>{"quay"});
    CHECK(read.lines.at("time_of_day") == std::vector<std::string>{"dawn"});
    CHECK(read.lines.contains("größe"));
}

TEST_CASE("wildcard files that can't be used are told, the others work")
{
    const kinora::tests::ScratchFolder folder;
    write(folder.path() / "2 much.txt", "a\n");
    write(folder.path() / "empty.txt", "# nothing\n");
    write(folder.path() / "latin.txt", "gr\xFC\xDF\n");
    write(folder.path() / "huge.txt", std::string((1U << 20U) + 1, 'x'));
    write(folder.path() / "good.txt", "a\n");
    const Wildcards read = read_wildcards({folder.path()});
    CHECK(read.lines.size() == 1);
    REQUIRE(read.problems.size() == 4);
    for (const char* name : {"2 much.txt", "empty.txt", "latin.txt", "huge.txt"}) {
        INFO(name);
        CHECK(std::any_of(read.problems.begin(), read.problems.end(),
                          [&](const std::string& problem) { return problem.find(name) != std::string::npos; }));
    }
}

TEST_CASE("names are letters, digits and single underscores")
{
    for (const char* name : {"a", "hero_2", "größe", "漢字", "a_b_c"})
        CHECK(is_prompt_name(name));
    for (const char* name : {"", "2a", "_a", "a_", "a__b", "a b", "a-b", "$a"})
        CHECK_FALSE(is_prompt_name(name));
}

TEST_CASE("a variable is renamed everywhere in a prompt and nothing else is touched")
{
    CHECK(rename_variable("$a and ({$a|$ab}:1.2) \\$a $a_b $a.", "a", "fox") == "$fox and ({$fox|$ab}:1.2) \\$a $a_b $fox.");
    CHECK(rename_variable("nothing", "a", "b") == "nothing");
    CHECK(rename_variable("{ $a | broken", "a", "b") == "{ $b | broken");
    CHECK(used_variables("$b {$a|$b} ($c:2) \\$d") == std::vector<std::string>{"b", "a", "c"});
}
