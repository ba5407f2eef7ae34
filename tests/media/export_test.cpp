#include <catch2/catch.hpp>
#include <cmath>

#include "core/export/clip_export.h"
#include "core/export/naming.h"
#include "core/export/sequence_export.h"
#include "core/media/clip_reader.h"
#include "tests/media/media_fixtures.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

std::shared_ptr<MemorySource> source_of(core::FrameSequence clip)
{
    return std::make_shared<MemorySource>(std::make_shared<const core::FrameSequence>(std::move(clip)));
}

/// The numbers that the pictures of a file show, in order.
std::vector<int> numbers_of(const fs::path& file)
{
    auto reader = ClipReader::open(file);
    REQUIRE(problem_of(reader) == "");
    std::vector<int> numbers;
    for (int i = 0; i < (*reader)->info().frames; ++i) {
        const auto frame = (*reader)->frame(i);
        REQUIRE(problem_of(frame) == "");
        numbers.push_back(number_in((*frame)->picture));
    }
    return numbers;
}

/// Counts how its frames are asked for.
class CountingSource final : public FrameSource {
public:
    explicit CountingSource(core::FrameSequence clip) : clip_(std::move(clip)) {}
    SourceInfo info() const override { return {clip_.width, clip_.height, clip_.frames, clip_.rate}; }
    core::Result<core::FrameSequence> frames(FrameRange range, std::stop_token) override
    {
        rising_ = rising_ && range.first >= end_;
        end_ = range.end;
        if (broken_at_ >= range.first && broken_at_ < range.end) {
            return core::make_error(core::ErrorKind::corrupt, "Frame " + std::to_string(broken_at_) + " is gone.");
        }
        core::FrameSequence part{static_cast<int>(range.length()), clip_.height, clip_.width, clip_.rate, {}};
        for (auto i = range.first; i < range.end; ++i) {
            const auto frame = clip_.frame(static_cast<int>(i));
            part.rgb.insert(part.rgb.end(), frame.begin(), frame.end());
        }
        return part;
    }

    bool rising_ = true;
    std::int64_t end_ = 0;
    std::int64_t broken_at_ = -1;

private:
    core::FrameSequence clip_;
};

}  // namespace

TEST_CASE("A trimmed clip keeps exactly its frames and its own rate")
{
    const TemporaryFolder folder;
    for (const char* preset : {"prores-422-hq", "h264-review"}) {
        const auto source = source_of(numbered_clip(33));
        ClipExport job;
        job.source = source.get();
        job.range = FrameRange{5, 21};
        job.target.file = folder / (std::string(preset) + ".mov");
        job.target.preset = preset;
        std::vector<int> seen;
        const auto written = export_clip(job, [&](int done, int total) {
            seen.push_back(done);
            CHECK(total == 16);
        });
        REQUIRE(problem_of(written) == "");
        CHECK(written->frames == 16);
        CHECK(seen.size() == 16);
        std::vector<int> wanted;
        for (int i = 5; i < 21; ++i)
            wanted.push_back(i);
        CHECK(numbers_of(job.target.file) == wanted);
        CHECK(ffprobe(job.target.file)["r_frame_rate"] == "12/1");
    }
}

TEST_CASE("A clip conforms to delivery rates by repeating frames")
{
    const TemporaryFolder folder;
    for (const core::FrameRate rate :
         {core::FrameRate(24), core::FrameRate(25), core::FrameRate(30000, 1001), core::FrameRate(8)}) {
        const auto source = source_of(numbered_clip(13));
        ClipExport job;
        job.source = source.get();
        job.range = FrameRange{2, 12};
        job.rate = rate;
        job.target.file = folder / "clip.mov";
        job.target.overwrite = OverwritePolicy::replace;
        REQUIRE(problem_of(export_clip(job)) == "");
        std::vector<int> wanted;
        for (std::int64_t i = 0; i < core::conformed_length(10, core::FrameRate(12), rate); ++i) {
            wanted.push_back(static_cast<int>(2 + core::source_frame_at(i, core::FrameRate(12), rate)));
        }
        CHECK(numbers_of(job.target.file) == wanted);
        CHECK(ffprobe(job.target.file)["r_frame_rate"] ==
              std::to_string(rate.numerator) + "/" + std::to_string(rate.denominator));
    }
}

