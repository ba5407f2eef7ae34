#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QMimeData>
#include <QToolButton>
#include <QUrl>
#include <algorithm>
#include <set>

#include "tests/ui/studio_fixture.h"
#include "ui/panels/take_lineage.h"
#include "ui/panels/take_row.h"
#include "ui/panels/takes_panel.h"
#include "ui/player/player_widget.h"
#include "ui/shot/reference_slot.h"
#include "ui/shot/shot_panel.h"
#include "ui/verbs/verb_desk.h"
#include "ui/widgets/message_bar.h"

using namespace kinora;
using kinora::tests::DrawnGenerator;
using kinora::tests::Studio;

namespace {

void make_take(Studio& studio, const QString& prompt)
{
    studio.session->set_prompt(prompt);
    studio.session->generate();
    studio.wait_for_takes(studio.session->shot()->takes.size() + 1);
}

void drop_on(QWidget* widget, const QList<QUrl>& files)
{
    QMimeData data;
    data.setUrls(files);
    QDragEnterEvent enter(widget->rect().center(), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(widget, &enter);
    REQUIRE(enter.isAccepted());
    QDropEvent drop(widget->rect().center(), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(widget, &drop);
    QApplication::processEvents();
}

core::Take take(const char* id, int number, std::vector<std::string> parents)
{
    core::Take made;
    made.id = id;
    made.number = number;
    made.parents = std::move(parents);
    if (!made.parents.empty()) made.verb = "remix";
    return made;
}

}  // namespace

TEST_CASE("takes stand below what they were made from, also where a file tells of a circle")
{
    const std::vector<core::Take> takes{take("a", 1, {}),       take("b", 2, {"a"}), take("c", 3, {}),   take("d", 4, {"b"}),
                                        take("e", 5, {"gone"}), take("f", 6, {"g"}), take("g", 7, {"f"})};
    std::string order;
    std::vector<int> depths;
    for (const auto& listed : ui::by_lineage(takes)) {
        order += listed.take->id;
        depths.push_back(listed.depth);
    }
    REQUIRE(order == "abdcefg");
    REQUIRE(depths == std::vector<int>{0, 1, 2, 0, 0, 0, 1});
    REQUIRE(ui::origin_text(takes, takes[3]) == QStringLiteral("Remix of take 2"));
    REQUIRE(ui::origin_text(takes, takes[4]) == QStringLiteral("Remix"));
    REQUIRE(ui::origin_text(takes, takes[0]).isEmpty());
}

TEST_CASE("takes in a grid and by their lineage, starred, and taken off with undo", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene);
    make_take(studio, QStringLiteral("Fog over the harbour in the morning, gulls"));
    ui::VerbDesk verbs(*studio.session);
    verbs.remix(0.7F);
    studio.wait_for_takes(2);
    verbs.loop();
    studio.wait_for_takes(3);
    studio.session->select_take(studio.session->shot()->takes.front().id);
    verbs.variations(3);
    studio.wait_for_takes(6);
    auto* panel = studio.window->takes_panel();
    const auto settle = [&] {
        for (int quiet = 0; quiet < 15; ++quiet)
            QTest::qWait(20);
    };
    studio.click(panel->findChild<QToolButton*>(QStringLiteral("takes.grid")));
    REQUIRE(panel->view() == ui::TakesView::grid);
    REQUIRE(panel->take_rows()[1]->x() > panel->take_rows()[0]->x());
    REQUIRE(panel->take_rows()[1]->y() == panel->take_rows()[0]->y());
    settle();
    studio.screenshot(QStringLiteral("takes-grid"));

    studio.click(panel->findChild<QToolButton*>(QStringLiteral("takes.lineage")));
    std::vector<int> depths;
    for (std::size_t index = 0; index < 6; ++index)
        depths.push_back(panel->take_rows()[index]->take().depth);
    REQUIRE(depths == std::vector<int>{0, 1, 2, 1, 1, 1});
    REQUIRE(panel->take_rows()[2]->take().origin == QStringLiteral("Loop of take 2"));
    settle();
    studio.screenshot(QStringLiteral("takes-lineage"));

    auto* row = panel->take_rows()[1];
    const QString id = row->take().id;
    row->setFocus();
    studio.key(Qt::Key_Delete);
    REQUIRE(studio.session->shot()->takes.size() == 5);
    REQUIRE(studio.window->message_bar()->notice().action == QStringLiteral("Undo"));
    const auto undo = studio.window->message_bar()->notice().on_action;
    undo();
    QApplication::processEvents();
    REQUIRE(studio.session->shot()->takes.size() == 6);
    REQUIRE(core::find_take(*studio.session->shot(), id.toStdString()) != nullptr);
}

TEST_CASE("a clip or a picture that Kinora made gives its prompt and settings back when it is dropped", "[window]")
{
    Studio studio;
    make_take(studio, QStringLiteral("a lantern over the sea"));
    const auto made = *studio.session->shot()->takes.front().recipe;
    const QString clip = studio.session->file(studio.session->shot()->takes.front().clip);
    Studio::wait_for([&] { return studio.window->player()->frame_count() == 33; }, "the clip in the player");
    Studio::wait_for([&] { return !studio.window->player()->picture().isNull(); }, "its picture");
    studio.session->set_prompt(QStringLiteral("something else"));
    auto settings = studio.session->shot()->settings;
    settings.steps = 7;
    settings.seed_mode = core::SeedMode::roll;
    studio.session->set_settings(settings);

    drop_on(studio.window.get(), {QUrl::fromLocalFile(clip)});
    Studio::wait_for([&] { return studio.session->shot()->prompt == "a lantern over the sea"; }, "the prompt");
    REQUIRE(studio.session->shot()->settings.seed == made.seed);
    REQUIRE(studio.session->shot()->settings.seed_mode == core::SeedMode::locked);
    REQUIRE(studio.session->shot()->settings.steps == made.steps);
    studio.session->undo();
    REQUIRE(studio.session->shot()->prompt == "something else");

    // A frame saved from the player tells the same.
    auto* save = studio.window->player()->findChild<QAction*>(QStringLiteral("player.save-frame"));
    if (save == nullptr)
        for (auto* action : static_cast<QWidget*>(studio.window->player())->actions())
            if (action->objectName().contains(QStringLiteral("save"))) save = action;
    REQUIRE(save);
    save->trigger();
    const QDir exports(QString::fromStdString((studio.session->folder() / "exports").string()));
    Studio::wait_for([&] { return !exports.entryList({QStringLiteral("*.png")}, QDir::Files).isEmpty(); }, "the picture");
    const QString picture = exports.filePath(exports.entryList({QStringLiteral("*.png")}, QDir::Files).first());
    drop_on(studio.window.get(), {QUrl::fromLocalFile(picture)});
    Studio::wait_for([&] { return studio.session->shot()->prompt == "a lantern over the sea"; }, "the prompt again");

    // One that tells nothing says so and changes nothing.
    const QString plain = studio.folder.filePath(QStringLiteral("plain.png"));
    REQUIRE(QImage(8, 8, QImage::Format_RGB32).save(plain));
    drop_on(studio.window.get(), {QUrl::fromLocalFile(plain)});
    Studio::wait_for([&] { return studio.window->message_bar()->notice().text.contains(QStringLiteral("how it was made")); },
                     "the sentence");
    REQUIRE(studio.session->shot()->prompt == "a lantern over the sea");
}

TEST_CASE("references come by drop, paste, from takes and from both neighbours", "[window]")
{
    Studio studio;
    make_take(studio, QStringLiteral("a kite"));
    studio.session->add_shot();
    make_take(studio, QStringLiteral("a boat"));
    studio.session->select_shot(studio.session->project().shots[0]->id);
    const auto references = [&] { return studio.session->shot()->settings.references; };
    studio.session->lead_to_next();
    Studio::wait_for([&] { return references().size() == 1; }, "the last frame from the shot behind");
    REQUIRE(references()[0].frame == -1);
    const auto slots_found = studio.window->shot_panel()->findChildren<ui::ReferenceSlot*>();
    REQUIRE(slots_found.size() == 3);
    QImage picture(64, 40, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    QApplication::clipboard()->setImage(picture);
    slots_found[0]->setFocus();
    QTest::keyClick(slots_found[0], Qt::Key_V, Qt::ControlModifier);
    Studio::wait_for([&] { return references().size() == 2; }, "the pasted first frame");
    const QString file = studio.folder.filePath(QStringLiteral("between.png"));
    REQUIRE(picture.save(file));
    drop_on(slots_found[2], {QUrl::fromLocalFile(file)});
    Studio::wait_for([&] { return references().size() == 3; }, "a frame between");
    REQUIRE(references()[2].frame == 16);
    const auto id = studio.session->shot()->takes.front().id;
    Q_EMIT studio.window->takes_panel()->frame_requested(id, 0.5, 0);
    Studio::wait_for([&] { return references().back().frame == 0; }, "a take's frame as the first");
    REQUIRE(references().size() == 3);
}
