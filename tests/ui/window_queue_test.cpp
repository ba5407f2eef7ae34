#include <QAbstractButton>
#include <QApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>

#include "tests/ui/studio_fixture.h"
#include "ui/panels/job_editor.h"
#include "ui/panels/job_row.h"
#include "ui/panels/queue_panel.h"
#include "ui/session/desktop.h"
#include "ui/session/job_courtesy.h"
#include "ui/session/take_maker.h"
#include "ui/widgets/message_bar.h"

using namespace kinora;
using kinora::tests::DrawnGenerator;
using kinora::tests::Studio;

namespace {

/// The visible button with this word inside a widget.
QAbstractButton* button_in(QWidget* widget, const QString& text)
{
    for (auto* button : widget->findChildren<QAbstractButton*>())
        if (button->isVisible() && button->text() == text) return button;
    return nullptr;
}

ui::JobRow* row_of(Studio& studio, const std::string& job)
{
    QApplication::processEvents();
    auto* row = studio.window->queue_panel()->row_of(job);
    REQUIRE(row);
    return row;
}

/// Waiting jobs by their titles' last words, in the order of the queue.
std::vector<std::string> waiting(const Studio& studio)
{
    std::vector<std::string> ids;
    for (const auto& job : studio.session->desk().jobs())
        if (job.state == core::JobState::waiting) ids.push_back(job.id);
    return ids;
}

/// A shot that is being made up to step 5, and three jobs behind it.
void fill_queue(Studio& studio)
{
    studio.window->tabs()->setCurrentIndex(1);
    studio.generator->hold_at(6);
    for (const char* prompt : {"a lantern", "a kite", "a boat", "a rocket"}) {
        studio.session->set_prompt(QString::fromUtf8(prompt));
        studio.session->generate();
    }
    Studio::wait_for(
        [&] {
            const auto& jobs = studio.session->desk().jobs();
            return jobs.size() == 4 && jobs.front().progress.step == 5;
        },
        "step 5");
}

const core::Job& job(Studio& studio, const std::string& id)
{
    const auto* found = studio.session->desk().job(id);
    REQUIRE(found);
    return *found;
}

class SeenDesktop final : public ui::Desktop {
public:
    void keep_awake(const QString&) override { ++awake; }
    void let_sleep() override { ++asleep; }
    void notify(const QString& title, const QString& text) override { told = title + QLatin1Char('|') + text; }
    int awake = 0;
    int asleep = 0;
    QString told;
};

}  // namespace

TEST_CASE("a waiting job is dragged to the front of the queue", "[window]")
{
    Studio studio;
    fill_queue(studio);
    const auto before = waiting(studio);
    REQUIRE(before.size() == 3);
    auto* last = row_of(studio, before[2]);
    auto* first = row_of(studio, before[0]);
    auto* handle = studio.window->windowHandle();
    const QPoint from = last->mapTo(studio.window.get(), QPoint(40, 12));
    const QPoint to = first->mapTo(studio.window.get(), QPoint(40, 3));
    QTest::mousePress(handle, Qt::LeftButton, {}, from);
    for (int step = 1; step <= 6; ++step)
        QTest::mouseMove(handle, from + (to - from) * step / 6);
    QTest::mouseRelease(handle, Qt::LeftButton, {}, to);
    QApplication::processEvents();
    REQUIRE(waiting(studio) == std::vector<std::string>{before[2], before[0], before[1]});
    studio.generator->release();
    studio.wait_until_idle();
    REQUIRE(studio.generator->requests()[1].prompt_text == "a rocket");
}

TEST_CASE("a waiting job is edited, duplicated, paused and let go on", "[window]")
{
    Studio studio;
    fill_queue(studio);
    const auto ids = waiting(studio);
    studio.click(button_in(row_of(studio, ids[0]), QStringLiteral("Edit")));
    auto* editor = studio.window->findChild<ui::JobEditor*>();
    REQUIRE(editor);
    REQUIRE(editor->isVisible());
    auto* prompt = editor->findChild<QPlainTextEdit*>();
    REQUIRE(prompt->toPlainText() == QStringLiteral("a kite"));
    prompt->selectAll();
    QTest::keyClicks(prompt, QStringLiteral("a paper plane"));
    QTest::mouseClick(editor->findChild<QPushButton*>(QStringLiteral("job-editor.save")), Qt::LeftButton);
    QApplication::processEvents();
    const auto changed = ui::request_of_job(job(studio, ids[0]).payload);
    REQUIRE(changed);
    REQUIRE(changed->prompt_text == "a paper plane");
    REQUIRE(changed->prompt[0].text == "a paper plane");

    studio.session->desk().duplicate(ids[1]);
    Studio::wait_for([&] { return waiting(studio).size() == 4; }, "a fourth waiting job");
    studio.session->desk().pause(ids[2]);
    Studio::wait_for([&] { return job(studio, ids[2]).state == core::JobState::paused; }, "a paused job");
    studio.generator->release();
    Studio::wait_for([&] { return waiting(studio).empty() && studio.session->desk().unfinished() == 1; }, "all but it");
    REQUIRE(studio.generator->requests().size() == 4);
    studio.click(button_in(row_of(studio, ids[2]), QStringLiteral("Go on")));
    studio.wait_until_idle();
    REQUIRE(studio.generator->requests().back().prompt_text == "a rocket");
}

