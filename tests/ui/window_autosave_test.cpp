#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/project/project_store.h"
#include "tests/ui/studio_fixture.h"

// Times are those that the program goes by, on its own clock: when a save is due, when it begins, when it is on disk. What a
// busy machine adds between the first two is no fault of it and left out.

using namespace kinora;
using kinora::tests::Studio;
using Clock = core::AutosavePolicy::Clock;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds k_promised{2000};

/// Watches one save: what was written, and when it was due, begun and on disk.
class SaveWatch {
public:
    explicit SaveWatch(Studio& studio) : studio_(studio), keeper_(studio.session->keeper())
    {
        Studio::wait_for([this] { return keeper_.state() == ui::SaveState::saved; }, "a project without changes");
        QObject::connect(&keeper_, &ui::ProjectKeeper::state_changed, &receiver_, [this] { look(); });
    }

    /// To be called after each change: when it will be written at the latest.
    void changed()
    {
        if (!first_) first_ = Clock::now();
        if (const auto due = keeper_.save_due()) {
            due_ = *due;
            CHECK(due_ <= *first_ + milliseconds(1500));
        }
    }

    [[nodiscard]] bool begun() const { return begun_.has_value(); }
    [[nodiscard]] bool done() const { return done_.has_value(); }
    [[nodiscard]] const std::string& prompt() const { return prompt_; }
    [[nodiscard]] milliseconds took() const
    {
        const auto late = std::max(Clock::duration::zero(), *begun_ - due_);
        return std::chrono::duration_cast<milliseconds>(*done_ - *first_ - late);
    }

private:
    void look()
    {
        if (keeper_.state() == ui::SaveState::saving && !begun_) {
            begun_ = Clock::now();
            prompt_ = studio_.session->shot()->prompt;
        } else if (begun_ && !done_) {
            done_ = Clock::now();
            CHECK(keeper_.state() != ui::SaveState::failed);
        }
    }

    Studio& studio_;
    ui::ProjectKeeper& keeper_;
    QObject receiver_;
    std::optional<Clock::time_point> first_, begun_, done_;
    Clock::time_point due_;
    std::string prompt_;
};

nlohmann::json document_in(const std::filesystem::path& folder)
{
    return nlohmann::json::parse(*core::read_file(folder / "project.json"));
}

}  // namespace

TEST_CASE("a change is on disk within two seconds, without being asked for", "[window]")
{
    Studio studio;
    SaveWatch watch(studio);
    studio.type(QStringLiteral("a lighthouse in the fog"));
    watch.changed();
    Studio::wait_for([&] { return watch.done(); }, "the save");
    CHECK(watch.took() <= k_promised);
    std::printf("a change is on disk after %d ms\n", static_cast<int>(watch.took().count()));
    CHECK(document_in(studio.session->folder()).at("shots").at(0).at("prompt") == "a lighthouse in the fog");
    CHECK(studio.session->keeper().state() == ui::SaveState::saved);
}

TEST_CASE("somebody who types on and on can't put the save off", "[window]")
{
    Studio studio;
    SaveWatch watch(studio);
    int letters = 0;
    while (!watch.begun() && letters < 20'000) {
        studio.type(QString(QLatin1Char(static_cast<char>('a' + letters++ % 26))));
        if (!watch.begun()) watch.changed();
        QApplication::processEvents(QEventLoop::AllEvents, 10);
    }
    REQUIRE(watch.begun());
    Studio::wait_for([&] { return watch.done(); }, "the save");
    CHECK(watch.took() <= k_promised);
    std::printf("after %d letters without a pause the first is on disk after %d ms\n", letters,
                static_cast<int>(watch.took().count()));
    const std::string written = document_in(studio.session->folder()).at("shots").at(0).at("prompt");
    CHECK_FALSE(written.empty());
    CHECK(written == watch.prompt());
}

TEST_CASE("what a newer Kinora wrote into a project is still there after an edit in the window", "[window]")
{
    Studio studio;
    const auto folder = studio.session->places().projects / "Older";
    {
        auto made = core::create_project(folder, {.name = "Older"});
        REQUIRE(made);
        made->project.shots.emplace_back(core::make_shot("a quay"));
        REQUIRE(made->store.save(made->project));
    }
    auto json = document_in(folder);
    json["hologram"] = {{"depth", 3}};
    json["shots"][0]["scent"] = "tar";
    std::ofstream(folder / "project.json") << json.dump();
    studio.session->open_project(folder);
    Studio::wait_for([&] { return studio.session->folder() == folder; }, "the project");
    SaveWatch watch(studio);
    studio.type(QStringLiteral(", gulls"));
    watch.changed();
    Studio::wait_for([&] { return watch.done(); }, "the save");
    const auto after = document_in(folder);
    CHECK(after.at("shots").at(0).at("prompt") == "a quay, gulls");
    CHECK(after.at("hologram").at("depth") == 3);
    CHECK(after.at("shots").at(0).at("scent") == "tar");
}
