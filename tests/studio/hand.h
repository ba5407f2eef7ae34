#pragma once

#include <QApplication>
#include <QElapsedTimer>

#include "tests/ui/storyboard_film.h"
#include "tests/ui/studio_fixture.h"
#include "ui/storyboard/storyboard_view.h"
#include "ui/storyboard/storyboard_widget.h"

namespace kinora::tests {

/// Handles events until `done`; the starter takes its time on a machine that does other things as well.
inline void wait_long(const std::function<bool()>& done, const char* what)
{
    INFO(what);
    QElapsedTimer timer;
    timer.start();
    while (!done() && timer.elapsed() < 600'000)
        QApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
    REQUIRE(done());
}

/// The artist's hand: presses keys and the mouse at places of the window, and counts what it does.
struct Hand {
    explicit Hand(Studio& in) : studio(in), view(in.window->storyboard()->view()) {}

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        studio.key(key, modifiers);
        ++gestures;
    }
    void write(const QString& text)
    {
        studio.type(text);
        ++gestures;
    }
    void click(QWidget* widget)
    {
        studio.click(widget);
        ++gestures;
    }
    void click(QWidget* widget, QPoint at)
    {
        QTest::mouseClick(studio.window->windowHandle(), Qt::LeftButton, {}, widget->mapTo(studio.window.get(), at));
        QApplication::processEvents();
        ++gestures;
    }
    /// Within a widget of the window, with the left button.
    void drag(QWidget* widget, QPointF from, QPointF to)
    {
        auto* window = studio.window->windowHandle();
        const auto at = [&](QPointF point) { return widget->mapTo(studio.window.get(), point.toPoint()); };
        QTest::mouseMove(window, at(from));
        QTest::mousePress(window, Qt::LeftButton, {}, at(from));
        for (int step = 1; step <= 6; ++step)
            QTest::mouseMove(window, at(from + (to - from) * step / 6));
        QTest::mouseRelease(window, Qt::LeftButton, {}, at(to));
        QApplication::processEvents();
        ++gestures;
    }
    /// On the storyboard.
    void drag(QPointF from, QPointF to) { drag(view->viewport(), from, to); }
    /// Runs an action by the palette, as one does who doesn't know its key.
    void by_name(const QString& name)
    {
        press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        write(name);
        press(Qt::Key_Return);
    }
    /// A picture of the window once everything in it has come.
    void picture(const QString& name) const
    {
        settle(studio);
        studio.screenshot(name);
    }
    [[nodiscard]] const core::Project& project() const { return studio.session->project(); }

    Studio& studio;
    ui::StoryboardView* view;
    int gestures = 0;
};

}  // namespace kinora::tests
