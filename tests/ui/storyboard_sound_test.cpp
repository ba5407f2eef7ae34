#include <QApplication>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QMimeData>
#include <QTest>
#include <QUrl>
#include <catch2/catch.hpp>

#include "core/storyboard/sound_edits.h"
#include "tests/ui/storyboard_table.h"
#include "ui/storyboard/storyboard_mime.h"

using namespace kinora;
using kinora::tests::Table;

TEST_CASE("a sound is moved in time and to another track by one drag")
{
    Table table;
    table.add_sound(0, 2);
    table.add_sound(0, 3, 1);
    table.widget.set_snapping(false);
    const QRectF from = table.sound_area(0);
    const QPoint grip(static_cast<int>(from.center().x()), static_cast<int>(from.bottom()) - 3);
    table.drag(grip, grip + QPoint(table.frames_wide(30), 0));
    CHECK(table.sound(0).start == 30);
    const QPoint below(grip.x() + table.frames_wide(90), static_cast<int>(table.sound_area(1).center().y()));
    table.drag(grip + QPoint(table.frames_wide(30), 0), below);
    CHECK(table.project().sound_tracks[0]->clips.empty());
    CHECK(table.project().sound_tracks[1]->clips.size() == 2);
    CHECK(table.steps() == 4);
    CHECK(table.document.undo());
    CHECK(table.sound(0).start == 30);
}

