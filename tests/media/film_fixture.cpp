#include "tests/media/film_fixture.h"

#include <catch2/catch.hpp>

#include "core/media/import_media.h"
#include "core/storyboard/sound_edits.h"
#include "tests/media/sound_fixtures.h"

namespace kinora::tests {
namespace {

core::Recipe recipe(const std::string& prompt)
{
    core::Recipe recipe;
    recipe.prompt = prompt;
    recipe.spans = {{prompt, 1.0F, 0, -1}};
    recipe.model_id = "starter";
    recipe.width = 128;
    recipe.height = 64;
    recipe.frames = 24;
    recipe.rate = core::FrameRate(12);
    recipe.steps = 20;
    recipe.seed = 7;
    return recipe;
}

}  // namespace

Film::Film(int width, int height)
{
    project.id = "film";
    project.name = "Harbour & sea";
    project.width = width;
    project.height = height;
    add("the harbour", {core::FrameRate(12), core::FrameRate(16)}, {4, 16});
    add("the sea", {core::FrameRate(24)}, {2, 20});
    project.shots[1].update([](core::Shot& shot) { shot.transition = {core::TransitionKind::dissolve, 6, {}}; });
    write_wav(folder / "sea.wav", clicks(96'000, {40'000}, 0.5F), 48'000);
    auto sound = media::describe_media(folder / "sea.wav");
    REQUIRE(sound);
    const auto asset = core::add_asset(project, *sound);
    REQUIRE(asset);
    REQUIRE(core::place_sound(project, "", *asset, 6, core::SampleRange{30'000, 60'000}));
    REQUIRE(core::check_invariants(project).empty());
    services.source = [width, height](const core::Shot&,
                                      const core::Take& take) -> core::Result<std::shared_ptr<media::FrameSource>> {
        const auto frames = static_cast<int>(take.frames);
        return std::shared_ptr<media::FrameSource>(std::make_shared<media::MemorySource>(
            std::make_shared<core::FrameSequence>(numbered_clip(frames, width, height, take.rate))));
    };
    services.locate = [](const std::string& file) { return std::filesystem::path(file); };
    services.finishers = media::provenance_finishers({}, notes);
}

void Film::add(const std::string& prompt, const std::vector<core::FrameRate>& rates, core::FrameRange range)
{
    core::Shot shot = core::make_shot(prompt);
    for (const core::FrameRate rate : rates) {
        core::Take take;
        take.id = "take" + std::to_string(project.shots.size()) + "x" + std::to_string(shot.takes.size());
        take.number = static_cast<int>(shot.takes.size()) + 1;
        take.frames = 24;
        take.width = project.width;
        take.height = project.height;
        take.rate = rate;
        take.recipe = recipe(prompt);
        shot.takes.push_back(take);
    }
    shot.selected_take = shot.takes[0].id;
    shot.range = range;
    project.shots.emplace_back(shot);
}

media::WrittenFile Film::export_first_shot(const std::string& preset, bool recipe) const
{
    media::ExportPlan plan;
    plan.shots = {project.shots[0]->id};
    plan.delivery.preset = preset;
    plan.delivery.rate = core::FrameRate(24);
    plan.recipe = recipe;
    media::ExportPlace place;
    place.folder = folder.path();
    const auto outcome = run_export_plan(project, plan, place, services);
    REQUIRE(problem_of(outcome) == "");
    return outcome->files.at(0);
}

media::InterchangeExport Film::all() const
{
    using media::InterchangeFormat;
    media::InterchangeExport job;
    job.formats = {InterchangeFormat::otio, InterchangeFormat::otioz, InterchangeFormat::fcpxml, InterchangeFormat::xmeml,
                   InterchangeFormat::edl};
    job.file = folder / "Film.otio";
    job.preset = "prores-422-lt";
    job.handles = 4;
    return job;
}

}  // namespace kinora::tests
