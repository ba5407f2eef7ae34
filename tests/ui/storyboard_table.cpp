#include "tests/ui/storyboard_table.h"

#include <cmath>

#include "core/storyboard/clipboard.h"
#include "core/storyboard/sound_edits.h"
#include "tests/ui/test_clips.h"

namespace kinora::tests {

Table::Table(int shots, QSize size)
{
    core::Project project;
    project.id = "film";
    project.rate = core::FrameRate{24};
    for (int index = 0; index < shots; ++index) {
        const std::string name(1, static_cast<char>('A' + index % 26));
        project.shots.push_back(make_test_shot(name, "takes/" + name + "/clip.mp4", 33, core::FrameRate{12}));
    }
    document.load(std::move(project));
    widget.resize(size);
    widget.show();
    widget.set_project(&document.project(), "/nowhere");
    view = widget.view();
    document.add_listener([this](const core::ChangeEvent&) { widget.refresh(); });
    wire();
}

void Table::wire()
{
    using ui::StoryboardWidget;
    QObject::connect(&widget, &StoryboardWidget::edit_requested, &widget,
                     [this](const QString& name, const core::Document::Edit& edit) {
                         names.append(name);
                         const auto done = document.edit(name.toStdString(), edit);
                         error = done ? std::string() : done.error().message;
                         const std::string wrong = core::check_invariants(document.project());
                         INFO(wrong);
                         REQUIRE(wrong.empty());
                     });
    QObject::connect(&widget, &StoryboardWidget::trim_dragged, &widget,
                     [this](const std::string& id, core::FrameRange range, bool finished) {
                         trims.push_back(range);
                         finishes += finished ? 1 : 0;
                         trimmed_id = id;
                     });
    QObject::connect(&widget, &StoryboardWidget::paste_requested, &widget,
                     [this](const std::string& text, std::size_t index, std::int64_t frame) {
                         const auto clipboard = core::clipboard_from_text(text);
                         REQUIRE(clipboard);
                         std::vector<std::string> made;
                         REQUIRE(document.edit("Paste", [&](core::Project& into) -> core::Result<void> {
                             const auto ids = core::paste(into, *clipboard, index, frame);
                             if (!ids) return ids.error();
                             made = *ids;
                             return {};
                         }));
                         widget.choose(made);
                     });
    QObject::connect(&widget, &StoryboardWidget::shot_add_requested, &widget, [this] { ++added; });
    QObject::connect(&widget, &StoryboardWidget::shot_selected, &widget, [this](const std::string&) { ++selections; });
    QObject::connect(&widget, &StoryboardWidget::playhead_moved, &widget, [this](int frame) { playhead = frame; });
}

std::string Table::add_sound(std::int64_t frame, int seconds, std::size_t track)
{
    std::string id;
    REQUIRE(document.edit("Place sound", [&](core::Project& project) -> core::Result<void> {
        core::Asset asset;
        asset.name = "waves.wav";
        asset.file = "media/waves.wav";
        asset.sha256 = std::string(63, 'a') + static_cast<char>('0' + seconds % 10);
        asset.bytes = static_cast<std::uint64_t>(seconds) * 96'000;
        asset.kind = core::AssetKind::audio;
        asset.samples = std::int64_t{48'000} * seconds;
        const auto listed = core::add_asset(project, asset);
        if (!listed) return listed.error();
        while (project.sound_tracks.size() <= track) {
            if (const auto made = core::add_sound_track(project); !made) return made.error();
        }
        const auto placed = core::place_sound(project, project.sound_tracks[track]->id, *listed, frame);
        if (!placed) return placed.error();
        id = *placed;
        return {};
    }));
    return id;
}

std::string Table::order() const
{
    std::string letters;
    for (const auto& shot : document.project().shots)
        letters += shot->kind == core::ShotKind::gap ? "_" : shot->prompt;
    return letters;
}

std::string Table::chosen() const
{
    std::string letters;
    for (const auto& shot : document.project().shots) {
        if (view->selection().contains(shot->id)) letters += shot->kind == core::ShotKind::gap ? "_" : shot->prompt;
    }
    return letters;
}

const core::SoundClip& Table::sound(std::size_t track, std::size_t clip) const
{
    return document.project().sound_tracks.at(track)->clips.at(clip);
}

QPoint Table::out_edge(std::size_t index) const
{
    return {static_cast<int>(block(index).right()) - 3, static_cast<int>(block(index).top()) + 30};
}

QPoint Table::in_edge(std::size_t index) const
{
    return {static_cast<int>(block(index).left()) + 3, static_cast<int>(block(index).top()) + 30};
}

QRectF Table::sound_area(std::size_t track, std::size_t clip) const
{
    return geometry().sound(track, clip);
}

int Table::frames_wide(int project_frames) const
{
    return static_cast<int>(std::lround(project_frames * view->pixels_per_frame()));
}

int Table::x_of(int frame) const
{
    return static_cast<int>(std::ceil(geometry().x_of(frame))) + 1;
}

void Table::press(QPoint at, Qt::KeyboardModifiers keys) const
{
    QTest::mousePress(view->viewport(), Qt::LeftButton, keys, at);
}

void Table::move(QPoint to) const
{
    QTest::mouseMove(view->viewport(), to);
}

void Table::release(QPoint at, Qt::KeyboardModifiers keys) const
{
    QTest::mouseRelease(view->viewport(), Qt::LeftButton, keys, at);
}

void Table::click(QPoint at, Qt::KeyboardModifiers keys) const
{
    QTest::mouseClick(view->viewport(), Qt::LeftButton, keys, at);
}

void Table::double_click(QPoint at) const
{
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, at);
}

void Table::drag(QPoint from, QPoint to, Qt::KeyboardModifiers keys) const
{
    press(from, keys);
    move(from + (to - from) / 2);
    move(to);
    release(to, keys);
}

void Table::key(int code, Qt::KeyboardModifiers modifiers) const
{
    QTest::keyClick(view, static_cast<Qt::Key>(code), modifiers);
}

}  // namespace kinora::tests
