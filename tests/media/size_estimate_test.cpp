#include "core/export/size_estimate.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "core/export/clip_export.h"
#include "core/project/project_store.h"
#include "tests/media/media_fixtures.h"
#include "tests/paths.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

std::uintmax_t bytes_on_disk(const fs::path& file)
{
    if (!fs::is_directory(file)) return fs::file_size(file);
    std::uintmax_t bytes = 0;
    for (const auto& entry : fs::directory_iterator(file))
        bytes += entry.file_size();
    return bytes;
}

std::vector<fs::path> sample_clips()
{
    std::vector<fs::path> clips;
    for (const auto& entry : fs::directory_iterator(source_dir() / "resources" / "sample" / "takes"))
        if (fs::exists(entry.path() / "clip.mp4")) clips.push_back(entry.path() / "clip.mp4");
    std::sort(clips.begin(), clips.end());
    return clips;
}

}  // namespace

TEST_CASE("Estimates of size are within 30 % of what comes out, on the sample's clips, in every master and in H.264")
{
    const TemporaryFolder folder;
    const auto clips = sample_clips();
    REQUIRE(clips.size() >= 2);
    for (const Preset& preset : presets()) {
        if (preset.use != PresetUse::master && preset.id != k_review_preset) continue;
        double measured = 0, quick = 0, written = 0;
        for (std::size_t i = 0; i < 2; ++i) {
            auto source = FileSource::open(clips[i]);
            REQUIRE(problem_of(source) == "");
            const SourceInfo info = (*source)->info();
            ClipExport job;
            job.source = source->get();
            job.rate = core::FrameRate(24);
            job.target.preset = preset.id;
            job.target.file = folder / (preset.id + std::to_string(i));
            const auto file = export_clip(job);
            INFO(preset.id);
            REQUIRE(problem_of(file) == "");
            written += static_cast<double>(bytes_on_disk(file->file));
            SizeQuestion question{source->get(), {0, info.frames}, &preset, ColourSpace::bt709, {}};
            question.rate = core::FrameRate(24);
            question.frames = file->frames;
            const auto bytes = measure_bytes(question, {});
            REQUIRE(problem_of(bytes) == "");
            measured += static_cast<double>(*bytes);
            quick += static_cast<double>(estimate_bytes(preset, info.width, info.height, file->frames));
            fs::remove_all(file->file);
        }
        INFO(preset.id << ": measured " << measured / written << ", quick " << quick / written << " of what came out");
        CHECK(measured / written == Approx(1.0).margin(0.3));
        CHECK(quick / written > 0.2);
        CHECK(quick / written < 5.0);
    }
}
