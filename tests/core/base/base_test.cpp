#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/base/shared_value.h"
#include "core/base/utf8.h"
#include "tests/core/scratch_folder.h"

using namespace kinora::core;
using kinora::tests::ScratchFolder;

namespace {

/// Sets an environment variable for one test.
class Environment {
public:
    Environment(const char* name, const std::string& value) : name_(name)
    {
        if (const char* old = std::getenv(name)) old_ = old;
        setenv(name, value.c_str(), 1);
    }
    ~Environment()
    {
        if (old_.empty())
            unsetenv(name_);
        else
            setenv(name_, old_.c_str(), 1);
    }

private:
    const char* name_;
    std::string old_;
};

}  // namespace

TEST_CASE("ids are distinct and may name a folder")
{
    std::set<std::string> ids;
    for (int i = 0; i < 10'000; ++i) {
        const std::string id = make_id();
        REQUIRE(is_valid_id(id));
        ids.insert(id);
    }
    CHECK(ids.size() == 10'000);
}

TEST_CASE("an id from outside that could leave its folder is refused")
{
    for (const char* bad : {"", ".", "..", "a/b", "a\\b", "a b", "ä", "../../etc"})
        CHECK_FALSE(is_valid_id(bad));
    CHECK_FALSE(is_valid_id(std::string(65, 'a')));
    CHECK_FALSE(is_valid_id(std::string_view("a\0b", 3)));
    CHECK(is_valid_id(std::string(64, 'a')));
}

TEST_CASE("folders follow the XDG variables and ignore relative ones")
{
    const Environment home("HOME", "/home/somebody");
    const Environment data("XDG_DATA_HOME", "/data");
    const Environment config("XDG_CONFIG_HOME", "relative/config");
    CHECK(data_dir() == "/data/kinora");
    CHECK(config_dir() == "/home/somebody/.config/kinora");
}

TEST_CASE("resources are found where KINORA_RESOURCES says, else in the source tree")
{
    const ScratchFolder scratch;
    {
        const Environment asked("KINORA_RESOURCES", scratch.path().string());
        const auto found = resources_dir();
        REQUIRE(found);
        CHECK(*found == scratch.path());
    }
    const Environment missing("KINORA_RESOURCES", "/no/such/folder");
    const auto found = resources_dir();
    if (found)
        CHECK(std::filesystem::is_directory(*found));
    else
        CHECK(found.error().message.find("/no/such/folder") != std::string::npos);
}

TEST_CASE("the log goes to its file and its tail can be read")
{
    const ScratchFolder scratch;
    const auto file = scratch.path() / "deep" / "kinora.log";
    REQUIRE(start_log(file));
    log_info("the first {} line");
    log_warning("the second line");
    log_error("the third line");
    CHECK(log_file() == file);
    CHECK(log_tail(10).find("the first {} line") != std::string::npos);
    const std::string tail = log_tail(1);
    CHECK(tail.find("the third line") != std::string::npos);
    CHECK(tail.find("the second line") == std::string::npos);
}

TEST_CASE("a log that can't be written is an error with the path")
{
    const ScratchFolder scratch;
    std::ofstream(scratch.path() / "file") << "x";
    const auto started = start_log(scratch.path() / "file" / "kinora.log");
    REQUIRE_FALSE(started);
    CHECK(started.error().message.find("file") != std::string::npos);
}

TEST_CASE("a changed copy of a shared value leaves the others as they were")
{
    const SharedValue<std::string> first("old");
    SharedValue<std::string> second = first;
    CHECK(second.same_object(first));
    second.update([](std::string& text) { text = "new"; });
    CHECK(*first == "old");
    CHECK(*second == "new");
    CHECK_FALSE(second == first);
}

TEST_CASE("offsets go between UTF-8 and UTF-16 for letters, CJK and emoji")
{
    const std::string text = "aä漢😀z";  // bytes 1 2 3 4 1, units 1 1 1 2 1
    CHECK(utf16_offset(text, 0) == 0);
    CHECK(utf16_offset(text, 3) == 2);
    CHECK(utf16_offset(text, 6) == 3);
    CHECK(utf16_offset(text, 8) == 3);  // inside the emoji
    CHECK(utf16_offset(text, 10) == 5);
    CHECK(utf16_offset(text, 99) == 6);
    CHECK(byte_offset(text, 3) == 6);
    CHECK(byte_offset(text, 4) == 6);
    CHECK(byte_offset(text, 5) == 10);
    CHECK(byte_offset(text, 99) == text.size());
}

TEST_CASE("ill-formed UTF-8 is told from well-formed")
{
    CHECK(is_valid_utf8("aä漢😀"));
    CHECK_FALSE(is_valid_utf8("\xC0\x80"));          // overlong
    CHECK_FALSE(is_valid_utf8("\xED\xA0\x80"));      // surrogate
    CHECK_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));  // above U+10FFFF
    CHECK_FALSE(is_valid_utf8("\xE6\xBC"));          // cut off
    CHECK(utf8_prefix("aä漢", 4) == "aä");
    CHECK(utf8_prefix("aä漢", 6) == "aä漢");
}