TEST_CASE("a running job is paused and goes on from its row", "[window]")
{
    Studio studio;
    fill_queue(studio);
    const std::string running = studio.session->desk().jobs().front().id;
    studio.click(button_in(row_of(studio, running), QStringLiteral("Pause")));
    Studio::wait_for([&] { return job(studio, running).state == core::JobState::paused; }, "the pause");
    // The others go on without it.
    studio.generator->release();
    Studio::wait_for([&] { return studio.session->shot()->takes.size() == 3; }, "the others");
    REQUIRE(job(studio, running).state == core::JobState::paused);
    studio.click(button_in(row_of(studio, running), QStringLiteral("Go on")));
    studio.wait_for_takes(4);
    REQUIRE(studio.session->shot()->takes.back().recipe->prompt == "a lantern");
}

TEST_CASE("Keep makes a take of what is there", "[window]")
{
    Studio studio;
    fill_queue(studio);
    const std::string running = studio.session->desk().jobs().front().id;
    studio.click(button_in(row_of(studio, running), QStringLiteral("Keep")));
    Studio::wait_for([&] { return !studio.session->shot()->takes.empty(); }, "the take");
    REQUIRE(studio.session->shot()->takes.front().recipe->stop_after == 5);
    // The take is shown a moment before its job has told its end.
    Studio::wait_for([&] { return job(studio, running).state == core::JobState::done; }, "the end of the job");
    studio.generator->release();
    studio.wait_until_idle();
}

TEST_CASE("a failed job offers ways out that can be clicked", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene);
    studio.session->set_prompt(QStringLiteral("Fog over the harbour in the morning, gulls"));
    studio.session->generate();
    studio.wait_for_takes(1);
    studio.window->tabs()->setCurrentIndex(1);
    studio.generator->fail_next("There was not enough memory: 9.1 GB are needed, 7.4 GB are free.");
    studio.session->generate();
    Studio::wait_for([&] { return studio.session->desk().jobs().back().state == core::JobState::failed; }, "the failure");
    const std::string failed = studio.session->desk().jobs().back().id;
    REQUIRE(studio.window->message_bar()->notice().action == QStringLiteral("Smaller size"));
    studio.generator->hold_at(9);
    studio.session->generate();
    studio.session->generate();
    Studio::wait_for(
        [&] {
            for (const auto& one : studio.session->desk().jobs())
                if (one.progress.step == 8) return true;
            return false;
        },
        "a running job");
    auto* row = row_of(studio, failed);
    REQUIRE(button_in(row, QStringLiteral("Decode tiled")));
    studio.screenshot(QStringLiteral("queue-failed"));
    studio.click(button_in(row, QStringLiteral("Smaller size")));
    studio.generator->release();
    studio.wait_until_idle();
    const auto requests = studio.generator->requests();
    const auto smaller =
        std::find_if(requests.begin(), requests.end(), [](const auto& request) { return request.width.has_value(); });
    REQUIRE(smaller != requests.end());
    REQUIRE(*smaller->width == 224);
    REQUIRE(*smaller->height == 128);
    REQUIRE(job(studio, failed).state == core::JobState::done);
}

TEST_CASE("what runs goes on when the shot, the page and the project change", "[window]")
{
    Studio studio;
    fill_queue(studio);
    const auto folder = studio.session->folder();
    const std::string shot = studio.session->selected_shot();
    studio.session->add_shot();
    studio.window->tabs()->setCurrentIndex(2);
    studio.session->new_project(QStringLiteral("Another"));
    Studio::wait_for([&] { return studio.session->folder() != folder; }, "the other project");
    studio.generator->release();
    studio.wait_until_idle();
    for (const auto& job : studio.session->desk().jobs()) {
        INFO(job.error);
        CHECK(job.state == core::JobState::done);
    }
    REQUIRE(studio.generator->requests().size() == 4);
    studio.session->open_project(folder);
    Studio::wait_for([&] { return studio.session->folder() == folder; }, "the first project");
    const auto index = core::find_shot(studio.session->project(), shot);
    REQUIRE(index);
    Studio::wait_for([&] { return studio.session->project().shots[*index]->takes.size() == 4; }, "its takes");
}

TEST_CASE("the machine stays awake while something runs, and the end of long work is told")
{
    auto generator = std::make_shared<DrawnGenerator>(DrawnGenerator::Look::numbered);
    auto engine = tests::drawn_engine(generator);
    const auto desktop = std::make_shared<SeenDesktop>();
    engine.desktop = desktop;
    QTemporaryDir folder;
    ui::SessionPlaces places;
    places.state = std::filesystem::path(folder.path().toStdString()) / "state";
    places.projects = std::filesystem::path(folder.path().toStdString()) / "projects";
    std::filesystem::create_directories(places.state);
    std::filesystem::create_directories(places.projects);
    {
        ui::StudioSession session(engine, places);
        session.courtesy().set_long_job(0);
        session.start();
        Studio::wait_for([&] { return session.keeper().store() != nullptr; }, "a project");
        session.set_prompt(QStringLiteral("a lantern"));
        generator->hold_at(4);
        session.generate();
        Studio::wait_for([&] { return desktop->awake == 1; }, "the request to stay awake");
        REQUIRE(desktop->asleep == 0);
        generator->release();
        Studio::wait_for([&] { return desktop->asleep == 1; }, "its end");
        Studio::wait_for([&] { return !desktop->told.isEmpty(); }, "the notification");
        REQUIRE(desktop->told.contains(QStringLiteral("a lantern")));
        session.generate();
        Studio::wait_for([&] { return desktop->awake == 2 && desktop->asleep == 2; }, "the same for the next job");
    }
}
