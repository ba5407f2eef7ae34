#include "core/export/kept_frames.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <set>

#include "core/export/clip_export.h"
#include "core/export/take_files.h"
#include "core/export/take_source.h"
#include "core/media/probe.h"
#include "tests/media/media_fixtures.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;

namespace {

/// A project on disk with takes that were really saved.
struct Film {
    TemporaryFolder folder;
    core::OpenedProject opened;

    Film() : opened(*core::create_project(folder / "film", {"Film", core::FrameRate(24), 128, 64})) {}

    core::Take save(const std::string& id, core::FrameSequence frames)
    {
        auto take = opened.store.new_take(id);
        REQUIRE(problem_of(take) == "");
        core::GeneratedClip clip;
        clip.frames = std::move(frames);
        REQUIRE(problem_of(save_take(clip, *take, opened.store, {})) == "");
        write_bytes(opened.store.folder() / take->latents, "latents");
        return *take;
    }
    [[nodiscard]] bool kept(const core::Take& take) const
    {
        return std::filesystem::exists(*kept_frames_file(opened.store, take));
    }
    [[nodiscard]] std::shared_ptr<TakeSource> source(const core::Take& take, DecodeLatents decode = {}) const
    {
        auto source = TakeSource::of(opened.store, take, std::move(decode), take.frames);
        REQUIRE(problem_of(source) == "");
        return *source;
    }
};

/// Finer than any 8 bits: a ramp over the whole clip.
core::FrameSequence fine(int frames)
{
    core::FrameSequence clip = plain_clip({}, 128, 64, frames);
    for (std::size_t i = 0; i < clip.rgb.size(); ++i)
        clip.rgb[i] = static_cast<float>(i % 4801) / 4800.0F;
    return clip;
}

std::string made_from(FrameSource& source, const std::filesystem::path& file)
{
    ClipExport job;
    job.source = &source;
    job.target.file = file;
    job.target.overwrite = OverwritePolicy::replace;
    REQUIRE(problem_of(export_clip(job)) == "");
    return probe(file)->metadata.at(k_origin_key);
}

}  // namespace

TEST_CASE("Half precision: every half comes back, and floats are rounded to the nearest even one")
{
    for (unsigned i = 0; i < 65536; ++i) {
        const auto half = static_cast<std::uint16_t>(i);
        const float value = from_half(half);
        if (std::isnan(value)) {
            CHECK(std::isnan(from_half(to_half(value))));
        } else if (to_half(value) != half) {
            FAIL("half " << i << " became " << to_half(value));
        }
    }
    CHECK(to_half(1.0F + 1.0F / 2048) == to_half(1.0F));
    CHECK(to_half(1.0F + 3.0F / 2048) == to_half(1.0F + 2.0F / 1024));
    CHECK(to_half(1e9F) == 0x7c00);
    CHECK(to_half(-1e-9F) == 0x8000);
    CHECK(from_half(to_half(std::numeric_limits<float>::infinity())) == std::numeric_limits<float>::infinity());
}

TEST_CASE("Packed frames come back as they went in, at half precision, in any part")
{
    const TemporaryFolder folder;
    const core::FrameSequence clip = fine(5);
    REQUIRE(problem_of(write_frame_pack(folder / "a.kinora", clip)) == "");
    const auto pack = FramePack::open(folder / "a.kinora");
    REQUIRE(problem_of(pack) == "");
    CHECK((*pack)->frames() == 5);
    CHECK((*pack)->rate() == clip.rate);
    const auto part = (*pack)->read({2, 4}, {});
    REQUIRE(problem_of(part) == "");
    REQUIRE(part->rgb.size() == clip.frame_size() * 2);
    for (std::size_t i = 0; i < part->rgb.size(); ++i) {
        const float wanted = clip.rgb[clip.frame_size() * 2 + i];
        if (part->rgb[i] != from_half(to_half(wanted))) FAIL("sample " << i);
    }
    CHECK(std::filesystem::file_size(folder / "a.kinora") < clip.rgb.size() * 2);
    CHECK_FALSE((*pack)->read({4, 6}, {}));
}

