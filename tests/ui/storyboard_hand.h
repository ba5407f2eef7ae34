#pragma once

#include <QApplication>
#include <QTest>
#include <QWindow>

#include "tests/ui/studio_fixture.h"
#include "ui/storyboard/storyboard_view.h"
#include "ui/storyboard/storyboard_widget.h"

namespace kinora::tests {

/// A hand on the storyboard: points of the view, events through the window.
struct StoryboardHand {
    explicit StoryboardHand(Studio& in)
        : studio(in), view(in.window->storyboard()->view()), window(in.window->windowHandle())
    {
    }

    [[nodiscard]] QPoint at(QPointF point) const { return view->viewport()->mapTo(studio.window.get(), point.toPoint()); }
    void click(QPointF point, Qt::KeyboardModifiers keys = {}) const
    {
        QTest::mouseMove(window, at(point));
        QTest::mouseClick(window, Qt::LeftButton, keys, at(point));
        QApplication::processEvents();
    }
    void double_click(QPointF point) const
    {
        QTest::mouseDClick(window, Qt::LeftButton, {}, at(point));
        QApplication::processEvents();
    }
    /// Presses and moves, and holds on.
    void pull(QPointF from, QPointF to, Qt::KeyboardModifiers keys = {}) const
    {
        QTest::mouseMove(window, at(from));
        QTest::mousePress(window, Qt::LeftButton, keys, at(from));
        for (int step = 1; step <= 6; ++step)
            QTest::mouseMove(window, at(from + (to - from) * step / 6));
    }
    void let_go(QPointF to, Qt::KeyboardModifiers keys = {}) const
    {
        QTest::mouseRelease(window, Qt::LeftButton, keys, at(to));
        QApplication::processEvents();
    }
    void drag(QPointF from, QPointF to, Qt::KeyboardModifiers keys = {}) const
    {
        pull(from, to, keys);
        let_go(to, keys);
    }
    void key(Qt::Key code, Qt::KeyboardModifiers keys = {}) const
    {
        QTest::keyClick(window, code, keys);
        QApplication::processEvents();
    }
    [[nodiscard]] ui::StoryboardGeometry geometry() const { return view->geometry_now(); }
    [[nodiscard]] QPointF middle(std::size_t shot) const
    {
        return {geometry().block(shot).center().x(), geometry().block(shot).top() + 30};
    }
    [[nodiscard]] double wide(int frames) const { return frames * view->pixels_per_frame(); }

    Studio& studio;
    ui::StoryboardView* view;
    QWindow* window;
};

/// Steps that can be undone.
inline std::size_t steps(const Studio& studio)
{
    return studio.session->document().history().position();
}

}  // namespace kinora::tests
