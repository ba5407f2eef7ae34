#include <QLabel>
#include <QPushButton>
#include <fstream>

#include "tests/ui/desk_files.h"
#include "tests/ui/desk_hand.h"
#include "ui/player/player_widget.h"
#include "ui/project/file_list.h"
#include "ui/project/media_finder.h"
#include "ui/project/relink_sheet.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/project_commands.h"
#include "ui/window/window_actions.h"

using namespace kinora;
using kinora::tests::Studio;
namespace hand = kinora::tests::hand;
namespace fs = std::filesystem;

namespace {

/// A project with two pictures from outside, which are then moved away.
struct Moved {
    explicit Moved(Studio& studio) : root(fs::path(studio.folder.path().toStdString()) / "disk")
    {
        tests::write_picture(root / "old" / "sea.png", Qt::blue);
        tests::write_picture(root / "old" / "hill.png", Qt::green);
        tests::link_picture(studio, root / "old" / "sea.png");
        tests::link_picture(studio, root / "old" / "hill.png");
        fs::create_directories(root / "new" / "deep");
        fs::rename(root / "old" / "sea.png", root / "new" / "deep" / "the sea.png");
        fs::rename(root / "old" / "hill.png", root / "elsewhere.png");
    }
    fs::path root;
};

void wait_idle(ui::MediaFinder& finder)
{
    Studio::wait_for([&] { return finder.busy() == ui::MediaFinder::Busy::no; }, "the finder");
    QApplication::processEvents();
}

}  // namespace

TEST_CASE("missing files are listed, found by their content in a folder, and put in place everywhere", "[window]")
{
    Studio studio;
    const Moved moved(studio);
    auto& project = studio.window->project_commands();
    studio.window->actions()["project.relink"]->trigger();
    auto* sheet = project.relink_sheet();
    wait_idle(project.finder());
    REQUIRE(sheet->list()->rows().size() == 2);
    REQUIRE(sheet->list()->rows()[0].title == QStringLiteral("sea.png"));
    REQUIRE(sheet->list()->rows()[0].mark == ui::FileRow::Mark::missing);
    REQUIRE_FALSE(sheet->relink_button()->isEnabled());

    studio.click(sheet->search_button());
    tests::answer_dialog(moved.root / "new");
    wait_idle(project.finder());
    REQUIRE(sheet->list()->rows()[0].mark == ui::FileRow::Mark::good);
    REQUIRE(sheet->list()->rows()[0].detail.endsWith(QStringLiteral("new/deep/the sea.png")));
    REQUIRE(sheet->list()->rows()[1].mark == ui::FileRow::Mark::missing);
    // The other one by hand.
    hand::click_row(sheet->list(), 1);
    studio.click(sheet->choose_button());
    tests::answer_dialog(moved.root / "elsewhere.png");
    REQUIRE(sheet->relink_button()->text() == QStringLiteral("Relink 2 files"));
    const auto steps = studio.session->document().history().size();
    studio.click(sheet->relink_button());
    wait_idle(project.finder());
    REQUIRE(sheet->list()->rows().empty());
    REQUIRE(studio.session->project().assets[0]->file == (moved.root / "new" / "deep" / "the sea.png").string());
    REQUIRE(studio.session->project().assets[1]->file == (moved.root / "elsewhere.png").string());
    // It is no step of the artist's, and undo doesn't lose it.
    REQUIRE(studio.session->document().history().size() == steps);
    studio.session->undo();
    REQUIRE(studio.session->project().assets[0]->file == (moved.root / "new" / "deep" / "the sea.png").string());
    REQUIRE(sheet->told()->text().contains(QStringLiteral("Nothing is missing")));
}

TEST_CASE("a file of another kind is refused with a sentence, and the row says so", "[window]")
{
    Studio studio;
    const Moved moved(studio);
    auto& project = studio.window->project_commands();
    studio.window->actions()["project.relink"]->trigger();
    auto* sheet = project.relink_sheet();
    wait_idle(project.finder());
    std::ofstream(moved.root / "letter.txt") << "dear sea";
    hand::click_row(sheet->list(), 0);
    studio.click(sheet->choose_button());
    tests::answer_dialog(moved.root / "letter.txt");
    studio.click(sheet->relink_button());
    wait_idle(project.finder());
    REQUIRE(sheet->list()->rows().size() == 2);
    REQUIRE(sheet->list()->rows()[0].mark == ui::FileRow::Mark::bad);
    REQUIRE(sheet->list()->rows()[0].detail.contains(QStringLiteral("letter.txt")));
    REQUIRE(studio.session->project().assets[0]->file == (moved.root / "old" / "sea.png").string());
}

TEST_CASE("a project with missing files says so when it is opened, with the way to find them", "[window]")
{
    Studio studio;
    const Moved moved(studio);
    tests::wait_until_saved(studio);
    const auto folder = studio.session->folder();
    studio.session->new_project(QStringLiteral("Other"));
    Studio::wait_for([&] { return studio.session->folder() != folder; }, "the other project");
    studio.session->open_project(folder);
    auto* bar = studio.window->message_bar();
    Studio::wait_for([&] { return bar->notice().text.contains(QStringLiteral("2 files of this project are missing")); },
                     "the notice");
    studio.click(bar->action_button());
    REQUIRE(studio.window->project_commands().relink_sheet()->isVisible());
    REQUIRE(QApplication::activeModalWidget() == nullptr);
}

TEST_CASE("collect brings every file from outside into the project", "[window]")
{
    Studio studio;
    const auto outside = fs::path(studio.folder.path().toStdString()) / "disk" / "sea.png";
    tests::write_picture(outside, Qt::blue);
    tests::link_picture(studio, outside);
    studio.window->actions()["project.collect"]->trigger();
    auto* bar = studio.window->message_bar();
    Studio::wait_for([&] { return bar->notice().tone == ui::Tone::good; }, "the copy");
    REQUIRE(studio.session->project().assets[0]->file == "media/sea.png");
    REQUIRE(fs::exists(studio.session->folder() / "media" / "sea.png"));
    REQUIRE(fs::exists(outside));
    studio.window->actions()["project.collect"]->trigger();
    Studio::wait_for([&] { return bar->notice().text.contains(QStringLiteral("Every file is in")); }, "nothing left");
}

TEST_CASE("a take whose clip was taken away is found by its folder, put back, and plays again", "[window]")
{
    Studio studio;
    studio.type(QStringLiteral("a boat"));
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    studio.wait_for_takes(1);
    Studio::wait_for([&] { return studio.window->player()->frame_count() == 33; }, "the clip in the player");
    const auto take = studio.session->shot()->takes.front();
    const auto clip = studio.session->folder() / take.clip;
    const auto away = fs::path(studio.folder.path().toStdString()) / "backup" / "takes" / take.id / "clip.mp4";
    fs::create_directories(away.parent_path());
    fs::rename(clip, away);
    auto& project = studio.window->project_commands();
    studio.window->actions()["project.relink"]->trigger();
    wait_idle(project.finder());
    REQUIRE(project.relink_sheet()->list()->rows().size() == 1);
    studio.click(project.relink_sheet()->search_button());
    tests::answer_dialog(studio.folder.path().toStdString() + "/backup");
    wait_idle(project.finder());
    studio.click(project.relink_sheet()->relink_button());
    wait_idle(project.finder());
    REQUIRE(fs::exists(clip));
    Studio::wait_for([&] { return !studio.window->player()->picture().isNull(); }, "its picture");
    REQUIRE(studio.window->player()->frame_count() == 33);
}
