#include <QListView>
#include <QPushButton>
#include <fstream>

#include "core/base/file.h"
#include "tests/ui/desk_files.h"
#include "tests/ui/desk_hand.h"
#include "ui/project/file_list.h"
#include "ui/project/project_rescuer.h"
#include "ui/project/rescue_sheets.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/project_commands.h"
#include "ui/window/window_actions.h"

// What is offered after a crash: always in the bar, never by a dialog.

using namespace kinora;
using kinora::tests::Studio;
namespace hand = kinora::tests::hand;
namespace fs = std::filesystem;

namespace {

/// A project with one take, left by another studio: closed properly, or as a crash leaves it.
fs::path make_project_with_take(Studio& studio)
{
    studio.type(QStringLiteral("a boat"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    tests::wait_until_saved(studio);
    const auto folder = studio.session->folder();
    studio.session->new_project(QStringLiteral("Other"));
    Studio::wait_for([&] { return studio.session->folder() != folder; }, "the other project");
    studio.session->desk().clear_finished();
    return folder;
}

void reopen(Studio& studio, const fs::path& folder)
{
    studio.session->open_project(folder);
    Studio::wait_for([&] { return studio.session->folder() == folder; }, "the project");
}

}  // namespace

TEST_CASE("after a crash, takes that no shot lists are offered in the bar and come back to their shot", "[window]")
{
    Studio studio;
    const auto folder = make_project_with_take(studio);
    std::string take;
    {
        // As if the studio had gone down after the take was rendered and before it was listed.
        auto opened = core::open_project(folder);
        REQUIRE(opened);
        take = opened->project.shots[0]->takes[0].id;
        opened->project.shots[0].update([](core::Shot& shot) {
            shot.takes.clear();
            shot.selected_take.clear();
        });
        REQUIRE(opened->store.save(opened->project));
    }
    std::ofstream(folder / ".open").flush();
    reopen(studio, folder);
    auto* bar = studio.window->message_bar();
    Studio::wait_for([&] { return bar->notice().text.contains(QStringLiteral("no shot lists")); }, "the offer");
    REQUIRE(QApplication::activeModalWidget() == nullptr);
    studio.click(bar->action_button());
    auto* sheet = studio.window->project_commands().lost_takes_sheet();
    REQUIRE(sheet->isVisible());
    Studio::wait_for([&] { return sheet->list()->rows().size() == 1; }, "the take");
    REQUIRE(sheet->list()->rows()[0].title.contains(QStringLiteral("a boat")));
    studio.click(sheet->all_button());
    REQUIRE(studio.session->project().shots.size() == 1);
    REQUIRE(studio.session->shot()->takes.size() == 1);
    REQUIRE(studio.session->shot()->takes[0].id == take);
    REQUIRE(sheet->list()->rows().empty());
    hand::key(Qt::Key_Escape);
    // It is a step, and can be taken back.
    studio.click(bar->action_button());
    REQUIRE(studio.session->shot()->takes.empty());
}

TEST_CASE("a backup newer than the project is offered after a crash, and taking it over can be undone", "[window]")
{
    Studio studio;
    const auto folder = make_project_with_take(studio);
    const auto document = core::read_file(folder / "project.json").value();
    auto later = document;
    const auto place = later.find("a boat");
    REQUIRE(place != std::string::npos);
    later.replace(place, 6, "a ship");
    std::ofstream(folder / "project.json") << later;
    REQUIRE(core::keep_backup(folder, std::chrono::time_point_cast<std::chrono::milliseconds>(
                                          std::chrono::system_clock::now() + std::chrono::seconds(5))));
    REQUIRE(core::write_file(folder / "project.json", document));
    fs::last_write_time(folder / "project.json", fs::file_time_type::clock::now() - std::chrono::minutes(5));
    reopen(studio, folder);
    auto* bar = studio.window->message_bar();
    Studio::wait_for([&] { return bar->notice().action == QStringLiteral("Take them over"); }, "the offer");
    REQUIRE(studio.session->shot()->prompt == "a boat");
    studio.click(bar->action_button());
    Studio::wait_for([&] { return studio.session->shot()->prompt == "a ship"; }, "the backup");
    REQUIRE(studio.session->shot()->takes.size() == 1);
    studio.click(bar->action_button());  // Undo
    REQUIRE(studio.session->shot()->prompt == "a boat");
}

TEST_CASE("earlier versions are listed and can be gone back to; takes made since stay", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("first words"));
    tests::wait_until_saved(studio);
    studio.key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    studio.type(QStringLiteral("second shot"));
    tests::wait_until_saved(studio);
    studio.session->select_shot(studio.session->project().shots[0]->id);
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    tests::wait_until_saved(studio);
    studio.window->actions()["project.backups"]->trigger();
    auto* sheet = studio.window->project_commands().backups_sheet();
    Studio::wait_for([&] { return sheet->list()->rows().size() >= 3; }, "the versions");
    // The newest is from before the take, the one before it from before the second shot.
    hand::click_row(sheet->list(), static_cast<int>(sheet->list()->rows().size()) - 1);
    studio.click(sheet->restore_button());
    Studio::wait_for([&] { return studio.session->project().shots.size() < 2; }, "the earlier version");
    REQUIRE_FALSE(sheet->isVisible());
    studio.session->undo();
    REQUIRE(studio.session->project().shots.size() == 2);
    REQUIRE(studio.session->project().shots[0]->takes.size() == 1);
}

TEST_CASE("a project that was closed properly offers nothing", "[window]")
{
    Studio studio;
    const auto folder = make_project_with_take(studio);
    reopen(studio, folder);
    studio.session->keeper().disk().wait();
    for (int round = 0; round < 20; ++round)
        QApplication::processEvents(QEventLoop::AllEvents, 10);
    REQUIRE(studio.window->message_bar()->notice().action != QStringLiteral("Show them"));
    REQUIRE(studio.window->message_bar()->notice().action != QStringLiteral("Take them over"));
}
