// What must hold when a master goes wrong, in every kind of file: no half one under the final name, nothing left, a
// sentence.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <random>

#include "core/export/clip_export.h"
#include "core/media/image_reader.h"
#include "core/media/probe.h"
#include "tests/media/media_fixtures.h"
#include "tests/small_disk.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

ExportTarget to(const fs::path& file, const std::string& preset)
{
    ExportTarget target;
    target.file = file;
    target.preset = preset;
    target.space = SpaceCheck::skip;
    return target;
}

core::FrameSequence film(int frames, int width = 256, int height = 128)
{
    core::FrameSequence clip = noise_clip(frames, width, height);
    clip.rate = core::FrameRate(24);
    return clip;
}

std::size_t entries(const fs::path& folder)
{
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

/// The quick ones, one of each container.
const std::vector<std::string> k_kinds{"prores-422-proxy", "dnxhr-sq-mxf", "png16", "exr-half", "gif", "take"};

}  // namespace

TEST_CASE("Cancelled at a hundred random points, in every kind of file, an export leaves what was there and nothing else")
{
    const TemporaryFolder folder;
    const core::FrameSequence clip = film(6, 256, 120);
    std::mt19937 random(17);
    for (int round = 0; round < 100; ++round) {
        const std::string& kind = k_kinds[static_cast<std::size_t>(round) % k_kinds.size()];
        const int last = static_cast<int>(random() % 7);
        std::stop_source stop;
        if (last == 0) stop.request_stop();
        const auto progress = [&](int done, int) {
            if (done == last) stop.request_stop();
        };
        const auto written = export_frames(clip, to(folder / "master", kind), progress, stop.get_token());
        INFO(kind << " after " << last);
        REQUIRE_FALSE(written);
        REQUIRE(written.error().kind == core::ErrorKind::cancelled);
        REQUIRE(folder.names().empty());
    }
}

TEST_CASE("A disk that fills up at the header, in the middle, at the trailer or at the close is said to be full")
{
    const TemporaryFolder folder;
    for (const std::string& kind : k_kinds) {
        const core::FrameSequence clip = film(6, 256, 120);
        REQUIRE(problem_of(export_frames(clip, to(folder / "whole", kind))) == "");
        std::uintmax_t whole = 0;
        if (fs::is_directory(folder / "whole")) {
            for (const auto& entry : fs::directory_iterator(folder / "whole"))
                whole += (entry.file_size() + 4095) / 4096 * 4096;
        } else {
            whole = fs::file_size(folder / "whole");
        }
        fs::remove_all(folder / "whole");
        const std::uintmax_t pages = (whole + 4095) / 4096;
        // One page: the header; half: the middle; one page too few: the trailer, or what is flushed at the close.
        for (const std::uintmax_t room : {std::uintmax_t{1}, pages / 2, pages - 1}) {
            const SmallDisk disk(folder / "disk", std::to_string(room * 4) + "k");
            if (!disk.mounted()) {
                WARN("SKIPPED: a small disk can only be mounted by root");
                return;
            }
            const auto written = export_frames(clip, to(folder / "disk" / "master", kind));
            INFO(kind << " on " << room << " of " << pages << " pages");
            REQUIRE_FALSE(written);
            CHECK(written.error().kind == core::ErrorKind::disk_full);
            CHECK(written.error().message.find("master") != std::string::npos);
            CHECK(entries(folder / "disk") == 0);
        }
        fs::remove(folder / "disk");
    }
}

TEST_CASE("A folder of pictures is replaced in one step, and only if it is one")
{
    const TemporaryFolder folder;
    ExportTarget target = to(folder / "plates", "png16");
    REQUIRE(problem_of(export_frames(film(5), target)) == "");
    CHECK(entries(folder / "plates") == 5);
    CHECK(export_frames(film(3), target).error().kind == core::ErrorKind::already_exists);
    CHECK(entries(folder / "plates") == 5);
    target.overwrite = OverwritePolicy::replace;
    const auto watch = [&](int, int) { CHECK(entries(folder / "plates") == 5); };
    REQUIRE(problem_of(export_frames(film(3), target, watch)) == "");
    CHECK(entries(folder / "plates") == 3);
    CHECK(folder.names() == std::vector<std::string>{"plates"});

    // Anything else in it, and nothing is touched.
    for (const char* other : {"diary.txt", "subfolder/x.png"}) {
        fs::create_directories((folder / "plates" / other).parent_path());
        write_bytes(folder / "plates" / other, "dear diary");
        const auto refused = export_frames(film(2), target);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == core::ErrorKind::already_exists);
        CHECK(bytes_of(folder / "plates" / other) == "dear diary");
        CHECK(fs::exists(folder / "plates" / "plates.0003.png"));
        fs::remove_all(folder / "plates" / fs::path(other).begin()->string());
    }
    fs::create_directory_symlink(folder / "plates", folder / "link");
    target.file = folder / "link";
    CHECK_FALSE(export_frames(film(2), target));
    CHECK(entries(folder / "plates") == 3);
    for (const char* name : {"", ".", ".."}) {
        target.file = folder.path() / name;
        CHECK_FALSE(export_frames(film(2), target));
    }
    CHECK(folder.names() == std::vector<std::string>{"link", "plates"});
}

