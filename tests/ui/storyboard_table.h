#pragma once

#include <QTest>
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "core/project/document.h"
#include "ui/storyboard/storyboard_view.h"
#include "ui/storyboard/storyboard_widget.h"

namespace kinora::tests {

/// A document with shots "A", "B", "C" … of 33 frames at 12 fps (66 of the project at 24), and a storyboard that edits it as
/// the window does. After every edit the document's invariants are checked.
struct Table {
    explicit Table(int shots = 3, QSize size = {1000, 300});

    /// Adds a sound of so many seconds on its track at a project frame; gives the clip's id.
    std::string add_sound(std::int64_t frame, int seconds, std::size_t track = 0);

    [[nodiscard]] const core::Project& project() const { return document.project(); }
    [[nodiscard]] std::size_t steps() const { return document.history().position(); }
    /// The prompts' letters in the order of the film; a gap is an underscore.
    [[nodiscard]] std::string order() const;
    [[nodiscard]] const core::Shot& shot(std::size_t index) const { return *document.project().shots[index]; }
    [[nodiscard]] const core::SoundClip& sound(std::size_t track = 0, std::size_t clip = 0) const;
    [[nodiscard]] core::Layout layout() const { return core::Layout(document.project()); }

    [[nodiscard]] ui::StoryboardGeometry geometry() const { return view->geometry_now(); }
    [[nodiscard]] QRectF block(std::size_t index) const { return geometry().block(index); }
    [[nodiscard]] QPoint middle(std::size_t index) const { return block(index).center().toPoint(); }
    [[nodiscard]] QPoint out_edge(std::size_t index) const;
    [[nodiscard]] QPoint in_edge(std::size_t index) const;
    [[nodiscard]] QRectF sound_area(std::size_t track = 0, std::size_t clip = 0) const;
    [[nodiscard]] int frames_wide(int project_frames) const;
    [[nodiscard]] int x_of(int frame) const;

    void press(QPoint at, Qt::KeyboardModifiers keys = {}) const;
    void move(QPoint to) const;
    void release(QPoint at, Qt::KeyboardModifiers keys = {}) const;
    void click(QPoint at, Qt::KeyboardModifiers keys = {}) const;
    void double_click(QPoint at) const;
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers keys = {}) const;
    void key(int code, Qt::KeyboardModifiers modifiers = {}) const;
    /// Chosen shots by their letters.
    [[nodiscard]] std::string chosen() const;

    core::Document document;
    ui::StoryboardWidget widget;
    ui::StoryboardView* view = nullptr;
    std::vector<core::FrameRange> trims;
    std::string trimmed_id;
    std::string error;  ///< of the last edit that was refused
    QStringList names;  ///< of the edits that were asked for
    int finishes = 0;
    int added = 0;
    int selections = 0;
    int playhead = -1;

private:
    void wire();
};

}  // namespace kinora::tests