TEST_CASE("A saved take exports again with the same pictures")
{
    const TemporaryFolder folder;
    ExportTarget take;
    take.file = folder / "take.mp4";
    take.preset = "take";
    REQUIRE(problem_of(export_frames(numbered_clip(20), take)) == "");
    auto source = FileSource::open(take.file);
    REQUIRE(problem_of(source) == "");
    ClipExport job;
    job.source = source->get();
    job.range = FrameRange{3, 20};
    job.target.file = folder / "master.mov";
    REQUIRE(problem_of(export_clip(job)) == "");
    const auto numbers = numbers_of(job.target.file);
    REQUIRE(numbers.size() == 17);
    CHECK(numbers.front() == 3);
    CHECK(numbers.back() == 19);
}

TEST_CASE("Frames are taken in rising order, a few at a time")
{
    const TemporaryFolder folder;
    CountingSource source(numbered_clip(100));
    ClipExport job;
    job.source = &source;
    job.rate = core::FrameRate(30);
    job.target.file = folder / "clip.mp4";
    job.target.preset = "take";
    REQUIRE(problem_of(export_clip(job)) == "");
    CHECK(source.rising_);
    CHECK(source.end_ == 100);
}

TEST_CASE("A source that fails ends the export with its own sentence and no file")
{
    const TemporaryFolder folder;
    CountingSource source(numbered_clip(100));
    source.broken_at_ = 90;
    ClipExport job;
    job.source = &source;
    job.target.file = folder / "clip.mp4";
    job.target.preset = "take";
    CHECK(problem_of(export_clip(job)) == "Frame 90 is gone.");
    CHECK(folder.names().empty());
}

TEST_CASE("Empty and impossible ranges are refused")
{
    const TemporaryFolder folder;
    const auto source = source_of(numbered_clip(4));
    for (const FrameRange range : {FrameRange{2, 2}, FrameRange{3, 1}, FrameRange{-1, 2}, FrameRange{0, 5}}) {
        ClipExport job;
        job.source = source.get();
        job.range = range;
        job.target.file = folder / "clip.mov";
        CHECK(export_clip(job).error().kind == core::ErrorKind::invalid_argument);
    }
    ClipExport job;
    job.target.file = folder / "clip.mov";
    CHECK(export_clip(job).error().kind == core::ErrorKind::invalid_argument);
    CHECK(export_sequence({}).error().kind == core::ErrorKind::invalid_argument);
    job.source = source.get();
    job.target.preset = "prores-9000";
    const auto unknown = export_clip(job);
    CHECK(unknown.error().message.find("prores-422-hq") != std::string::npos);
    CHECK(unknown.error().message.find("take") == std::string::npos);
    CHECK(folder.names().empty());
}

TEST_CASE("Another shape is fitted with black bars or covers with its overhang cut")
{
    const core::FrameSequence wide = plain_clip({1, 1, 1}, 200, 50, 1);
    const auto fitted = fit_frame(wide.rgb, 200, 50, 100, 100, FitMode::fit);
    REQUIRE(problem_of(fitted) == "");
    const auto at = [](const std::vector<float>& rgb, int x, int y) {
        return rgb[(static_cast<std::size_t>(y) * 100 + x) * 3];
    };
    CHECK(at(*fitted, 50, 10) == 0.0F);
    CHECK(at(*fitted, 50, 50) == Approx(1.0F));
    CHECK(at(*fitted, 0, 50) == Approx(1.0F));
    CHECK(at(*fitted, 50, 90) == 0.0F);
    const auto covered = fit_frame(wide.rgb, 200, 50, 100, 100, FitMode::cover);
    REQUIRE(problem_of(covered) == "");
    CHECK(at(*covered, 0, 0) == Approx(1.0F));
    CHECK(at(*covered, 99, 99) == Approx(1.0F));

    // The middle of the picture stays in the middle: a red stripe at its centre.
    core::FrameSequence striped = plain_clip({0, 0, 0}, 200, 50, 1);
    for (int y = 0; y < 50; ++y) {
        for (int x = 96; x < 104; ++x)
            striped.rgb[(static_cast<std::size_t>(y) * 200 + x) * 3] = 1.0F;
    }
    const auto centre = fit_frame(striped.rgb, 200, 50, 100, 100, FitMode::cover);
    REQUIRE(problem_of(centre) == "");
    CHECK(at(*centre, 49, 50) > 0.9F);
    CHECK(at(*centre, 50, 50) > 0.9F);
    CHECK(at(*centre, 30, 50) < 0.1F);
}