TEST_CASE("Folders of pictures take their names literally too")
{
    const TemporaryFolder folder;
    const std::string longest(255, 'x');
    for (const std::string& name :
         {std::string("Ünïcödé 影片 🎬"), std::string("%03d %s"), std::string("two\nlines"), longest}) {
        INFO(name);
        REQUIRE(problem_of(export_frames(film(2, 16, 16), to(folder / name, "png16"))) == "");
        CHECK(folder.names() == std::vector<std::string>{name});
        CHECK(entries(folder / name) == 2);
        const auto first = fs::directory_iterator(folder / name)->path();
        CHECK(first.filename().string().size() <= 255);
        CHECK(read_image(first));
        fs::remove_all(folder / name);
    }
}

TEST_CASE("Finishers run in order on the hidden file, before it has its name, and the file is checked once more")
{
    const TemporaryFolder folder;
    ExportTarget target = to(folder / "a.mov", "prores-422-proxy");
    std::vector<int> order;
    const auto appends = [&](int number) {
        return [&order, number](const FinishedPartial& file) -> core::Result<void> {
            order.push_back(number);
            CHECK(file.container == "mov");
            CHECK_FALSE(file.folder);
            CHECK(file.partial.filename().string().starts_with(".kinora-"));
            CHECK_FALSE(fs::exists(file.target));
            CHECK(probe(file.partial)->video()->frames == 3);
            // A box that players pass over, as XMP is written.
            std::ofstream out(file.partial, std::ios::binary | std::ios::app);
            out << std::string(
                       "\0\0\0\x0c"
                       "free",
                       8)
                << "abcd";
            return {};
        };
    };
    target.finishers = {appends(1), appends(2)};
    REQUIRE(problem_of(export_frames(film(3), target)) == "");
    CHECK(order == std::vector<int>{1, 2});
    CHECK(bytes_of(target.file).ends_with("abcd"));
    CHECK(folder.names() == std::vector<std::string>{"a.mov"});

    // Another file put in its place, as signing does.
    target.file = folder / "b.mov";
    target.finishers = {[&](const FinishedPartial& file) -> core::Result<void> {
        fs::copy_file(file.partial, folder / "signed");
        fs::rename(folder / "signed", file.partial);
        return {};
    }};
    REQUIRE(problem_of(export_frames(film(3), target)) == "");
    CHECK(probe(target.file)->video()->frames == 3);
}

TEST_CASE("A finisher that fails, or that breaks the file, ends the export with nothing left behind")
{
    const TemporaryFolder folder;
    for (const std::string& kind : {std::string("prores-422-proxy"), std::string("png16")}) {
        ExportTarget target = to(folder / "a", kind);
        target.finishers = {[](const FinishedPartial&) -> core::Result<void> {
            return core::make_error(core::ErrorKind::io, "The key can't be read.");
        }};
        CHECK(problem_of(export_frames(film(3), target)) == "The key can't be read.");
        CHECK(folder.names().empty());
        target.finishers = {[](const FinishedPartial& file) -> core::Result<void> {
            const fs::path victim = file.folder ? fs::directory_iterator(file.partial)->path() : file.partial;
            fs::resize_file(victim, fs::file_size(victim) / 2);
            return {};
        }};
        const auto written = export_frames(film(3), target);
        REQUIRE_FALSE(written);
        CHECK(written.error().message.find("didn't read back right") != std::string::npos);
        target.finishers = {[](const FinishedPartial& file) -> core::Result<void> {
            fs::remove_all(file.partial);
            return {};
        }};
        CHECK_FALSE(export_frames(film(3), target));
        CHECK(folder.names().empty());
    }
}

TEST_CASE("Media that vanishes or is cut short while it is exported ends the export in a sentence that names it")
{
    const TemporaryFolder folder;
    REQUIRE(problem_of(export_frames(film(40), to(folder / "clip.mp4", "take"))) == "");
    auto source = FileSource::open(folder / "clip.mp4");
    REQUIRE(problem_of(source) == "");
    fs::resize_file(folder / "clip.mp4", 2000);
    ClipExport job;
    job.source = source->get();
    job.target = to(folder / "a.mov", "prores-422-proxy");
    const auto written = export_clip(job);
    REQUIRE_FALSE(written);
    CHECK(written.error().message.find("clip.mp4") != std::string::npos);
    CHECK(folder.names() == std::vector<std::string>{"clip.mp4"});
    fs::remove(folder / "clip.mp4");
    const auto gone = FileSource::open(folder / "clip.mp4");
    REQUIRE_FALSE(gone);
    CHECK(gone.error().message.find("clip.mp4") != std::string::npos);
}

TEST_CASE("A damaged clip gives the frames it has to a master")
{
    const TemporaryFolder folder;
    REQUIRE(problem_of(export_frames(numbered_clip(48), to(folder / "clip.mp4", "take"))) == "");
    fs::resize_file(folder / "clip.mp4", fs::file_size(folder / "clip.mp4") * 6 / 10);
    auto source = FileSource::open(folder / "clip.mp4");
    REQUIRE(problem_of(source) == "");
    const int left = (*source)->info().frames;
    CHECK((*source)->damage() == std::to_string(left) + " of 48 frames can be read");
    ClipExport job;
    job.source = source->get();
    job.target = to(folder / "a.mov", "prores-422-proxy");
    const auto written = export_clip(job);
    REQUIRE(problem_of(written) == "");
    CHECK(written->frames == left);
}
