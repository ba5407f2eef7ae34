#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/project/project_store.h"
#include "core/project/take_edits.h"
#include "core/storyboard/edits.h"
#include "tests/ui/desk_files.h"
#include "tests/ui/desk_hand.h"
#include "ui/project/media_finder.h"
#include "ui/project/project_sheets.h"
#include "ui/project/project_strip.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/project_commands.h"
#include "ui/window/top_bar.h"
#include "ui/window/window_actions.h"

// Projects from the window: new, open, save as, duplicate, read-only, and what the queue does meanwhile.

using namespace kinora;
using kinora::tests::Studio;
namespace hand = kinora::tests::hand;
namespace fs = std::filesystem;

TEST_CASE("a new project has the name, size and rate that were asked for", "[window]")
{
    Studio studio;
    const auto before = studio.session->folder();
    studio.key(Qt::Key_N, Qt::ControlModifier);
    auto* sheet = studio.window->project_commands().new_sheet();
    REQUIRE(sheet->isVisible());
    REQUIRE(sheet->name()->hasFocus());
    studio.type(QStringLiteral("Night ferry"));  // over the selected "Untitled"
    sheet->size()->setFocus();
    hand::key(Qt::Key_Down);
    sheet->rate()->setFocus();
    hand::key(Qt::Key_Down);
    studio.click(sheet->make_button());
    Studio::wait_for([&] { return studio.session->folder() != before; }, "the new project");
    const auto& project = studio.session->project();
    REQUIRE(project.name == "Night ferry");
    REQUIRE(project.width == 1280);
    REQUIRE(project.height == 720);
    REQUIRE(project.rate == core::FrameRate(25));
    REQUIRE(studio.session->folder().filename() == "Night ferry");
    REQUIRE_FALSE(sheet->isVisible());
    // Esc leaves everything as it is.
    studio.key(Qt::Key_N, Qt::ControlModifier);
    hand::key(Qt::Key_Escape);
    REQUIRE_FALSE(sheet->isVisible());
    REQUIRE(studio.session->folder().filename() == "Night ferry");
}

TEST_CASE("a project is opened by its folder", "[window]")
{
    Studio studio;
    const auto folder = studio.session->places().projects / "Harbour";
    {
        auto made = core::create_project(folder, {.name = "Harbour"});
        REQUIRE(made);
        made->project.shots.emplace_back(core::make_shot("fog"));
        REQUIRE(made->store.save(made->project));
    }
    studio.key(Qt::Key_O, Qt::ControlModifier);
    tests::answer_dialog(folder);
    Studio::wait_for([&] { return studio.session->project().name == "Harbour"; }, "the project");
    REQUIRE(studio.session->shot()->prompt == "fog");
    // One that isn't there is answered with a sentence, and this one stays.
    studio.session->open_project(studio.session->places().projects / "Nowhere");
    Studio::wait_for([&] { return studio.window->message_bar()->notice().tone == ui::Tone::bad; }, "the answer");
    REQUIRE(studio.session->project().name == "Harbour");
}

TEST_CASE("save as goes on in the copy with takes and the whole history; the original stays", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("a boat"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    const auto original = studio.session->folder();
    const auto steps = studio.session->document().history().size();
    studio.key(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    auto* sheet = studio.window->project_commands().save_as_sheet();
    REQUIRE(sheet->isVisible());
    studio.type(QStringLiteral("Second cut"));
    hand::key(Qt::Key_Return);
    Studio::wait_for([&] { return studio.session->folder() != original; }, "the copy");
    REQUIRE(studio.session->folder() == original.parent_path() / "Second cut");
    REQUIRE(studio.session->project().name == "Second cut");
    REQUIRE(studio.session->document().history().size() == steps);
    REQUIRE(fs::exists(studio.session->folder() / studio.session->shot()->takes.front().clip));
    studio.key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    tests::wait_until_saved(studio);
    const auto there = core::open_project(original);
    REQUIRE(there);
    REQUIRE(there->project.shots.size() == 1);
    REQUIRE(there->project.id != studio.session->project().id);
    REQUIRE(there->project.shots[0]->takes.size() == 1);
    const auto here = core::read_project(*studio.session->keeper().store());
    REQUIRE(here);
    REQUIRE(here->shots.size() == 2);
    // Undo reaches back to before.
    while (studio.session->document().history().can_undo())
        studio.session->undo();
    REQUIRE(studio.session->shot()->prompt.empty());
    REQUIRE(studio.session->project().name == "Second cut");
}

TEST_CASE("duplicate makes a copy beside the project and stays", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("a kite"));
    const auto here = studio.session->folder();
    studio.window->actions()["project.duplicate"]->trigger();
    auto* bar = studio.window->message_bar();
    Studio::wait_for([&] { return bar->notice().tone == ui::Tone::good; }, "the copy");
    REQUIRE(studio.session->folder() == here);
    studio.click(bar->action_button());  // Open
    Studio::wait_for([&] { return studio.session->folder() != here; }, "the copy to open");
    REQUIRE(studio.session->shot()->prompt == "a kite");
    REQUIRE(studio.session->project().name == "Untitled copy");
}

TEST_CASE("the copy of a large project shows how far it is and ends at a click, leaving nothing", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("a kite"));
    const auto here = studio.session->folder();
    // Empty places of a file take no room on the disk and as long to copy as others.
    fs::create_directories(here / "exports");
    std::ofstream(here / "exports" / "film.mov").put('x');
    fs::resize_file(here / "exports" / "film.mov", std::uintmax_t{4} << 30U);
    studio.window->actions()["project.duplicate"]->trigger();
    auto* bar = studio.window->message_bar();
    Studio::wait_for([&] { return bar->isVisible() && bar->notice().fraction > 0; }, "the first part of it");
    REQUIRE(bar->notice().action == QStringLiteral("Stop"));
    studio.click(bar->action_button());
    Studio::wait_for([&] { return !bar->isVisible(); }, "its end");
    REQUIRE(studio.session->folder() == here);
    for (const auto& entry : fs::directory_iterator(here.parent_path()))
        CHECK(entry.path() == here);
}

