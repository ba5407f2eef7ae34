#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <fstream>

#include "tests/ui/desk_files.h"
#include "tests/ui/desk_hand.h"
#include "ui/project/clean_up_sheet.h"
#include "ui/project/disk_cleaner.h"
#include "ui/project/file_list.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/project_commands.h"
#include "ui/window/window_actions.h"

using namespace kinora;
using core::CleanUpKind;
using kinora::tests::Studio;
namespace hand = kinora::tests::hand;
namespace fs = std::filesystem;

namespace {

/// Three takes: the first starred, the last chosen, the one between neither.
std::vector<core::Take> make_takes(Studio& studio)
{
    studio.type(QStringLiteral("a boat"));
    auto settings = studio.session->shot()->settings;
    settings.takes = 3;
    studio.session->set_settings(settings);
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(3);
    studio.session->star_take(studio.session->shot()->takes[0].id, true);
    return studio.session->shot()->takes;
}

ui::CleanUpSheet* open_sheet(Studio& studio)
{
    studio.window->actions()["project.clean-up"]->trigger();
    auto& project = studio.window->project_commands();
    Studio::wait_for([&] { return !project.cleaner().busy(); }, "the measuring");
    QApplication::processEvents();
    return project.clean_up_sheet();
}

void tick(Studio& studio, QCheckBox* box)
{
    box->setFocus();
    hand::key(Qt::Key_Space);
    REQUIRE(box->isChecked());
    static_cast<void>(studio);
}

}  // namespace

TEST_CASE("the clean-up shows what would go and how much it frees, and never touches starred or chosen takes", "[window]")
{
    Studio studio;
    const auto takes = make_takes(studio);
    auto* sheet = open_sheet(studio);
    auto& cleaner = studio.window->project_commands().cleaner();
    REQUIRE(cleaner.use().clips > 0);
    REQUIRE_FALSE(sheet->remove_button()->isEnabled());
    tick(studio, sheet->box(CleanUpKind::take));
    REQUIRE(sheet->list()->rows().size() == 1);
    REQUIRE(sheet->list()->rows()[0].title == QStringLiteral("Shot 1 · Take 2"));
    REQUIRE(sheet->remove_button()->text().startsWith(QStringLiteral("Remove 1 item, free")));
    // Nothing has gone yet.
    const auto folder = [&](const core::Take& take) { return studio.session->folder() / "takes" / take.id; };
    REQUIRE(fs::exists(folder(takes[1])));
    studio.click(sheet->remove_button());
    auto* bar = studio.window->message_bar();
    Studio::wait_for([&] { return bar->notice().tone == ui::Tone::good; }, "the clean-up");
    REQUIRE(bar->notice().text.contains(QStringLiteral("freed")));
    REQUIRE(fs::exists(folder(takes[0]) / "clip.mp4"));
    REQUIRE_FALSE(fs::exists(folder(takes[1])));
    REQUIRE(fs::exists(folder(takes[2]) / "clip.mp4"));
    REQUIRE(studio.session->shot()->takes.size() == 2);
    // Undo doesn't bring back what has no files, and the document on disk doesn't name it.
    while (studio.session->document().history().can_undo())
        studio.session->undo();
    for (const auto& take : studio.session->shot()->takes)
        REQUIRE(take.id != takes[1].id);
    const auto saved = core::read_project(*studio.session->keeper().store());
    REQUIRE(saved);
    REQUIRE(saved->shots[0]->takes.size() == 2);
}

TEST_CASE("a take that is starred after the list was made stays", "[window]")
{
    Studio studio;
    const auto takes = make_takes(studio);
    auto* sheet = open_sheet(studio);
    tick(studio, sheet->box(CleanUpKind::take));
    REQUIRE(sheet->list()->rows().size() == 1);
    studio.session->star_take(takes[1].id, true);
    studio.click(sheet->remove_button());
    studio.session->keeper().disk().wait();
    QApplication::processEvents();
    REQUIRE(fs::exists(studio.session->folder() / "takes" / takes[1].id / "clip.mp4"));
    REQUIRE(studio.session->shot()->takes.size() == 3);
}

TEST_CASE("what interrupted work left behind and unlisted takes go; what a job works on stays", "[window]")
{
    Studio studio;
    const auto takes = make_takes(studio);
    studio.session->select_take(takes[0].id);
    studio.session->remove_take(takes[2].id);
    tests::wait_until_saved(studio);
    // Its steps are gone with the session: only then no step of the history lists it.
    const auto folder = studio.session->folder();
    std::ofstream(folder / ".kinora-1234.partial") << std::string(50'000, 'x');
    studio.session->new_project(QStringLiteral("Other"));
    Studio::wait_for([&] { return studio.session->folder() != folder; }, "the other project");
    tests::age(folder);
    studio.session->open_project(folder);
    Studio::wait_for([&] { return studio.session->folder() == folder; }, "the project");
    studio.generator->hold_at(6);
    studio.session->generate();
    Studio::wait_for([&] { return studio.session->desk().unfinished() == 3; }, "a job that runs");
    const std::string running = studio.session->desk().jobs().back().id;
    auto* sheet = open_sheet(studio);
    REQUIRE(sheet->list()->rows().size() == 2);
    studio.click(sheet->remove_button());
    Studio::wait_for([&] { return studio.window->message_bar()->notice().tone == ui::Tone::good; }, "the clean-up");
    REQUIRE_FALSE(fs::exists(folder / ".kinora-1234.partial"));
    REQUIRE_FALSE(fs::exists(folder / "takes" / takes[2].id));
    REQUIRE(fs::exists(folder / "takes" / takes[0].id / "clip.mp4"));
    studio.generator->release();
    studio.wait_until_idle();
    REQUIRE(fs::exists(folder / "takes" / running / "clip.mp4"));
}
