#include "core/base/file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "tests/scratch_folder.h"

using namespace kinora::core;
using kinora::tests::ScratchFolder;

namespace {

long files_in(const std::filesystem::path& folder)
{
    return std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator());
}

}  // namespace

TEST_CASE("a written file is read back byte for byte and nothing else is left")
{
    const ScratchFolder folder;
    const std::string content("a\0b\xff\n", 5);
    REQUIRE(write_file(folder / "x.bin", content));
    const auto back = read_file(folder / "x.bin");
    REQUIRE(back);
    CHECK(*back == content);
    CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("writing over a file replaces it and keeps its rights")
{
    const ScratchFolder folder;
    REQUIRE(write_file(folder / "x", "old and long"));
    REQUIRE(::chmod((folder / "x").c_str(), 0640) == 0);
    REQUIRE(write_file(folder / "x", "new"));
    CHECK(*read_file(folder / "x") == "new");
    struct stat status {};
    REQUIRE(::stat((folder / "x").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0640);
}

TEST_CASE("a file that is dropped before its commit leaves the old one untouched")
{
    const ScratchFolder folder;
    REQUIRE(write_file(folder / "x", "old"));
    {
        auto writer = AtomicFile::create(folder / "x");
        REQUIRE(writer);
        const std::string half = "half";
        REQUIRE(writer->write(std::as_bytes(std::span(half.data(), half.size()))));
        CHECK(files_in(folder.path()) == 2);
    }
    CHECK(*read_file(folder / "x") == "old");
    CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("a file above the limit is refused without being read")
{
    const ScratchFolder folder;
    REQUIRE(write_file(folder / "x", std::string(1000, 'x')));
    const auto read = read_file(folder / "x", 999);
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == ErrorKind::unsupported);
    CHECK(read_file(folder / "x", 1000));
}

TEST_CASE("reading what isn't there, or a folder, says which and why")
{
    const ScratchFolder folder;
    const auto missing = read_file(folder / "none.json");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == ErrorKind::not_found);
    CHECK(missing.error().message.find("none.json") != std::string::npos);
    const auto directory = read_file(folder.path());
    REQUIRE_FALSE(directory);
    CHECK(directory.error().kind == ErrorKind::io);
}

TEST_CASE("writing into a folder that isn't there is an error and makes none")
{
    const ScratchFolder folder;
    const auto written = write_file(folder / "none" / "x", "text");
    REQUIRE_FALSE(written);
    CHECK(written.error().kind == ErrorKind::not_found);
    CHECK_FALSE(std::filesystem::exists(folder / "none"));
    CHECK_FALSE(write_file(folder.path(), "text"));
}

TEST_CASE("a full disk is told apart from other failures")
{
    CHECK(file_error("x", "written", ENOSPC).kind == ErrorKind::disk_full);
    CHECK(file_error("x", "written", EACCES).kind == ErrorKind::io);
}