TEST_CASE("what runs goes on when the project changes, and its take goes where it belongs", "[window]")
{
    Studio studio;
    const auto first = studio.session->folder();
    studio.generator->hold_at(6);
    studio.type(QStringLiteral("a boat"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    Studio::wait_for([&] { return studio.session->desk().unfinished() == 1; }, "the job");
    studio.session->new_project(QStringLiteral("Another"));
    Studio::wait_for([&] { return studio.session->folder() != first; }, "the other project");
    SECTION("while another project is open")
    {
        studio.generator->release();
        studio.wait_until_idle();
        REQUIRE(studio.session->shot()->takes.empty());
        studio.session->keeper().disk().wait();
        studio.session->open_project(first);
        Studio::wait_for([&] { return studio.session->folder() == first; }, "the first project");
    }
    SECTION("and after coming back to it while it runs")
    {
        studio.session->open_project(first);
        Studio::wait_for([&] { return studio.session->folder() == first; }, "the first project");
        REQUIRE(studio.session->keeper().state() != ui::SaveState::read_only);
        studio.generator->release();
        studio.wait_until_idle();
    }
    Studio::wait_for([&] { return studio.session->shot()->takes.size() == 1; }, "the take");
    REQUIRE(studio.session->keeper().state() != ui::SaveState::read_only);
    tests::wait_until_saved(studio);
    const auto saved = core::read_project(*studio.session->keeper().store());
    REQUIRE(saved);
    REQUIRE(saved->shots[0]->takes.size() == 1);
}

TEST_CASE("a project that another studio has open says so in place; a copy keeps what was changed", "[window]")
{
    Studio studio;
    const auto folder = studio.session->places().projects / "Shared";
    auto other = core::create_project(folder, {.name = "Shared"});
    REQUIRE(other);
    other->project.shots.emplace_back(core::make_shot("theirs"));
    REQUIRE(other->store.save(other->project));
    studio.session->open_project(folder);
    Studio::wait_for([&] { return studio.session->folder() == folder; }, "the project");
    QApplication::processEvents();
    auto* strip = studio.window->project_strip();
    REQUIRE(strip->isVisible());
    REQUIRE(strip->text().contains(QStringLiteral("open in another Kinora")));
    REQUIRE_FALSE(strip->text().contains(QStringLiteral("Your changes")));
    REQUIRE(studio.window->top_bar()->save_text() == QStringLiteral("read-only"));
    REQUIRE_FALSE(studio.window->actions()["project.collect"]->isEnabled());
    studio.key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    studio.type(QStringLiteral("mine"));
    REQUIRE(strip->text().contains(QStringLiteral("Your changes are kept only if you save a copy")));
    studio.click(strip->copy_button());
    auto* sheet = studio.window->project_commands().save_as_sheet();
    REQUIRE(sheet->isVisible());
    hand::key(Qt::Key_Return);
    Studio::wait_for([&] { return studio.session->folder() != folder; }, "the copy");
    REQUIRE_FALSE(strip->isVisible());
    const auto saved = core::read_project(*studio.session->keeper().store());
    REQUIRE(saved);
    REQUIRE(saved->shots.size() == 2);
    REQUIRE(saved->shots[1]->prompt == "mine");
    REQUIRE(core::read_project(other->store)->shots.size() == 1);
}

TEST_CASE("a project of a newer Kinora opens read-only, says so, and is left as it is", "[window]")
{
    Studio studio;
    const auto folder = studio.session->places().projects / "Future";
    REQUIRE(core::create_project(folder, {.name = "Future"}));
    auto json = nlohmann::json::parse(*core::read_file(folder / "project.json"));
    json["format"] = 99;
    json["hologram"] = true;
    std::ofstream(folder / "project.json") << json.dump();
    const auto before = core::read_file(folder / "project.json").value();
    studio.session->open_project(folder);
    Studio::wait_for([&] { return studio.session->folder() == folder; }, "the project");
    QApplication::processEvents();
    REQUIRE(studio.window->project_strip()->isVisible());
    REQUIRE(studio.window->project_strip()->text().contains(QStringLiteral("newer Kinora")));
    studio.session->rename_project(QStringLiteral("Changed"));
    studio.session->keeper().save_now();
    studio.session->keeper().disk().wait();
    REQUIRE(core::read_file(folder / "project.json").value() == before);
}