TEST_CASE("a sound's ends are trimmed, and stick to the cuts of the film")
{
    Table table;
    table.add_sound(0, 4);
    QRectF area = table.sound_area();
    const int y = static_cast<int>(area.bottom()) - 3;
    QPoint end(static_cast<int>(area.right()) - 2, y);
    table.drag(end, end - QPoint(table.frames_wide(30) - 6, 0));
    CHECK(core::heard_frames(table.sound(), core::FrameRate{24}) == core::FrameRange{0, 66});
    area = table.sound_area();
    const QPoint start(static_cast<int>(area.left()) + 2, y);
    table.widget.set_snapping(false);
    table.drag(start, start + QPoint(table.frames_wide(10), 0));
    CHECK(core::heard_frames(table.sound(), core::FrameRate{24}) == core::FrameRange{10, 66});
    CHECK(table.sound().source.first == 20'000);
}

TEST_CASE("corner handles fade, the line sets the gain")
{
    Table table;
    table.add_sound(0, 4);
    const QRectF area = table.sound_area();
    const QPoint corner(static_cast<int>(area.left()) + 1, static_cast<int>(area.top()) + 3);
    table.drag(corner, corner + QPoint(table.frames_wide(24), 0));
    CHECK(table.sound().fade_in == 24);
    const QPoint other(static_cast<int>(area.right()) - 1, static_cast<int>(area.top()) + 3);
    table.drag(other, other - QPoint(table.frames_wide(12), 0));
    CHECK(table.sound().fade_out == 12);
    const double line = ui::StoryboardGeometry::gain_y(area, 0);
    const QPoint grip(static_cast<int>(area.center().x()), static_cast<int>(std::lround(line)));
    table.drag(grip, grip + QPoint(0, 8));
    CHECK(table.sound().gain_db < -5);
    CHECK(table.sound().gain_db > -20);
    CHECK(table.steps() == 4);
}

TEST_CASE("a track is muted by its button, a sound by its key")
{
    Table table;
    table.add_sound(0, 4);
    table.click(table.geometry().mute_button(0).center().toPoint());
    CHECK(table.project().sound_tracks[0]->mute);
    table.click(table.geometry().mute_button(0).center().toPoint());
    CHECK_FALSE(table.project().sound_tracks[0]->mute);
    table.click(table.sound_area().center().toPoint() + QPoint(0, 8));
    table.key(Qt::Key_U);
    CHECK(table.sound().mute);
    table.key(Qt::Key_U);
    CHECK_FALSE(table.sound().mute);
}

TEST_CASE("S cuts a chosen sound at the playhead, Delete takes it and no shot away")
{
    Table table;
    table.add_sound(0, 4);
    table.click(
        QPoint(static_cast<int>(table.sound_area().center().x()), static_cast<int>(table.sound_area().bottom()) - 3));
    table.widget.set_playhead(48);
    table.key(Qt::Key_S);
    REQUIRE(table.project().sound_tracks[0]->clips.size() == 2);
    CHECK(table.order() == "ABC");
    CHECK(table.sound(0, 1).start == 48);
    table.key(Qt::Key_Delete);
    CHECK(table.project().sound_tracks[0]->clips.size() == 1);
    CHECK(table.order() == "ABC");
}

TEST_CASE("shots are copied, cut and pasted through the clipboard")
{
    Table table(4);
    table.click(table.middle(0));
    table.click(table.middle(1), Qt::ControlModifier);
    table.key(Qt::Key_C, Qt::ControlModifier);
    CHECK(QApplication::clipboard()->mimeData()->hasFormat(QLatin1String(ui::k_storyboard_mime)));
    CHECK(QApplication::clipboard()->text() == QStringLiteral("A\n\nB"));
    table.click(table.middle(3));
    table.key(Qt::Key_V, Qt::ControlModifier);
    CHECK(table.order() == "ABCDAB");
    CHECK(table.chosen().size() == 2);
    CHECK(table.steps() == 1);
    table.key(Qt::Key_X, Qt::ControlModifier);
    CHECK(table.order() == "ABCD");
    table.click(table.middle(0));
    table.key(Qt::Key_V, Qt::ControlModifier);
    CHECK(table.order() == "AABBCD");
    CHECK(table.steps() == 3);
}

TEST_CASE("Ctrl+D puts copies of what is chosen behind it")
{
    Table table(3);
    table.add_sound(0, 2);
    table.click(table.middle(0));
    table.click(table.middle(1), Qt::ControlModifier);
    table.key(Qt::Key_D, Qt::ControlModifier);
    CHECK(table.order() == "ABABC");
    table.click(
        QPoint(static_cast<int>(table.sound_area().center().x()), static_cast<int>(table.sound_area().bottom()) - 3));
    table.key(Qt::Key_D, Qt::ControlModifier);
    CHECK(table.project().sound_tracks[0]->clips.size() == 2);
    CHECK(table.order() == "ABABC");
}

TEST_CASE("files of another program are taken where they are dropped")
{
    Table table;
    QStringList files;
    std::size_t index = 99;
    std::int64_t frame = -1;
    QObject::connect(&table.widget, &ui::StoryboardWidget::import_requested, &table.widget,
                     [&](const QStringList& dropped, std::size_t at, std::int64_t when, std::size_t) {
                         files = dropped;
                         index = at;
                         frame = when;
                     });
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QStringLiteral("/films/sea.mov"))});
    const QPoint at = table.middle(1) + QPoint(table.frames_wide(20), 0);
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(table.view->viewport(), &enter);
    CHECK(enter.isAccepted());
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(table.view->viewport(), &drop);
    CHECK(files == QStringList{QStringLiteral("/films/sea.mov")});
    CHECK(index == 2);
    CHECK(frame > 66);

    QMimeData text;
    text.setText(QStringLiteral("words"));
    QDragEnterEvent words(at, Qt::CopyAction, &text, Qt::LeftButton, {});
    QApplication::sendEvent(table.view->viewport(), &words);
    CHECK_FALSE(words.isAccepted());
}

TEST_CASE("shots dragged out of the strip are handed over with their own type")
{
    Table table(3);
    std::unique_ptr<QMimeData> handed;
    table.view->set_drag_starter([&](std::unique_ptr<QMimeData> data, const QPixmap& picture) {
        handed = std::move(data);
        CHECK_FALSE(picture.isNull());
    });
    table.press(table.middle(0));
    table.move(table.middle(0) + QPoint(30, 0));
    table.move(QPoint(table.middle(0).x(), -80));
    QApplication::processEvents();
    REQUIRE(handed);
    CHECK(handed->hasFormat(QLatin1String(ui::k_storyboard_mime)));
    CHECK_FALSE(table.view->in_gesture());
    table.release(QPoint(table.middle(0).x(), -80));
    CHECK(table.order() == "ABC");
    CHECK(table.steps() == 0);
}
