// The window while a master is being written. It measures, so it runs in the process of the load tests.
#include <QElapsedTimer>
#include <QToolButton>
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/media/probe.h"
#include "tests/ui/storyboard_film.h"
#include "tests/ui/studio_fixture.h"
#include "ui/meter/metered_application.h"
#include "ui/window/export_popover.h"
#include "ui/window/top_bar.h"

using namespace kinora;
using kinora::tests::Studio;

namespace {

/// Passes of the event loop in which this thread itself computed for longer than a picture lasts; what it waited for a core
/// that encoders have isn't its own.
int computed_stalls(const ui::StallMeter& meter)
{
    return static_cast<int>(std::count_if(meter.stalls().begin(), meter.stalls().end(),
                                          [](const ui::Stall& stall) { return stall.cpu > ui::StallMeter::k_limit; }));
}

}  // namespace

TEST_CASE("The window answers keys while a storyboard is exported to a master", "[load]")
{
    Studio studio;
    tests::make_film(studio, 40);
    tests::settle(studio);
    studio.session->set_export_range(core::FrameRange{0, 240});
    auto choice = studio.session->export_choice();
    choice.scope = ui::ExportScope::storyboard;
    choice.delivery.preset = "prores-422-hq";
    studio.session->set_export_choice(choice);
    auto* meter = ui::MeteredApplication::running_meter();
    REQUIRE(meter != nullptr);
    studio.key(Qt::Key_E, Qt::ControlModifier);
    const auto exporting = [&]() -> const core::Job* {
        for (const auto& job : studio.session->desk().jobs())
            if (job.kind == ui::k_export_kind && job.state == core::JobState::running) return &job;
        return nullptr;
    };
    Studio::wait_for([&] { return exporting() != nullptr; }, "the export to begin");
    QApplication::processEvents();
    meter->reset();
    int keys = 0;
    QElapsedTimer time;
    time.start();
    while (exporting() != nullptr && time.elapsed() < 20'000) {
        studio.key(keys % 40 < 20 ? Qt::Key_Right : Qt::Key_Left);
        ++keys;
        QTest::qWait(5);
    }
    const int stalls = computed_stalls(*meter);
    const auto figures = meter->figures();
    INFO(keys << " keys, " << stalls << " stalls of this thread's own, median " << figures.p50 << " ms, p99 " << figures.p99
              << " ms, worst " << figures.worst << " ms");
    CHECK(keys > 20);
    CHECK(stalls <= 4);
    CHECK(figures.p50 < 16);
    studio.wait_until_idle();
    for (const auto& job : studio.session->desk().jobs()) {
        if (job.kind != ui::k_export_kind) continue;
        INFO(job.error);
        REQUIRE(job.state == core::JobState::done);
        const auto files = nlohmann::json::parse(job.result).at("files");
        CHECK(media::probe(files.at(0).get<std::string>())->video()->frames == 240);
    }
    WARN(keys << " keys while exporting: " << stalls << " stalls, median " << figures.p50 << " ms, p99 " << figures.p99
              << " ms, worst " << figures.worst << " ms");
}
