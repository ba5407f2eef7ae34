#include <QTemporaryDir>

#include "app/studio/engine.h"
#include "inference/pipeline/latents_file.h"
#include "tests/ui/studio_fixture.h"

using namespace kinora;
using kinora::tests::Studio;

namespace {

ui::SessionPlaces places_in(const QTemporaryDir& folder)
{
    const std::filesystem::path root = folder.path().toStdString();
    ui::SessionPlaces places;
    places.state = root / "state";
    places.projects = root / "projects";
    std::filesystem::create_directories(places.state);
    std::filesystem::create_directories(places.projects);
    return places;
}

void open(ui::StudioSession& session)
{
    session.start();
    Studio::wait_for([&] { return session.keeper().store() != nullptr && !session.models().empty(); }, "a project");
}

}  // namespace

TEST_CASE("a clip that is paused goes on after a restart, to the bits of one that wasn't")
{
    QTemporaryDir folder;
    const auto places = places_in(folder);
    std::string job;
    std::filesystem::path take;
    {
        ui::StudioSession session(studio::make_engine(), places);
        open(session);
        session.set_prompt(QStringLiteral("a red balloon rises over green hills at sunset"));
        auto settings = session.shot()->settings;
        settings.frames = 17;
        settings.seed = 5;
        settings.seed_mode = core::SeedMode::locked;
        session.set_settings(settings);
        session.generate();
        Studio::wait_for([&] { return !session.desk().jobs().empty() && session.desk().jobs().front().progress.step >= 4; },
                         "step 4");
        job = session.desk().jobs().front().id;
        take = session.folder() / "takes" / job;
        session.desk().pause(job);
        Studio::wait_for([&] { return session.desk().job(job)->state == core::JobState::paused; }, "the pause");
        REQUIRE(std::filesystem::exists(take / "checkpoint.safetensors"));
    }
    ui::StudioSession session(studio::make_engine(), places);
    open(session);
    Studio::wait_for([&] { return session.desk().job(job) != nullptr; }, "the job of before");
    REQUIRE(session.desk().job(job)->state == core::JobState::paused);
    REQUIRE(session.shot()->takes.empty());
    session.desk().go_on(job);
    Studio::wait_for([&] { return session.shot()->takes.size() == 1; }, "the take");
    REQUIRE_FALSE(std::filesystem::exists(take / "checkpoint.safetensors"));
    session.generate();
    Studio::wait_for([&] { return session.shot()->takes.size() == 2; }, "one without a break");
    const auto latents_of = [&](std::size_t index) {
        auto saved = inference::load_latents(session.folder() / session.shot()->takes[index].latents);
        REQUIRE(saved);
        return saved->latents.values;
    };
    REQUIRE(latents_of(0) == latents_of(1));
}

TEST_CASE("what is stopped and kept becomes a take that tells its step, and its loop a take of that")
{
    QTemporaryDir folder;
    ui::StudioSession session(studio::make_engine(), places_in(folder));
    open(session);
    session.set_prompt(QStringLiteral("a white boat on the sea at noon"));
    session.generate();
    Studio::wait_for([&] { return !session.desk().jobs().empty() && session.desk().jobs().front().progress.step >= 5; },
                     "step 5");
    session.desk().stop_and_keep(session.desk().jobs().front().id);
    Studio::wait_for([&] { return session.shot()->takes.size() == 1; }, "the take");
    const auto& recipe = *session.shot()->takes[0].recipe;
    REQUIRE(recipe.stop_after >= 5);
    REQUIRE(recipe.stop_after < recipe.steps);
    REQUIRE(session.shot()->takes[0].frames == 33);
}
