#include <QApplication>
#include <QDir>
#include <QToolButton>

#include "app/studio/engine.h"
#include "core/base/paths.h"
#include "core/media/probe.h"
#include "core/project/project_store.h"
#include "tests/studio/hand.h"
#include "ui/player/player_widget.h"
#include "ui/window/top_bar.h"

using namespace kinora;
using kinora::tests::Studio;
using kinora::tests::wait_long;

namespace {

constexpr int k_frames = 33;

std::filesystem::path resources()
{
    const auto folder = core::resources_dir();
    REQUIRE(folder);
    return *folder;
}

std::size_t take_count(const Studio& studio)
{
    return studio.session->shot() ? studio.session->shot()->takes.size() : 0;
}

int step_now(const Studio& studio)
{
    const auto* job = studio.session->desk().job_of_shot(studio.session->selected_shot());
    return job ? job->progress.step : 99;
}

/// The README's picture is this one: `KINORA_UPDATE_PICTURES=1` writes it where the README looks for it.
void save_picture(Studio& studio)
{
    studio.screenshot(QStringLiteral("studio-starter"));
    if (!qEnvironmentVariableIsSet("KINORA_UPDATE_PICTURES")) return;
    const auto target = resources() / "pictures" / "studio.png";
    REQUIRE(studio.window->grab().save(QString::fromStdString(core::path_to_utf8(target))));
}

}  // namespace

TEST_CASE("a first start with the starter: the sample project, a prompt, a moving preview, a take, a master", "[window]")
{
    Studio studio(studio::make_engine(), resources() / "sample");
    REQUIRE(studio.session->project().shots.size() >= 2);
    const std::size_t takes = take_count(studio);

    // Typing works at once: the prompt has the focus.
    studio.key(Qt::Key_A, Qt::ControlModifier);
    studio.type(QStringLiteral("a red balloon rises over green hills at sunset, slow pan right"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    wait_long([&] { return studio.window->player()->content() == ui::PlayerWidget::Content::preview; },
              "the preview of a running job");
    wait_long([&] { return step_now(studio) >= 6; }, "step 6");
    studio.screenshot(QStringLiteral("studio-starter-preview"));
    wait_long([&] { return take_count(studio) == takes + 1 && studio.session->desk().unfinished() == 0; }, "the take");
    const core::Take take = studio.session->shot()->takes.back();
    REQUIRE(take.frames == k_frames);
    REQUIRE(take.recipe);
    REQUIRE(take.recipe->model_id == "starter");

    Studio::wait_for([&] { return studio.window->player()->frame_count() == k_frames; }, "the take in the player");
    studio.window->player()->seek(k_frames / 2);
    Studio::wait_for([&] { return !studio.window->player()->picture().isNull(); }, "its picture");
    for (int quiet = 0; quiet < 20; ++quiet)
        QTest::qWait(20);  // filmstrips come from a thread of their own
    save_picture(studio);

    studio.click(studio.window->top_bar()->export_button());
    wait_long([&] { return studio.session->desk().unfinished() == 0; }, "the export");
    REQUIRE(QApplication::activeModalWidget() == nullptr);
    const QDir exports(QString::fromStdString(core::path_to_utf8(studio.session->keeper().store()->folder() / "exports")));
    const auto files = exports.entryList({QStringLiteral("*.mov")}, QDir::Files);
    REQUIRE(files.size() == 1);
    const auto file = media::probe(core::path_from_utf8(exports.filePath(files.first()).toStdString()));
    REQUIRE(file);
    const auto* video = file->video();
    REQUIRE(video);
    CHECK(video->codec == "prores");
    CHECK(video->pixel_format == "yuv422p10le");
    CHECK(video->frames == k_frames);
    CHECK(video->rate == core::FrameRate(12));
    CHECK(video->colour.matrix == "bt709");
}