TEST_CASE("Shrinking averages, so that no detail aliases")
{
    core::FrameSequence lines = plain_clip({0, 0, 0}, 256, 128, 1);
    for (std::size_t i = 0; i < lines.rgb.size(); ++i)
        lines.rgb[i] = (i / 3) % 2 == 0 ? 1.0F : 0.0F;
    const auto small = fit_frame(lines.rgb, 256, 128, 64, 32, FitMode::fit);
    REQUIRE(problem_of(small) == "");
    for (const float value : *small)
        CHECK(value == Approx(0.5F).margin(0.01));
}

TEST_CASE("Estimates of size are near what comes out for a master")
{
    const TemporaryFolder folder;
    core::FrameSequence clip = noise_clip(6, 640, 384);
    // A usual picture: smooth with some grain.
    const core::FrameSequence smooth = numbered_clip(6, 640, 384);
    for (std::size_t i = 0; i < clip.rgb.size(); ++i)
        clip.rgb[i] = 0.92F * smooth.rgb[i] + 0.08F * clip.rgb[i];
    for (const char* id : {"prores-422-hq", "prores-422", "prores-422-lt", "dnxhr-hqx"}) {
        ExportTarget target;
        target.file = folder / (std::string(id) + ".mov");
        target.preset = id;
        const auto written = export_frames(clip, target);
        REQUIRE(problem_of(written) == "");
        const double ratio =
            static_cast<double>(estimate_bytes(**find_preset(id), 640, 384, 6)) / static_cast<double>(written->bytes);
        INFO(id << " estimate/actual " << ratio);
        CHECK(ratio > 0.6);
        CHECK(ratio < 1.7);
    }
}

TEST_CASE("Names follow the pattern and stay inside the folder")
{
    const NameFields fields{"My film", 7, "2b", 42, "prores-422-hq"};
    CHECK(fill_pattern(k_default_pattern, fields) == "My film_007_2b_42");
    CHECK(fill_pattern("{shot}-{preset}-{unknown}-{", fields) == "7-prores-422-hq-{unknown}-{");
    CHECK(fill_pattern("{project}", {"../../etc/passwd", 1, "", 0, ""}) == "_.._etc_passwd");
    CHECK(fill_pattern("", fields) == "clip");
    CHECK(safe_name("...") == "clip");
    CHECK(safe_name("a\nb\tc/d\\e") == "a_b_c_d_e");
    CHECK(safe_name("Ünïcödé 影片") == "Ünïcödé 影片");
    std::string umlauts;
    for (int i = 0; i < 150; ++i)
        umlauts += "ü";
    CHECK(safe_name(umlauts).size() == 200);
    CHECK(safe_name("x" + umlauts).size() == 199);
}

TEST_CASE("A name that is taken gets a number")
{
    const TemporaryFolder folder;
    CHECK(unique_file(folder.path(), "clip", "mov") == folder / "clip.mov");
    write_bytes(folder / "clip.mov", "");
    CHECK(unique_file(folder.path(), "clip", "mov") == folder / "clip 2.mov");
    write_bytes(folder / "clip 2.mov", "");
    CHECK(unique_file(folder.path(), "clip", "mov") == folder / "clip 3.mov");
}

TEST_CASE("Every preset tells in a sentence what it is good for, and the first is the default master")
{
    CHECK(presets().front().id == k_default_preset);
    for (const Preset& preset : presets()) {
        INFO(preset.id);
        CHECK_FALSE(preset.name.empty());
        CHECK(preset.description.size() > 20);
        CHECK(preset.description.back() == '.');
        CHECK(*find_preset(preset.id) == &preset);
    }
    CHECK((*find_preset(k_take_preset))->use == PresetUse::internal);
}
