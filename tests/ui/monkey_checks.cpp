#include <unistd.h>

#include <QApplication>
#include <QDrag>
#include <QTest>
#include <QTimer>
#include <QWindow>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/heap.h"
#include "core/project/project_json.h"
#include "tests/ui/monkey.h"
#include "ui/player/scrub_bar.h"
#include "ui/player/thumbnail_store.h"
#include "ui/preferences/preferences.h"
#include "ui/storyboard/storyboard_view.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/window/window_commands.h"

// What must hold after whatever was pressed.

namespace kinora::tests {

namespace {

constexpr std::size_t k_most_shots = 60;
constexpr std::size_t k_most_takes = 120;
constexpr int k_history_every = 12;  // checks
constexpr std::size_t k_longest_walk = 150;

std::size_t takes_of(const core::Project& project)
{
    std::size_t takes = 0;
    for (const auto& shot : project.shots)
        takes += shot->takes.size();
    return takes;
}

std::ptrdiff_t entries_of(const char* folder)
{
    return std::distance(std::filesystem::directory_iterator(folder), {});
}

std::ptrdiff_t threads()
{
    return entries_of("/proc/self/task");
}

std::ptrdiff_t open_files()
{
    return entries_of("/proc/self/fd");
}

}  // namespace

double resident_megabytes()
{
    std::ifstream statm("/proc/self/statm");
    double size = 0;
    double resident = 0;
    statm >> size >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

double heap_megabytes()
{
    return static_cast<double>(core::heap_in_use()) / (1 << 20);
}

void Monkey::expect(bool holds, const std::string& what)
{
    if (holds || !wrong_.empty()) return;
    wrong_ = what + " (seed " + std::to_string(options_.seed) + ", after " + std::to_string(actions_) + " actions)";
    say("WRONG: " + wrong_);
}

void Monkey::settle()
{
    // A text that is being dragged waits in a loop of its own for the real mouse's button, which is never pressed here.
    QTimer end_of_drag;
    QObject::connect(&end_of_drag, &QTimer::timeout, [] { QDrag::cancel(); });
    end_of_drag.start(200);
    for (int round = 0; round < 5 && QApplication::activePopupWidget() != nullptr; ++round)
        QApplication::activePopupWidget()->close();
    for (int round = 0; round < 5 && QApplication::activeModalWidget() != nullptr; ++round)
        QApplication::activeModalWidget()->close();
    QTest::mouseRelease(studio_.window->windowHandle(), Qt::LeftButton, {}, QPoint(2, 2));
    studio_.window->show();
    QApplication::setActiveWindow(studio_.window.get());
    // A release that a menu took is noticed when the pointer comes back, as every pointer does.
    for (QWidget* bar : studio_.window->findChildren<ui::ScrubBar*>())
        QTest::mouseMove(bar, bar->rect().center());
    QTest::mouseMove(studio_.window->storyboard()->view()->viewport(), QPoint(4, 4));
    QTest::keyClick(studio_.window.get(), Qt::Key_Escape);
    QApplication::processEvents();
}

void Monkey::check()
{
    ++checks_;
    const auto& session = *studio_.session;
    const core::Project& project = session.project();
    expect(core::check_invariants(project).empty(), "The document is inconsistent: " + core::check_invariants(project));
    const bool chosen = project.shots.empty() ? session.shot() == nullptr : session.shot() != nullptr;
    expect(chosen, "The session's shot isn't one of the project");
    const std::string shown = studio_.window->storyboard()->selected();
    expect(shown.empty() || core::find_shot(project, shown).has_value(), "The storyboard shows a shot that isn't there");
    expect(!session.document().in_gesture(), "A gesture goes on though nothing is held");
    const auto saved = core::project_from_json(nlohmann::json::parse(core::to_json(project).dump()));
    expect(saved && saved->repairs.empty() && saved->project == project,
           "The document isn't the same when it is read again");
    if (checks_ % k_history_every == 0) check_history();
    if (project.shots.size() > k_most_shots || takes_of(project) > k_most_takes || checks_ % 60 == 0)
        begin_another_project();
}

void Monkey::check_history()
{
    auto& session = *studio_.session;
    if (session.keeper().store() && session.keeper().store()->access() != core::Access::read_write) return;
    for (const auto& job : std::vector(session.desk().jobs()))
        session.desk().stop(job.id);
    Studio::wait_for([&] { return session.desk().unfinished() == 0; }, "an idle queue");
    QApplication::processEvents();
    const auto& history = session.document().history();
    const core::Project here = session.project();
    const std::size_t position = history.position();
    const std::size_t size = history.size();
    std::size_t back = 0;
    for (; back < k_longest_walk && session.document().history().position() > 0; ++back) {
        session.undo();
        const std::string broken = core::check_invariants(session.project());
        expect(broken.empty(), "The document is inconsistent after undo: " + broken);
    }
    for (std::size_t step = 0; step < back; ++step)
        session.redo();
    expect(history.position() == position && session.project() == here, "Undo and redo don't lead back to where they began");
    for (std::size_t step = position; step < std::min(size, position + k_longest_walk); ++step)
        session.redo();
    expect(core::check_invariants(session.project()).empty(), "The document is inconsistent after redo");
    const std::size_t end = history.position();
    while (history.position() > position && history.position() <= end)
        session.undo();
    expect(session.project() == here, "Redo to the end and undo don't lead back to where they began");
    say("history walked: " + std::to_string(back) + " of " + std::to_string(size));
}

void Monkey::begin_another_project()
{
    auto& session = *studio_.session;
    for (const auto& job : std::vector(session.desk().jobs()))
        session.desk().stop(job.id);
    Studio::wait_for([&] { return session.desk().unfinished() == 0; }, "an idle queue");
    session.desk().clear_finished();
    studio_.generator->forget_requests();
    const std::filesystem::path before = session.folder();
    session.new_project(QStringLiteral("Monkey %1").arg(++projects_));
    Studio::wait_for([&] { return session.folder() != before && !session.folder().empty(); }, "another project");
    QTest::qWait(50);
    // What it made is not looked at any more; an hour of it would fill a disk.
    const std::filesystem::path root = studio_.folder.path().toStdString();
    std::error_code ignored;
    if (before.string().starts_with(root.string() + "/")) std::filesystem::remove_all(before, ignored);
    auto& preferences = studio_.window->commands().preferences();
    auto wished = preferences.now();
    wished.picture_memory = options_.picture_memory;
    preferences.set(wished);
    const auto megabytes = [](auto bytes) { return static_cast<double>(bytes) / (1 << 20); };
    const double pictures = megabytes(studio_.window->pictures().used_bytes());
    const double filmstrips = megabytes(studio_.window->thumbnails().used_bytes());
    core::give_back_heap();  // as the program does when it has been quiet for a moment
    memory_.push_back(resident_megabytes());
    heap_.push_back(std::max(0.0, heap_megabytes() - pictures - filmstrips));
    say("project " + std::to_string(projects_) + ", " + std::to_string(memory_.back()) + " MB, of these pictures " +
        std::to_string(pictures) + ", filmstrips " + std::to_string(filmstrips) + ", heap beside them " +
        std::to_string(heap_.back()) + ", threads " + std::to_string(threads()) + ", files " + std::to_string(open_files()));
}

}  // namespace kinora::tests
