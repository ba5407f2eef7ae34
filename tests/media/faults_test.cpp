// What must hold when writing goes wrong: no half file under the final name, nothing left behind, a sentence.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <random>

#include "core/export/clip_export.h"
#include "core/media/probe.h"
#include "tests/media/media_fixtures.h"
#include "tests/small_disk.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

ExportTarget to(const fs::path& file, const char* preset = "take")
{
    ExportTarget target;
    target.file = file;
    target.preset = preset;
    return target;
}

std::size_t entries(const fs::path& folder)
{
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("An existing file is refused, and kept to the byte")
{
    const TemporaryFolder folder;
    write_bytes(folder / "clip.mp4", "an older film");
    const auto written = export_frames(numbered_clip(3), to(folder / "clip.mp4"));
    REQUIRE_FALSE(written);
    CHECK(written.error().kind == core::ErrorKind::already_exists);
    CHECK(bytes_of(folder / "clip.mp4") == "an older film");
    CHECK(folder.names() == std::vector<std::string>{"clip.mp4"});
}

TEST_CASE("A file that appears while encoding is not overwritten")
{
    const TemporaryFolder folder;
    const auto appear = [&](int done, int) {
        if (done == 2) write_bytes(folder / "clip.mp4", "someone else's");
    };
    const auto written = export_frames(numbered_clip(4), to(folder / "clip.mp4"), appear);
    REQUIRE_FALSE(written);
    CHECK(written.error().kind == core::ErrorKind::already_exists);
    CHECK(bytes_of(folder / "clip.mp4") == "someone else's");
    CHECK(folder.names() == std::vector<std::string>{"clip.mp4"});
}

TEST_CASE("Replacing happens at the very end")
{
    const TemporaryFolder folder;
    write_bytes(folder / "clip.mp4", "an older film");
    ExportTarget target = to(folder / "clip.mp4");
    target.overwrite = OverwritePolicy::replace;
    const auto watch = [&](int, int) { CHECK(bytes_of(folder / "clip.mp4") == "an older film"); };
    REQUIRE(problem_of(export_frames(numbered_clip(4), target, watch)) == "");
    CHECK(probe(folder / "clip.mp4")->video()->frames == 4);
    CHECK(folder.names() == std::vector<std::string>{"clip.mp4"});
}

TEST_CASE("Cancelled at any point an export leaves nothing, and an existing file untouched")
{
    const TemporaryFolder folder;
    write_bytes(folder / "clip.mp4", "an older film");
    const core::FrameSequence clip = numbered_clip(12);
    std::mt19937 random(5);
    for (int round = 0; round < 100; ++round) {
        const int last = static_cast<int>(random() % 13);
        std::stop_source stop;
        if (last == 0) stop.request_stop();
        ExportTarget target = to(folder / "clip.mp4", round % 2 == 0 ? "take" : "prores-422-hq");
        target.overwrite = OverwritePolicy::replace;
        const auto progress = [&](int done, int) {
            if (done == last) stop.request_stop();
        };
        const auto written = export_frames(clip, target, progress, stop.get_token());
        REQUIRE_FALSE(written);
        CHECK(written.error().kind == core::ErrorKind::cancelled);
        REQUIRE(bytes_of(folder / "clip.mp4") == "an older film");
        REQUIRE(folder.names() == std::vector<std::string>{"clip.mp4"});
    }
}

TEST_CASE("Folders that are missing or can't be written are named in a sentence")
{
    const TemporaryFolder folder;
    write_bytes(folder / "file", "");
    const auto missing = export_frames(numbered_clip(2), to(folder / "no such folder" / "clip.mp4"));
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == core::ErrorKind::not_found);
    CHECK(missing.error().message.find("no such folder") != std::string::npos);
    CHECK(export_frames(numbered_clip(2), to(folder / "file" / "clip.mp4")).error().kind == core::ErrorKind::not_found);
    CHECK(export_frames(numbered_clip(2), to(folder.path())).error().kind == core::ErrorKind::invalid_argument);

    fs::create_directory(folder / "locked");
    fs::permissions(folder / "locked", fs::perms::owner_read | fs::perms::owner_exec);
    const bool root = geteuid() == 0;
    if (root) {
        // Root may write anywhere: become nobody for a moment.
        fs::permissions(folder.path(), fs::perms::all);
        fs::permissions(folder / "locked", fs::perms(0555));
        REQUIRE(seteuid(65534) == 0);
    }
    const auto refused = export_frames(numbered_clip(2), to(folder / "locked" / "clip.mp4"));
    if (root) REQUIRE(seteuid(0) == 0);
    fs::permissions(folder / "locked", fs::perms::all);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == core::ErrorKind::io);
    CHECK(refused.error().message.find("Permission denied") != std::string::npos);
    CHECK(entries(folder / "locked") == 0);
}