TEST_CASE("A damaged pack is said to be damaged, wherever it is")
{
    const TemporaryFolder folder;
    REQUIRE(write_frame_pack(folder / "a.kinora", fine(4)));
    const std::string whole = bytes_of(folder / "a.kinora");
    for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 60) {
        write_bytes(folder / "b.kinora", whole.substr(0, size));
        const auto pack = FramePack::open(folder / "b.kinora");
        REQUIRE_FALSE(pack);
        CHECK(pack.error().kind == core::ErrorKind::corrupt);
    }
    for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 200) {
        std::string bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x55);
        write_bytes(folder / "b.kinora", bytes);
        const auto pack = FramePack::open(folder / "b.kinora");
        if (pack) (void)(*pack)->read({0, (*pack)->frames()}, {});
    }
    CHECK(FramePack::open(folder / "none").error().kind == core::ErrorKind::not_found);
}

TEST_CASE("Frames are kept within the room that the artist gives, the oldest make way, and latents are never touched")
{
    Film film;
    const core::Take none = film.save("aaaaaaaaaaaa", fine(4));
    CHECK_FALSE(film.kept(none));
    REQUIRE(set_kept_frames_budget(film.opened.store.folder(), 1'000'000'000));
    CHECK(kept_frames_budget(film.opened.store.folder()) == 1'000'000'000);
    const core::Take first = film.save("bbbbbbbbbbbb", fine(4));
    REQUIRE(film.kept(first));
    const auto one = static_cast<std::int64_t>(std::filesystem::file_size(*kept_frames_file(film.opened.store, first)));
    CHECK(kept_frames_bytes(film.opened.store.folder()) == one);
    // The clock of a file system may be coarse: the first is made older by hand.
    std::filesystem::last_write_time(*kept_frames_file(film.opened.store, first),
                                     std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
    REQUIRE(set_kept_frames_budget(film.opened.store.folder(), one + one / 2));
    const core::Take second = film.save("cccccccccccc", fine(4));
    CHECK(film.kept(second));
    CHECK_FALSE(film.kept(first));
    CHECK(std::filesystem::exists(film.opened.store.folder() / first.latents));
    REQUIRE(set_kept_frames_budget(film.opened.store.folder(), 0));
    CHECK_FALSE(film.kept(second));
    CHECK(std::filesystem::exists(film.opened.store.folder() / second.clip));
}

TEST_CASE("A master is made from the best there is, and says from what")
{
    Film film;
    REQUIRE(set_kept_frames_budget(film.opened.store.folder(), 1'000'000'000));
    const core::FrameSequence exact = fine(4);
    const core::Take take = film.save("aaaaaaaaaaaa", exact);
    const auto decode = [&](const std::filesystem::path&, const core::Take&,
                            std::stop_token) -> core::Result<core::FrameSequence> { return exact; };
    const auto file = film.folder / "a.mov";

    const auto floats = film.source(take, decode);
    CHECK(made_from(*floats, file) == "float frames");
    CHECK(floats->note().empty());
    // Finer than 8 bits could have left it.
    const auto samples = raw_planes(file, "yuv422p10le");
    std::set<unsigned short> levels(samples.begin(), samples.begin() + 128 * 64);
    CHECK(levels.size() > 250);

    // A pack that turns out damaged: the latents serve.
    const auto pack = *kept_frames_file(film.opened.store, take);
    std::string bytes = bytes_of(pack);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x55);
    write_bytes(pack, bytes);
    CHECK(made_from(*film.source(take, decode), file) == "latents decoded again");
    std::filesystem::remove(pack);
    CHECK(made_from(*film.source(take, decode), file) == "latents decoded again");

    const auto preview = film.source(take);
    CHECK(made_from(*preview, file) == "8-bit preview clip");
    CHECK_FALSE(preview->note().empty());
    const auto failing = [](const std::filesystem::path&, const core::Take&,
                            std::stop_token) -> core::Result<core::FrameSequence> {
        return core::make_error(core::ErrorKind::corrupt, "The latents are damaged.");
    };
    const auto fallen = film.source(take, failing);
    CHECK(made_from(*fallen, file) == "8-bit preview clip");
    CHECK(fallen->note() == "The latents are damaged.");

    std::filesystem::remove(film.opened.store.folder() / take.clip);
    ClipExport job;
    const auto gone = film.source(take);
    job.source = gone.get();
    job.target.file = film.folder / "b.mov";
    const auto refused = export_clip(job);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("clip.mp4") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(film.folder / "b.mov"));
}
