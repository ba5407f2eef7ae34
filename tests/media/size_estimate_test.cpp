#include "core/export/size_estimate.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <map>
#include <random>

#include "core/export/clip_export.h"
#include "core/export/plan_run.h"
#include "core/export/take_files.h"
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

/// A source whose pictures a function makes.
class MadeSource final : public FrameSource {
public:
    using Make = std::function<void(std::int64_t number, core::FrameSequence& picture)>;
    MadeSource(SourceInfo info, Make make) : info_(info), make_(std::move(make)) {}
    SourceInfo info() const override { return info_; }
    FrameOrigin origin() const override { return FrameOrigin::floats; }
    core::Result<core::FrameSequence> frames(FrameRange range, std::stop_token) override
    {
        core::FrameSequence all{static_cast<int>(range.length()), info_.height, info_.width, info_.rate, {}};
        core::FrameSequence one{1, info_.height, info_.width, info_.rate, {}};
        for (std::int64_t n = range.first; n < range.end; ++n) {
            one.rgb.assign(one.frame_size(), 0);
            make_(n, one);
            all.rgb.insert(all.rgb.end(), one.rgb.begin(), one.rgb.end());
        }
        return all;
    }

private:
    SourceInfo info_;
    Make make_;
};

/// Soft hills under a sky, drifting, with grain of a film camera's strength.
void grainy_hills(std::int64_t number, core::FrameSequence& picture)
{
    std::mt19937 random(static_cast<unsigned>(number));
    const auto time = static_cast<float>(number);
    std::size_t at = 0;
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const float across = static_cast<float>(x) + 1.5F * time;
            const float hill = 100 + 30 * std::sin(across * 0.03F) + 12 * std::sin(across * 0.11F + 1);
            const bool sky = static_cast<float>(y) < hill;
            const float light = sky ? 0.5F + 0.3F * static_cast<float>(y) / hill : 0.2F + 0.1F * std::sin(across * 0.7F);
            const float grain = (static_cast<float>(random() & 0xFFFFU) / 65536.0F - 0.5F) * 0.06F;
            picture.rgb[at++] = light * (sky ? 0.7F : 0.5F) + grain;
            picture.rgb[at++] = light * 0.8F + grain;
            picture.rgb[at++] = light * (sky ? 1.0F : 0.3F) + grain;
        }
    }
}

/// Flat shapes on a flat ground, cut hard every second, as in drawn films.
void flat_shapes(std::int64_t number, core::FrameSequence& picture)
{
    const auto scene = static_cast<int>(number / 24);
    const auto time = static_cast<int>(number % 24);
    std::size_t at = 0;
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const int dx = x - 40 - time * (4 + scene % 3), dy = y - 96 + (scene % 4) * 10;
            const bool inside = dx * dx + dy * dy < 45 * 45;
            const bool floor = y > 150;
            picture.rgb[at++] = inside ? 0.9F : floor ? 0.3F : 0.1F * static_cast<float>(scene % 5);
            picture.rgb[at++] = inside ? 0.4F : floor ? 0.25F : 0.6F;
            picture.rgb[at++] = inside ? 0.1F : floor ? 0.2F : 0.7F;
        }
    }
}

std::vector<fs::path> sample_clips()
{
    std::vector<fs::path> clips;
    for (const auto& entry : fs::directory_iterator(source_dir() / "resources" / "sample" / "takes"))
        if (fs::exists(entry.path() / "clip.mp4")) clips.push_back(entry.path() / "clip.mp4");
    std::sort(clips.begin(), clips.end());
    return clips;
}

/// The sample's takes one after the other, as one long clip.
class JoinedSource final : public FrameSource {
public:
    explicit JoinedSource(const std::vector<fs::path>& files)
    {
        for (const fs::path& file : files) {
            auto part = FileSource::open(file);
            REQUIRE(problem_of(part) == "");
            const SourceInfo info = (*part)->info();
            info_.frames += info.frames;
            info_.width = info.width;
            info_.height = info.height;
            info_.rate = info.rate;
            parts_.push_back(std::move(*part));
        }
    }
    SourceInfo info() const override { return info_; }
    core::Result<core::FrameSequence> frames(FrameRange range, std::stop_token stop) override
    {
        core::FrameSequence all{static_cast<int>(range.length()), info_.height, info_.width, info_.rate, {}};
        std::int64_t first = 0;
        for (const auto& part : parts_) {
            const FrameRange whole{first, first + part->info().frames};
            first = whole.end;
            const FrameRange wanted = core::intersection(range, whole);
            if (wanted.empty()) continue;
            auto frames = part->frames({wanted.first - whole.first, wanted.end - whole.first}, stop);
            if (!frames) return frames.error();
            all.rgb.insert(all.rgb.end(), frames->rgb.begin(), frames->rgb.end());
        }
        return all;
    }

private:
    SourceInfo info_;
    std::vector<std::unique_ptr<FileSource>> parts_;
};

struct Ratios {
    double measured = 0;
    double quick = 0;
};