TEST_CASE("A full disk is said to be full wherever it is met, and nothing is left on it")
{
    const TemporaryFolder folder;
    for (const char* size : {"8k", "40k", "128k", "400k"}) {
        const SmallDisk disk(folder / size, size);
        if (!disk.mounted()) {
            WARN("SKIPPED: a small disk can only be mounted by root");
            return;
        }
        for (const char* preset : {"take", "h264-review", "prores-422-hq"}) {
            ExportTarget target = to(folder / size / "clip.mov", preset);
            target.space = SpaceCheck::skip;
            const auto written = export_frames(noise_clip(12, 256, 192), target);
            INFO(size << " " << preset);
            REQUIRE_FALSE(written);
            CHECK(written.error().kind == core::ErrorKind::disk_full);
            CHECK(written.error().message.find("clip.mov") != std::string::npos);
            CHECK(entries(folder / size) == 0);
        }
    }
}

TEST_CASE("A disk that fills up at the very end leaves no file either")
{
    const TemporaryFolder folder;
    REQUIRE(problem_of(export_frames(noise_clip(4, 128, 96), to(folder / "whole.mp4"))) == "");
    const auto bytes = fs::file_size(folder / "whole.mp4");
    // The trailer and the move of the index to the front need room beyond the pictures' own.
    bool failed = false;
    for (std::size_t pages = bytes / 4096 - 1; pages <= bytes / 4096 + 1; ++pages) {
        const SmallDisk disk(folder / std::to_string(pages), std::to_string(pages * 4) + "k");
        if (!disk.mounted()) {
            WARN("SKIPPED: a small disk can only be mounted by root");
            return;
        }
        ExportTarget target = to(folder / std::to_string(pages) / "clip.mp4");
        target.space = SpaceCheck::skip;
        const auto written = export_frames(noise_clip(4, 128, 96), target);
        if (written) {
            CHECK(bytes_of(target.file) == bytes_of(folder / "whole.mp4"));
            continue;
        }
        failed = true;
        CHECK(written.error().kind == core::ErrorKind::disk_full);
        CHECK(entries(folder / std::to_string(pages)) == 0);
    }
    CHECK(failed);
}

TEST_CASE("Too little room is noticed before anything is written")
{
    const TemporaryFolder folder;
    const SmallDisk disk(folder / "small", "64k");
    if (!disk.mounted()) {
        WARN("SKIPPED: a small disk can only be mounted by root");
        return;
    }
    bool started = false;
    const auto written = export_frames(noise_clip(24, 256, 192), to(folder / "small" / "clip.mov", "prores-422-hq"),
                                       [&](int, int) { started = true; });
    REQUIRE_FALSE(written);
    CHECK(written.error().kind == core::ErrorKind::disk_full);
    CHECK(written.error().message.find("are needed") != std::string::npos);
    CHECK_FALSE(started);
}

TEST_CASE("Names are taken literally: Unicode, spaces, percent signs, colons, newlines, 255 bytes")
{
    const TemporaryFolder folder;
    const std::string longest = std::string(251, 'x') + ".mp4";
    for (const std::string& name :
         {std::string("Ünïcödé 影片 🎬.mp4"), std::string("%03d %s.mp4"), std::string("a:b;c'd\"e.mp4"),
          std::string("two\nlines.mp4"), std::string("-rf.mp4"), longest}) {
        INFO(name);
        REQUIRE(problem_of(export_frames(numbered_clip(3), to(folder / name))) == "");
        CHECK(folder.names() == std::vector<std::string>{name});
        CHECK(probe(folder / name)->video()->frames == 3);
        fs::remove(folder / name);
    }
    const auto refused = export_frames(numbered_clip(3), to(folder / (std::string(252, 'x') + ".mp4")));
    REQUIRE_FALSE(refused);
    CHECK(folder.names().empty());
}
