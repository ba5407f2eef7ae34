#include "ui/panels/library_panel.h"

#include <QLineEdit>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <catch2/catch.hpp>

#include "core/project/take_edits.h"
#include "core/storyboard/edits.h"
#include "ui/panels/take_roll.h"
#include "ui/panels/take_row.h"

using namespace kinora;

namespace {

/// Shots with two takes each; every tenth prompt has a boat in it, the last take is starred.
core::Project long_project(int shots)
{
    core::Project project;
    for (int index = 0; index < shots; ++index) {
        const std::string words = index % 10 == 0 ? "a boat " : "a hill ";
        core::Shot shot = core::make_shot(words + std::to_string(index));
        for (int number = 1; number <= 2; ++number) {
            core::Take take;
            take.id = std::to_string(index) + "-" + std::to_string(number);
            take.number = number;
            take.frames = 33;
            take.starred = index == shots - 1 && number == 2;
            core::add_take(shot, take, core::Selection::select);
        }
        project.shots.emplace_back(std::move(shot));
    }
    return project;
}

struct Shown {
    Shown() : panel(std::make_shared<ui::ThumbnailStore>())
    {
        panel.resize(296, 700);
        panel.show();
        panel.show_project(long_project(1000), [](const std::string&) { return QString(); });
        roll = panel.findChild<ui::TakeRoll*>();
        REQUIRE(roll != nullptr);
        QObject::connect(&panel, &ui::LibraryPanel::take_chosen, &panel,
                         [this](const std::string&, const std::string& take) { chosen = take; });
    }
    [[nodiscard]] QStringList titles() const
    {
        QStringList found;
        for (auto* row : roll->rows())
            found.append(row->take().title);
        return found;
    }
    ui::LibraryPanel panel;
    ui::TakeRoll* roll = nullptr;
    std::string chosen;
};

}  // namespace

TEST_CASE_METHOD(Shown, "Of thousands of takes the library makes widgets for those in view only")
{
    CHECK(panel.findChildren<ui::TakeRow*>().size() < 20);
    CHECK(titles().front() == "Shot 1 · Take 1");
    roll->verticalScrollBar()->setValue(roll->verticalScrollBar()->maximum());
    CHECK(titles().back() == "Shot 1000 · Take 2");
    CHECK(panel.findChildren<ui::TakeRow*>().size() < 20);
    QTest::mouseClick(roll->rows().back(), Qt::LeftButton, {}, QPoint(150, 40));
    CHECK(chosen == "999-2");
}

TEST_CASE_METHOD(Shown, "The library finds takes by their words and by their star, wherever it was scrolled to")
{
    roll->verticalScrollBar()->setValue(roll->verticalScrollBar()->maximum());
    panel.findChild<QLineEdit*>()->setText("BOAT 42");
    CHECK(roll->rows().size() == 2);
    CHECK(titles().front() == "Shot 421 · Take 1");
    panel.findChild<QLineEdit*>()->clear();
    for (auto* button : panel.findChildren<QToolButton*>())
        if (button->isCheckable() && button->parent() == &panel) button->click();
    REQUIRE(titles().size() == 1);
    CHECK(titles().front() == "Shot 1000 · Take 2");
    panel.show_project({}, [](const std::string&) { return QString(); });
    CHECK(roll->rows().empty());
}