/// Estimates over what comes out.
Ratios ratios_of(FrameSource& source, const Preset& preset, const fs::path& file)
{
    const SourceInfo info = source.info();
    ClipExport job;
    job.source = &source;
    job.rate = core::FrameRate(24);
    job.target.preset = preset.id;
    job.target.file = file;
    const auto written = export_clip(job);
    REQUIRE(problem_of(written) == "");
    const auto size = static_cast<double>(bytes_on_disk(written->file));
    SizeQuestion question{&source, {0, info.frames}, &preset, ColourSpace::bt709, {}};
    question.rate = core::FrameRate(24);
    question.frames = written->frames;
    const auto bytes = measure_bytes(question, {});
    REQUIRE(problem_of(bytes) == "");
    const auto quick = static_cast<double>(estimate_bytes(preset, info.width, info.height, written->frames));
    return {static_cast<double>(*bytes) / size, quick / size};
}

void check_estimates(FrameSource& source)
{
    const TemporaryFolder folder;
    for (const Preset& preset : presets()) {
        if (preset.use == PresetUse::internal) continue;
        INFO(preset.id);
        const Ratios ratios = ratios_of(source, preset, folder / preset.id);
        CAPTURE(ratios.measured, ratios.quick);
        CHECK(ratios.measured == Approx(1.0).margin(0.3));
        fs::remove_all(folder / preset.id);
    }
}

}  // namespace

TEST_CASE("Estimates of size are within 30 % of what comes out in every preset, for the sample's takes one after the other")
{
    const auto clips = sample_clips();
    REQUIRE(clips.size() >= 4);
    JoinedSource takes(clips);
    check_estimates(takes);
}

TEST_CASE("Estimates of size are within 30 % of what comes out in every preset, for grain")
{
    MadeSource grain({320, 192, 120, core::FrameRate(24)}, grainy_hills);
    check_estimates(grain);
}

TEST_CASE("Estimates of size are within 30 % of what comes out in every preset, for drawn shapes")
{
    MadeSource shapes({320, 192, 120, core::FrameRate(24)}, flat_shapes);
    check_estimates(shapes);
}

TEST_CASE("Estimates of a storyboard's size hold although only some takes are looked at, and those by their preview clips")
{
    const TemporaryFolder folder;
    auto opened = core::create_project(folder / "film", {"Film", core::FrameRate(24), 256, 144});
    REQUIRE(problem_of(opened) == "");
    std::map<std::string, core::FrameSequence> floats;
    core::Project project = opened->project;
    for (int i = 0; i < 7; ++i) {
        const SourceInfo info{256, 144, 30, core::FrameRate(24)};
        MadeSource made(info, [i](std::int64_t number, core::FrameSequence& picture) {
            i % 2 == 0 ? grainy_hills(number + 31 * i, picture) : flat_shapes(number + 24 * i, picture);
            // What a decoder gives is nowhere exactly flat.
            std::mt19937 random(static_cast<unsigned>(number) + 1000U);
            for (float& value : picture.rgb)
                value += (static_cast<float>(random() & 0xFFFFU) / 65536.0F - 0.5F) / 255.0F;
        });
        auto take = opened->store.new_take("take" + std::to_string(i));
        REQUIRE(problem_of(take) == "");
        core::GeneratedClip clip;
        clip.frames = *made.frames({0, 30}, {});
        floats[take->id] = clip.frames;
        REQUIRE(problem_of(save_take(clip, *take, opened->store, {})) == "");
        core::Shot shot = core::make_shot("shot " + std::to_string(i));
        shot.selected_take = take->id;
        shot.range = {3, 27};
        shot.takes.push_back(*take);
        project.shots.emplace_back(shot);
    }
    ExportServices services;
    services.source = [&](const core::Shot&, const core::Take& take) -> core::Result<std::shared_ptr<FrameSource>> {
        return std::shared_ptr<FrameSource>(
            std::make_shared<MemorySource>(std::make_shared<core::FrameSequence>(floats.at(take.id))));
    };
    const auto clip_of = [&](const core::Take& take) { return opened->store.folder() / take.clip; };
    for (const Preset& preset : presets()) {
        if (preset.use == PresetUse::internal) continue;
        INFO(preset.id);
        ExportPlan plan;
        plan.what = ExportWhat::storyboard;
        plan.delivery.preset = preset.id;
        ExportPlace place;
        place.folder = folder / "out";
        fs::create_directory(place.folder);
        const auto outcome = run_export_plan(project, plan, place, services);
        REQUIRE(problem_of(outcome) == "");
        const auto measured = measure_plan_bytes(project, plan, clip_of, {});
        REQUIRE(problem_of(measured) == "");
        const double ratio = static_cast<double>(*measured) / static_cast<double>(bytes_on_disk(outcome->files[0].file));
        CAPTURE(ratio);
        CHECK(ratio == Approx(1.0).margin(0.3));
        fs::remove_all(place.folder);
    }
}
